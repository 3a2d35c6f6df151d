import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ZipArchive } from 'archiver';

/** The files of a folder (an exchange with 1C) as one archive, in which they are sent; gone after `use`. */
export async function packFolder<T>(folder: string, use: (archive: string) => Promise<T>): Promise<T> {
  const place = await mkdtemp(join(tmpdir(), 'etalon-pack-'));
  try {
    const file = join(place, `${basename(resolve(folder))}.zip`);
    const archive = new ZipArchive({ zlib: { level: 1 } });
    archive.directory(folder, false);
    await Promise.all([pipeline(archive, createWriteStream(file)), archive.finalize()]);
    return await use(file);
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Entry, ZipFile } from 'yauzl';
import { UnreadableFile } from '../unreadable-file.js';
import { entryName } from './entry-name.js';
import { openZip, rawName, readEntry, zipEntries } from './zip-entries.js';

export interface UnpackLimits {
  readonly entries: number;
  /** Bytes of all files together. */
  readonly bytes: number;
  /** How many times larger than packed; asked only of files above `ratioFrom` bytes, since small ones may be all spaces. */
  readonly ratio: number;
  readonly ratioFrom: number;
}

const UNPACK_LIMITS: UnpackLimits = { entries: 50_000, bytes: 8 * 1024 ** 3, ratio: 300, ratioFrom: 16 * 1024 ** 2 };

const SYMLINK = 0o120000;
const KIND = 0o170000;

/**
 * Unpacks the wanted files of a zip archive into a folder. Sizes are counted while unpacking, whatever the archive says of itself.
 * @throws UnreadableFile for an archive that is damaged, encrypted, too large, or leads out of the folder
 */
export async function unpack(file: string, folder: string, wanted: (name: string) => boolean, limits: UnpackLimits = UNPACK_LIMITS): Promise<void> {
  const zip = await openZip(file).catch(refuse);
  try {
    if (zip.entryCount > limits.entries) throw new UnreadableFile('set-too-many', { max: limits.entries });
    let left = limits.bytes;
    for await (const entry of zipEntries(zip)) {
      const name = entryName(rawName(entry), entry.generalPurposeBitFlag);
      if (((entry.externalFileAttributes >>> 16) & KIND) === SYMLINK) throw new UnreadableFile('set-path', { path: name.slice(0, 100) });
      if (name === '' || rawName(entry).at(-1) === 0x2f || !wanted(name)) continue;
      left -= await unpackOne(zip, entry, join(folder, name), left, limits);
    }
  } catch (error) {
    refuse(error);
  } finally {
    zip.close();
  }
}

/** Answers with the bytes it took. */
async function unpackOne(zip: ZipFile, entry: Entry, target: string, left: number, limits: UnpackLimits): Promise<number> {
  const most = Math.min(left, Math.max(limits.ratioFrom, entry.compressedSize * limits.ratio));
  let bytes = 0;
  const counter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > most) done(new UnreadableFile('set-too-big', { max: Math.floor(limits.bytes / 1024 ** 2) }));
      else done(null, chunk);
    },
  });
  await mkdir(dirname(target), { recursive: true });
  // A name that stands twice is one file too many: the second must not replace the first.
  await pipeline(await readEntry(zip, entry), counter, createWriteStream(target, { flags: 'wx' }));
  return bytes;
}

function refuse(error: unknown): never {
  if (error instanceof UnreadableFile) throw error;
  throw new UnreadableFile('set-archive', { message: error instanceof Error ? error.message.slice(0, 100) : 'unreadable' });
}

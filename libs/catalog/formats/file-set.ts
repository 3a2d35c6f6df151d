import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, relative, sep } from 'node:path';
import type { SourceFile } from './source.js';
import { unpack } from './zip/unpack.js';

export interface SetFile {
  /** As it is called inside the set, with slashes. */
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
}

/** The files that came together: a folder, an archive, or one file alone. */
export interface FileSet {
  /** In the order of their names. */
  readonly files: readonly SetFile[];
  /** Removes what was unpacked. */
  close(): Promise<void>;
}

/** Kept of an archive: the data and its pictures. */
const WANTED = /\.(xml|jpe?g|png|webp|gif)$/i;

/** @throws UnreadableFile for an archive that is broken or hostile */
export async function openFileSet(file: SourceFile): Promise<FileSet> {
  if (file.folder) return { files: await filesUnder(file.path), close: () => Promise.resolve() };
  if (!isZip(file.head)) {
    const { size } = await stat(file.path);
    return { files: [{ name: basename(file.name), path: file.path, bytes: size }], close: () => Promise.resolve() };
  }
  const folder = await mkdtemp(join(tmpdir(), 'etalon-set-'));
  const close = () => rm(folder, { recursive: true, force: true });
  try {
    await unpack(file.path, folder, (name) => WANTED.test(name));
    return { files: await filesUnder(folder), close };
  } catch (error) {
    await close();
    throw error;
  }
}

export function isZip(head: Buffer): boolean {
  return head[0] === 0x50 && head[1] === 0x4b && head[2] === 3 && head[3] === 4;
}

async function filesUnder(folder: string): Promise<SetFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && WANTED.test(entry.name)).map((entry) => join(entry.parentPath, entry.name));
  const sized = await Promise.all(files.map(async (path) => ({ name: relative(folder, path).split(sep).join('/'), path, bytes: (await stat(path)).size })));
  return sized.sort((a, b) => (a.name < b.name ? -1 : 1));
}

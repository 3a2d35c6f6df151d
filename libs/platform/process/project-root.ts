import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

function isProjectRoot(folder: string): boolean {
  const manifest = join(folder, 'package.json');
  if (!existsSync(manifest)) return false;
  const parsed: unknown = JSON.parse(readFileSync(manifest, 'utf8'));
  return typeof parsed === 'object' && parsed !== null && 'name' in parsed && parsed.name === 'etalon';
}

/** The folder that holds the project's package.json, found from this file both in the sources and in `dist`. */
export function projectRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    if (isProjectRoot(folder)) return folder;
    const parent = dirname(folder);
    if (parent === folder) throw new Error('The project root (package.json named "etalon") was not found above the program files');
    folder = parent;
  }
}

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { transformSync } from '@swc/core';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const FOLDERS = ['libs/platform/embedded', 'libs/platform/process'];

/**
 * Jest loads its global setup outside of its own transform, so the few sources it needs are compiled here.
 * Returns the URL of a compiled file, named by its path from the project root.
 */
export function compilePlatform(entry) {
  const out = join(root, '.cache', 'harness', String(process.pid));
  for (const folder of FOLDERS) {
    mkdirSync(join(out, folder), { recursive: true });
    for (const name of readdirSync(join(root, folder))) {
      if (!name.endsWith('.ts') || name.endsWith('.spec.ts')) continue;
      const { code } = transformSync(readFileSync(join(root, folder, name), 'utf8'), {
        filename: name,
        jsc: { target: 'es2023', parser: { syntax: 'typescript' } },
        module: { type: 'es6' },
      });
      writeFileSync(join(out, folder, name.replace(/\.ts$/, '.js')), code);
    }
  }
  return { url: pathToFileURL(join(out, entry)).href, folder: out };
}

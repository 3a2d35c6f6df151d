import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { prepare, root, Stop, stopWith } from './scripts/prepare.mjs';
import { runNode } from './scripts/run-child.mjs';
import { words } from './scripts/words.mjs';

try {
  await prepare();
  const main = join(root, 'dist', 'apps', 'hub', 'main.js');
  if (!existsSync(main)) throw new Stop(words['no-build'](main));
  const watch = join(root, 'scripts', 'end-with-parent.mjs');
  process.exit(await runNode(['--enable-source-maps', '--import', watch, main, ...process.argv.slice(2)]));
} catch (error) {
  stopWith(error);
}

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { prepare, root, Stop, stopWith } from './prepare.mjs';
import { runNode } from './run-child.mjs';
import { words } from './words.mjs';

const [target, ...args] = process.argv.slice(2);
/** As the command line promises: 2 for a usage or connection error, here one of preparing. */
const UNUSABLE = 2;

try {
  await prepare();
  const file = join(root, 'dist', target ?? '');
  if (target === undefined || !existsSync(file)) throw new Stop(words['no-build'](join('dist', target ?? '')));
  process.exit(await runNode(['--enable-source-maps', '--import', join(root, 'scripts', 'end-with-parent.mjs'), file, ...args]));
} catch (error) {
  if (error instanceof Stop) {
    process.stderr.write(`${error.message}\n→ ${error.remedy}\n`);
    process.exit(UNUSABLE);
  }
  stopWith(error);
}

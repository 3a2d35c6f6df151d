import { join } from 'node:path';
import { prepare, root, stopWith } from './prepare.mjs';
import { runNode } from './run-child.mjs';

try {
  await prepare();
} catch (error) {
  stopWith(error);
}
const options = [process.env.NODE_OPTIONS, '--experimental-vm-modules', '--disable-warning=ExperimentalWarning'].filter(Boolean).join(' ');
const code = await runNode(
  [
    join(root, 'node_modules', 'jest', 'bin', 'jest.js'),
    '--passWithNoTests=false',
    // A socket that a killed server left half open must not keep a finished run from ending.
    '--forceExit',
    '--reporters=default',
    `--reporters=${join(root, 'scripts', 'summary-reporter.mjs')}`,
    ...process.argv.slice(2),
  ],
  { env: { ...process.env, NODE_OPTIONS: options } },
);
process.exit(code);

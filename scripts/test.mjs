import { join } from 'node:path';
import { prepare, root, stopWith } from './prepare.mjs';
import { runNode } from './run-child.mjs';

try {
  await prepare();
} catch (error) {
  stopWith(error);
}
/** What takes minutes and is no part of the quick answer `npm test` gives: `npm test -- --slow` runs it, and so does every check of a release. */
const SLOW = '\\.(e2e|slow)\\.spec\\.ts$';

/** Suites that somebody names are run whatever they are. */
function chosen(given) {
  if (given.includes('--slow')) return [`--testPathPatterns=${SLOW}`, ...given.filter((arg) => arg !== '--slow')];
  const named = given.some((arg) => !arg.startsWith('-') || arg.startsWith('--testPathPatterns'));
  return named ? given : [`--testPathIgnorePatterns=${SLOW}`, ...given];
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
    ...chosen(process.argv.slice(2)),
  ],
  { env: { ...process.env, NODE_OPTIONS: options } },
);
process.exit(code);

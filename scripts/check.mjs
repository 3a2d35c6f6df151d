import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { prepare, root, stopWith } from './prepare.mjs';

const bin = (...parts) => join(root, 'node_modules', ...parts);
/** Every check says by itself that it saw files: one that looks at nothing passes everything. */
const CHECKS = [
  ['format', [bin('prettier', 'bin', 'prettier.cjs'), '--check', '--log-level', 'warn', '.']],
  ['lint', [bin('eslint', 'bin', 'eslint.js'), '--max-warnings', '0', '.']],
  ['types', [bin('typescript', 'bin', 'tsc'), '--noEmit', '-p', 'tsconfig.json']],
  ['boundaries', [join(root, 'scripts', 'boundaries.mjs')]],
  ['dead exports', [bin('knip', 'bin', 'knip.js'), '--no-progress']],
];

await prepare({ built: false }).catch(stopWith);
const wanted = process.argv.slice(2);
const failed = [];
for (const [name, args] of CHECKS.filter(([check]) => wanted.length === 0 || wanted.includes(check))) {
  const started = Date.now();
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  process.stderr.write(`${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)\n`);
  if (status !== 0) failed.push(name);
}
if (failed.length > 0) process.stderr.write(`Failed: ${failed.join(', ')}\n`);
process.exit(failed.length > 0 ? 1 : 0);

import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { prepare, root, stopWith } from './prepare.mjs';

const SEEDS = Array.from({ length: 20 }, (_, index) => index + 1);
const SABOTAGES = ['fence', 'readback', 'evidence', 'budget', 'stale-page', 'echo'];
const SOAK = join('dist', 'test', 'soak', 'soak.js');

/** Runs a built program; its progress is passed on, its last line is read as its report. */
function run(file, args) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--enable-source-maps', '--import', join(root, 'scripts', 'end-with-parent.mjs'), join(root, file), ...args], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    });
    let out = '';
    child.stdout.on('data', (chunk) => (out += chunk));
    child.once('error', (error) => resolve({ code: 1, report: undefined, error: error.message }));
    child.once('close', (code) => {
      const last = out.trim().split('\n').at(-1) ?? '';
      resolve({ code, report: last.startsWith('{') ? JSON.parse(last) : undefined });
    });
  });
}

let passed = 0;
const failed = [];

async function part(name, file, args, isRight) {
  process.stderr.write(`== ${name}\n`);
  const started = Date.now();
  const ended = await run(file, args);
  const right = isRight(ended);
  if (right) passed++;
  else failed.push(name);
  process.stderr.write(`${right ? 'passed' : 'FAILED'}: ${name} (${Math.round((Date.now() - started) / 1000)} s)\n`);
}

/** Red because a check saw it, not because the run itself fell over or a fault never struck. */
function sawIt({ code, report }) {
  return code === 1 && report !== undefined && report.failures.some((failure) => !/^the run could not go on|never happened$|did not end/.test(failure));
}

try {
  await prepare();
} catch (error) {
  stopWith(error);
}
for (const seed of SEEDS) {
  await part(`soak with seed ${seed}`, SOAK, ['--seed', String(seed), '--minutes', '1', '--cards', '150'], ({ code }) => code === 0);
}
for (const sabotage of SABOTAGES) {
  await part(`soak without ${sabotage} is red`, SOAK, ['--seed', '1', '--minutes', '0', '--cards', '60', '--sabotage', sabotage], sawIt);
}
await part('demo:check with 5,000 cards', join('dist', 'bench', 'demo-check.js'), ['--json'], ({ code }) => code === 0);
for (const name of failed) process.stdout.write(`FAILED ${name}\n`);
process.stdout.write(`${passed} passed, ${failed.length} failed\n`);
process.exit(failed.length === 0 ? 0 : 1);

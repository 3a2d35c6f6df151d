import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { prepare, root, stopWith } from './prepare.mjs';

const SOAK = join('dist', 'test', 'soak', 'soak.js');
/** Short runs: one whole round of faults over few cards. */
const SHORT = ['--minutes', '0', '--cards', '36'];
/** A run waits more than it works, so two of them keep two cores busy. */
const AT_ONCE = 2;
/** Seconds after which a run is given up: one that hangs shows nothing. A sabotaged run ends as soon as what was broken shows. */
const DEADLINE = { whole: '420', sabotaged: '240' };
/** What fails beside others is tried so often alone; one more failure counts. */
const TRIES_ALONE = 3;

/** Red because a check saw what was broken, not because the run itself fell over or a fault never struck. */
const sawIt = ({ code, report }) => code === 1 && report !== undefined && report.seen.length > 0;
const isGreen = ({ code }) => code === 0;

/** Every part of the long tests: its name, what runs, and when that is right. */
const PARTS = [
  ...Array.from({ length: 20 }, (_, index) => ({ name: `soak with seed ${index + 1}`, args: ['--seed', String(index + 1), '--deadline', DEADLINE.whole], isRight: isGreen })),
  ...['fence', 'readback', 'evidence', 'budget', 'stale-page', 'echo'].map((sabotage) => ({
    name: `soak without ${sabotage} is red`,
    args: ['--seed', '1', '--sabotage', sabotage, '--deadline', DEADLINE.sabotaged],
    isRight: sawIt,
  })),
];

/** Runs a built program; its last line is read as its report, what it says meanwhile is told only when the part fails. */
function run(file, args) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--enable-source-maps', '--import', join(root, 'scripts', 'end-with-parent.mjs'), join(root, file), ...args], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    let out = '';
    let told = '';
    child.stdout.on('data', (chunk) => (out += chunk));
    child.stderr.on('data', (chunk) => (told = (told + chunk).slice(-20_000)));
    child.once('error', (error) => resolve({ code: 1, report: undefined, told: error.message }));
    child.once('close', (code) => {
      const last = out.trim().split('\n').at(-1) ?? '';
      resolve({ code, report: last.startsWith('{') ? JSON.parse(last) : undefined, told });
    });
  });
}

const { values } = parseArgs({ options: { only: { type: 'string' }, 'at-once': { type: 'string', default: String(AT_ONCE) } } });
const wanted = PARTS.filter(({ name }) => values.only === undefined || name.includes(values.only));
if (wanted.length === 0) stopWithSentence(`--only "${values.only}" names no part. Known: ${PARTS.map(({ name }) => name).join('; ')}.`);
const hands = Number(values['at-once']);
if (!Number.isInteger(hands) || hands < 1) stopWithSentence(`--at-once must be a whole number from 1 on, not "${values['at-once']}".`);

try {
  await prepare();
} catch (error) {
  stopWith(error);
}

/** Runs a part and tells how it ended: for a sabotaged one, by which check it was seen. */
async function play({ name, args, isRight }) {
  const started = Date.now();
  const ended = await run(SOAK, [...SHORT, ...args]);
  const right = isRight(ended);
  const seen = ended.report?.seen[0];
  const hung = ended.report?.hung ? `, hung at "${ended.report.hung}"` : '';
  process.stderr.write(`${right ? 'passed' : 'FAILED'}: ${name} (${Math.round((Date.now() - started) / 1000)} s${hung})${seen ? ` by: ${seen.slice(0, 160)}` : ''}\n`);
  return { name, args, isRight, ended, right };
}

/** All parts, so many at once. */
async function playAll(parts, atOnce) {
  const queue = [...parts];
  const played = [];
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let part = queue.shift(); part; part = queue.shift()) played.push(await play(part));
    }),
  );
  return played;
}

function explain({ name, ended }) {
  process.stdout.write(`FAILED ${name}\n`);
  for (const failure of ended.report?.failures ?? [ended.told]) process.stdout.write(`  ${failure}\n`);
  if (ended.report) process.stdout.write(`  repeat with: ${ended.report.repeat}\n`);
}

/** A busy machine must not stop a release, and a fault that shows only sometimes must still be looked at. */
async function passesAlone(part) {
  for (let round = 0; round < TRIES_ALONE; round++) {
    const again = await play(part);
    if (again.right) continue;
    explain(again);
    return false;
  }
  return true;
}

const played = await playAll(wanted, hands);
const flaky = [];
let failed = 0;
for (const part of played.filter(({ right }) => !right)) {
  explain(part);
  if (hands > 1 && (await passesAlone(part))) flaky.push(part);
  else failed++;
}
for (const { name, args, ended } of flaky)
  process.stdout.write(`FLAKY ${name}: failed once beside others, passed ${TRIES_ALONE} times alone; repeat with: ${ended.report?.repeat ?? args.join(' ')}\n`);
process.stdout.write(`${played.length - failed} passed, ${failed} failed\n`);
process.exit(failed === 0 ? 0 : 1);

function stopWithSentence(text) {
  process.stderr.write(`${text}\n`);
  process.exit(2);
}

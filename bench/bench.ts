import { benchBulkEdit } from './benches/bulk-edit.js';
import { benchPush } from './benches/channel-push.js';
import { cyclesOfSweeps, requestsOfSweeps, walkChannels } from './benches/channel-sweep.js';
import { benchEditUnderSweep } from './benches/edit-under-sweep.js';
import { benchImport, benchImportMemory, benchReimport } from './benches/import.js';
import { benchRepairCycle } from './benches/repair-cycle.js';
import { benchSweepMemory } from './benches/sweep-memory.js';
import { benchSweepWal } from './benches/sweep-wal.js';
import { benchSweep } from './benches/sweep.js';
import { benchXlsxMemory } from './benches/xlsx-memory.js';
import { type BenchOptions, readOptions } from './options.js';
import type { Outcome } from './outcome.js';
import { Stage } from './sweeping/stage.js';

const tell = (line: string): void => void process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${line}\n`);

let stage: Promise<Stage> | undefined;
const onStage = () => (stage ??= Stage.open(tell));

let walks: ReturnType<typeof walkChannels> | undefined;
const walked = () => (walks ??= walkChannels(tell));

/** In the order in which they run: what changes the shared accounts most comes last. */
const BENCHES: Readonly<Record<string, (options: BenchOptions) => Promise<Outcome | readonly Outcome[]>>> = {
  sweep: async (options) => benchSweep(await onStage(), options, tell),
  'sweep-wal': async (options) => benchSweepWal(await onStage(), options, tell),
  'sweep-memory': async ({ cards, longRounds }) => benchSweepMemory(await onStage(), { cards, rounds: longRounds }, tell),
  'edit-under-sweep': async ({ cards, longRounds }) => benchEditUnderSweep(await onStage(), { cards, rounds: longRounds }, tell),
  'import-10k': ({ longRounds }) => benchImport({ name: 'import-10k', rows: 10_000, rounds: longRounds }, tell),
  import: ({ cards, longRounds }) => benchImport({ name: 'import', rows: cards, rounds: longRounds }, tell),
  'reimport-unchanged': ({ cards, longRounds }) => benchReimport({ rows: cards, rounds: longRounds }, tell),
  'import-memory': ({ cards }) => benchImportMemory({ rows: cards * 5 }, tell),
  'xlsx-memory': ({ cards }) => benchXlsxMemory({ rows: cards * 5 }, tell),
  'bulk-edit': ({ rounds }) => benchBulkEdit({ rounds }, tell),
  'requests-sweep': async () => requestsOfSweeps(await walked(), tell),
  'sweep-cycle': async () => cyclesOfSweeps(await walked()),
  'requests-push': () => benchPush(tell),
  'repair-cycle': ({ cards, longRounds }) => benchRepairCycle({ cards, rounds: longRounds }, tell),
};

function options(): BenchOptions {
  try {
    return readOptions(process.argv.slice(2), Object.keys(BENCHES));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(2);
  }
}

/** Runs what was asked for; a bench that could not run is told and leaves the others to run. */
async function run(asked: BenchOptions): Promise<{ results: Outcome[]; broken: number }> {
  const results: Outcome[] = [];
  let broken = 0;
  for (const [name, bench] of Object.entries(BENCHES)) {
    if (asked.only.length > 0 && !asked.only.includes(name)) continue;
    tell(`— ${name}`);
    try {
      for (const result of [await bench(asked)].flat()) {
        results.push(result);
        tell(`${result.name}: ${result.ratio} (goal ${result.goal}) ${result.ok ? 'ok' : 'MISSED'}`);
      }
    } catch (error) {
      broken += 1;
      tell(`${name} could not run: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    }
  }
  return { results, broken };
}

const asked = options();
const { results, broken } = await run(asked);
await (await stage)?.close();
process.stdout.write(`${JSON.stringify({ results })}\n`);
process.exit(broken > 0 ? 1 : 0);

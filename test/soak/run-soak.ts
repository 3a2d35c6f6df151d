import { setTimeout as pause } from 'node:timers/promises';
import { checkCalls } from './checks/check-calls.js';
import { checkCards } from './checks/check-cards.js';
import { checkPeace } from './checks/check-peace.js';
import { checkRecords } from './checks/check-records.js';
import { checkRepeats } from './checks/check-repeats.js';
import { HubProcess } from './hub-process.js';
import { CHECKS, MARKET_FAULTS, OUR_FAULTS } from './names.js';
import { repeatLine, type SoakOptions } from './options.js';
import { calm } from './phases/calm.js';
import { firstSync } from './phases/first-sync.js';
import { heal } from './phases/heal.js';
import { storm } from './phases/storm.js';
import { sabotageSeen } from './sabotages.js';
import { Tally } from './tally.js';
import { type Tell, World } from './world.js';

export interface SoakReport {
  readonly seed: number;
  readonly minutes: number;
  readonly cards: number;
  readonly sabotage: string | null;
  readonly ok: boolean;
  readonly faults: Readonly<Record<string, number>>;
  readonly checks: Readonly<Record<string, number>>;
  readonly failures: readonly string[];
  /** Of a sabotaged run: the failures that show what was sabotaged. */
  readonly seen: readonly string[];
  /** What it was at when it was given up as one that hangs; null when it ended by itself. */
  readonly hung: string | null;
  /** The command line that repeats this run. */
  readonly repeat: string;
  readonly seconds: Readonly<Record<string, number>>;
}

/** One seeded run: calm, a storm of faults, healing, and then every promise held against the marketplace's own record. */
export async function runSoak(options: SoakOptions, tell: Tell): Promise<SoakReport> {
  const tally = new Tally([...OUR_FAULTS, ...MARKET_FAULTS], Object.values(CHECKS));
  const seconds: Record<string, number> = {};
  const broken: string[] = [];
  const hub = await HubProcess.make(options.cards, options.seed);
  const abandon = () => hub.abandon();
  process.on('exit', abandon);
  const world = new World(options, hub, tally, tell);
  const seen = () => (options.sabotage === undefined ? [] : sabotageSeen(options.sabotage, tally.failures()));
  let at = '';
  const play = async () => {
    for (const [name, work] of partsOf(options)) {
      at = name;
      const started = Date.now();
      tell(name);
      try {
        await work(world);
      } finally {
        seconds[name] = Math.round((Date.now() - started) / 100) / 10;
      }
      // What was switched off has shown: the rest of the run could only show it again.
      if (seen().length > 0) return;
    }
  };
  const deadline = new AbortController();
  const hung = await Promise.race([
    play().then(
      () => false,
      (error: unknown) => {
        broken.push(`the run could not go on: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
        return false;
      },
    ),
    pause(options.deadline * 1_000, true, { signal: deadline.signal }).catch(() => false),
  ]);
  deadline.abort();
  if (hung) broken.push(`the run did not end within ${options.deadline} s: it was at "${at}"`);
  await hub.end(options.keep).catch((error: unknown) => broken.push(`the hub did not end: ${String(error)}`));
  process.off('exit', abandon);
  const failures = [...broken, ...tally.failures()];
  const { seed, minutes, cards } = options;
  return {
    seed,
    minutes,
    cards,
    sabotage: options.sabotage ?? null,
    ok: failures.length === 0,
    ...tally.counts(),
    failures,
    seen: seen(),
    hung: hung ? at : null,
    repeat: repeatLine(options),
    seconds,
  };
}

/** The run in order: a name and what is done. */
function partsOf({ sabotage }: SoakOptions): (readonly [string, (world: World) => Promise<void>])[] {
  return [['first sync', firstSync], ...(sabotage === undefined ? [] : ([['sabotage', switchOff]] as const)), ['calm', calm], ['storm', storm], ['heal', heal], ['checks', check]];
}

/** A busy machine takes long to start. */
const SETTLED_MS = 120_000;

/** The hub goes on without one of its protections. */
async function switchOff(world: World): Promise<void> {
  await world.hub.kill();
  await world.startHub();
  await world.until(() => world.allInSync(), SETTLED_MS);
}

async function check(world: World): Promise<void> {
  for (const [name, times] of await world.market.struck()) world.tally.fired(name, times);
  await checkCards(world);
  await checkCalls(world);
  await checkRepeats(world);
  await checkPeace(world);
  await checkRecords(world);
}

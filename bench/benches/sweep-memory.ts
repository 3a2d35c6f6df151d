import { peakMemory } from '../measure/peak-memory.js';
import { median, type Tell } from '../measure/rounds.js';
import { outcome, type Outcome } from '../outcome.js';
import { PacedHub } from '../sweeping/paced-hub.js';
import type { SeededAccount, Stage } from '../sweeping/stage.js';

const GOAL = 1.3;
const LIMIT_MB = 512;
const MB = 1024 * 1024;
/** The floor; an account is smaller only when fewer cards were asked for. */
const SMALL = 5000;
const SWEEPS = 2;

/**
 * Peak resident memory of a sweeping process with the large account, against one with 5,000 cards that read as many cards in all:
 * so the figure tells what the size of the account costs, not how long a heap has been at work. The limit is for the whole hub
 * with the large account, doors and loops, everything but PostgreSQL and the page server.
 */
export async function benchSweepMemory(stage: Stage, options: { cards: number; rounds: number }, tell: Tell): Promise<Outcome> {
  const large = await stage.account(options.cards);
  const small = await stage.account(Math.min(SMALL, Math.max(1000, Math.floor(options.cards / 5))));
  const peaks = { large: [] as number[], small: [] as number[] };
  for (let round = 0; round < options.rounds; round++) {
    peaks.small.push(await peakOf(stage, small, Math.ceil((SWEEPS * large.cards) / small.cards)));
    peaks.large.push(await peakOf(stage, large, SWEEPS));
    tell(`peak MB, round ${round + 1}: ${small.cards} cards ${peaks.small.at(-1)?.toFixed(0)}, ${large.cards} cards ${peaks.large.at(-1)?.toFixed(0)}`);
  }
  const hub = await peakOfHub(stage, large);
  tell(`peak MB of the whole hub with ${large.cards} cards: ${hub.toFixed(0)} (limit ${LIMIT_MB})`);
  return outcome({ name: 'sweep-memory', value: median(peaks.large), floor: median(peaks.small), goal: GOAL, unit: 'MB', also: hub <= LIMIT_MB });
}

async function peakOf(stage: Stage, account: SeededAccount, sweeps: number): Promise<number> {
  return stage.withSweeper(account, async (sweeper) => {
    for (let sweep = 0; sweep < sweeps; sweep++) await sweeper.ask('sweep');
    return (await sweeper.ask<number>('peak')) / MB;
  });
}

async function peakOfHub(stage: Stage, account: SeededAccount): Promise<number> {
  const paced = await PacedHub.start(stage, account);
  try {
    await paced.whileSweeping(() => paced.swept(SWEEPS));
    return peakMemory(paced.hub.program.pid) / MB;
  } finally {
    await paced.stop();
  }
}

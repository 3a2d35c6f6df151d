import { median, type Tell } from '../measure/rounds.js';
import { outcome, type Outcome } from '../outcome.js';
import type { SeededAccount, Stage } from '../sweeping/stage.js';

const GOAL = 1.3;
const LIMIT_MB = 512;
const MB = 1024 * 1024;
/** The floor; an account is smaller only when fewer cards were asked for. */
const SMALL = 5000;
/** As many sweeps as the hub runs in some minutes: what grows would show. */
const SWEEPS = 2;

/** Peak resident memory of a sweeping process with the large account, against one with 5,000 cards. PostgreSQL and the page server do not count. */
export async function benchSweepMemory(stage: Stage, options: { cards: number; rounds: number }, tell: Tell): Promise<Outcome> {
  const large = await stage.account(options.cards);
  const small = await stage.account(Math.min(SMALL, Math.max(1000, Math.floor(options.cards / 5))));
  const peaks = { large: [] as number[], small: [] as number[] };
  for (let round = 0; round < options.rounds; round++) {
    peaks.small.push(await peakOf(stage, small));
    peaks.large.push(await peakOf(stage, large));
    tell(`peak MB, round ${round + 1}: ${small.cards} cards ${peaks.small.at(-1)?.toFixed(0)}, ${large.cards} cards ${peaks.large.at(-1)?.toFixed(0)}`);
  }
  const value = median(peaks.large);
  return outcome({ name: 'sweep-memory', value, floor: median(peaks.small), goal: GOAL, unit: 'MB', also: value <= LIMIT_MB });
}

async function peakOf(stage: Stage, account: SeededAccount): Promise<number> {
  return stage.withSweeper(account, async (sweeper) => {
    for (let sweep = 0; sweep < SWEEPS; sweep++) await sweeper.ask('sweep');
    return (await sweeper.ask<number>('peak')) / MB;
  });
}

import { editSteadily, type Revisions } from '../measure/edit-load.js';
import { interleaved, median, medianRatio, quantile, type Tell } from '../measure/rounds.js';
import { outcome, type Outcome } from '../outcome.js';
import { offerId } from '../pages/card-bodies.js';
import { PacedHub } from '../sweeping/paced-hub.js';
import type { Stage } from '../sweeping/stage.js';

const GOAL = 5;
const LIMIT_MS = 50;
const PER_SECOND = 100;
const SECONDS = 6;
const EDITED = 600;

/** p99 of an edit over HTTP, a hundred a second, while the hub's own thread sweeps without a pause, against the same while it only waits. */
export async function benchEditUnderSweep(stage: Stage, options: { cards: number; rounds: number }, tell: Tell): Promise<Outcome> {
  const account = await stage.account(options.cards);
  const paced = await PacedHub.start(stage, account);
  const { url, token } = paced.hub;
  const revisions: Revisions = new Map();
  const skus = Array.from({ length: Math.min(EDITED, options.cards) }, (_, place) => offerId(place));
  const p99 = async () => quantile(await editSteadily({ url, token, skus, perSecond: PER_SECOND, seconds: SECONDS }, revisions), 0.99);
  try {
    tell('warming up');
    await paced.whileSweeping(p99);
    const figures = await interleaved(options.rounds, {
      idle: () => paced.whileIdle(p99),
      sweeping: () => paced.whileSweeping(p99),
    });
    const show = (values: readonly number[]) => values.map((value) => value.toFixed(1)).join(' ');
    tell(`p99 in ms by round: idle ${show(figures.idle)} | sweeping ${show(figures.sweeping)}`);
    const value = median(figures.sweeping);
    return outcome({
      name: 'edit-under-sweep',
      value,
      floor: median(figures.idle),
      ratio: medianRatio(figures.sweeping, figures.idle),
      goal: GOAL,
      unit: 'ms',
      also: value <= LIMIT_MS,
    });
  } finally {
    await paced.stop();
  }
}

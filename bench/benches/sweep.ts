import { interleaved, median, medianRatio, type Tell } from '../measure/rounds.js';
import { outcome, type Outcome } from '../outcome.js';
import type { Stage } from '../sweeping/stage.js';
import type { Timed } from '../sweeping/sweeper.process.js';

const GOAL = 1.5;
/** What the reference itself may cost above fetching and parsing, and how much of our time the wire may be. */
const REFERENCE_LIMIT = 1.6;
const WIRE_LIMIT = 0.15;

/** Seconds of a full-speed sweep of both lanes with half a per cent of the cards changed, against the straight-line reference. */
export async function benchSweep(stage: Stage, options: { cards: number; rounds: number }, tell: Tell): Promise<Outcome> {
  const account = await stage.account(options.cards);
  return stage.withSweeper(account, async (sweeper) => {
    await sweeper.ask('createReference');
    tell('warming up');
    await sweeper.ask('reference');
    await sweeper.ask('sweep');
    await sweeper.ask('reference');
    const cpu: Record<string, number[]> = {};
    const take = async (variant: string): Promise<number> => {
      const { seconds, cpuSeconds, differing } = await sweeper.ask<Timed & { differing?: number }>(variant);
      if (differing === 0) throw new Error('The reference noticed nothing: the pages did not change.');
      (cpu[variant] ??= []).push(cpuSeconds);
      return seconds;
    };
    const figures = await interleaved(
      options.rounds,
      { wire: () => take('wire'), parse: () => take('parse'), reference: () => take('reference'), sweep: () => take('sweep') },
      async (round) => {
        tell(`round ${round + 1} of ${options.rounds}, ${await account.pages.change()} cards changed`);
      },
    );
    const reference = medianRatio(figures.reference, figures.parse);
    const wire = medianRatio(figures.wire, figures.sweep);
    const show = (values: readonly number[]) => values.map((value) => value.toFixed(2)).join(' ');
    tell(`seconds by round: wire ${show(figures.wire)} | parse ${show(figures.parse)} | reference ${show(figures.reference)} | sweep ${show(figures.sweep)}`);
    tell(`reference ÷ fetch and parse ${reference.toFixed(2)} (limit ${REFERENCE_LIMIT}); wire ÷ sweep ${wire.toFixed(3)} (limit ${WIRE_LIMIT})`);
    const busy = (variant: string) => median(cpu[variant] ?? []).toFixed(2);
    tell(`processor seconds, median: parse ${busy('parse')}, reference ${busy('reference')}, sweep ${busy('sweep')}`);
    tell(`${Math.round(options.cards / median(figures.sweep))} cards/s`);
    return outcome({
      name: 'sweep',
      value: median(figures.sweep),
      floor: median(figures.reference),
      ratio: medianRatio(figures.sweep, figures.reference),
      goal: GOAL,
      unit: 's',
      also: reference <= REFERENCE_LIMIT && wire <= WIRE_LIMIT,
    });
  });
}

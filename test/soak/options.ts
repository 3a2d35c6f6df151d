import { parseArgs } from 'node:util';
import { KILL_POINTS, type KillPoint, SABOTAGES, type SabotageName } from '#reconcile';

/** What all but the storm may take, on a machine that is busy with other things too. */
const PATIENCE_SECONDS = 600;

export interface SoakOptions {
  readonly seed: number;
  /** Wall minutes of the storm; one whole round of faults is always fought. */
  readonly minutes: number;
  readonly cards: number;
  /** The protection that is switched off: the run must then end red. */
  readonly sabotage: SabotageName | undefined;
  /** Keep the data folder and say where it is. */
  readonly keep: boolean;
  /** Wall seconds after which the run is given up, as one that hangs. */
  readonly deadline: number;
}

/** Reads the command line. Throws with a sentence that names the option and the remedy. */
export function readOptions(args: readonly string[]): SoakOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seed: { type: 'string', default: '1' },
      minutes: { type: 'string', default: '2' },
      cards: { type: 'string', default: '150' },
      sabotage: { type: 'string' },
      deadline: { type: 'string' },
      keep: { type: 'boolean', default: false },
    },
  });
  if (!/^\d{1,9}$/.test(values.seed)) throw new Error(`--seed must be a whole number, not "${values.seed}".`);
  if (!/^\d{1,4}(\.\d+)?$/.test(values.minutes)) throw new Error(`--minutes must be a number of minutes, not "${values.minutes}".`);
  const cards = Number(values.cards);
  if (!Number.isInteger(cards) || cards < 36 || cards > 5_000) throw new Error(`--cards must be a whole number from 36 to 5000, not "${values.cards}".`);
  const sabotage = SABOTAGES.find((name) => name === values.sabotage);
  if (values.sabotage !== undefined && sabotage === undefined) throw new Error(`--sabotage does not know "${values.sabotage}". Known: ${SABOTAGES.join(', ')}.`);
  if (values.deadline !== undefined && !/^[1-9]\d{0,5}$/.test(values.deadline)) throw new Error(`--deadline must be a whole number of seconds, not "${values.deadline}".`);
  const minutes = Number(values.minutes);
  const deadline = values.deadline === undefined ? PATIENCE_SECONDS + 2 * 60 * minutes : Number(values.deadline);
  return { seed: Number(values.seed), minutes, cards, sabotage, keep: values.keep, deadline };
}

/** The command line that repeats a run. */
export function repeatLine({ seed, minutes, cards, sabotage }: SoakOptions): string {
  return `npm run soak -- --seed ${seed} --minutes ${minutes} --cards ${cards}${sabotage === undefined ? '' : ` --sabotage ${sabotage}`}`;
}

/** Kill points a run goes through: a short one takes one by its seed, a longer one all. */
export function killPoints({ seed, minutes }: SoakOptions): readonly KillPoint[] {
  return minutes >= 1 ? KILL_POINTS : KILL_POINTS.filter((_, index) => index === seed % KILL_POINTS.length);
}

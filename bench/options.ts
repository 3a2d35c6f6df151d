import { parseArgs } from 'node:util';

export interface BenchOptions {
  /** Names of the benches to run; all when empty. */
  readonly only: readonly string[];
  readonly rounds: number;
  /** For benches whose single round takes half a minute or more. */
  readonly longRounds: number;
  /** Cards of the large account. */
  readonly cards: number;
}

const FEWEST_ROUNDS = 1;
/** With fewer rounds than this the run is a quick look, and benches whose rounds are long take one. */
const WHOLE_RUN = 5;

/** Reads the command line. Throws with a sentence that names the option and the remedy. */
export function readOptions(args: readonly string[], known: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string' },
      rounds: { type: 'string', default: '5' },
      cards: { type: 'string', default: '100000' },
      // The report is one JSON line in any case.
      json: { type: 'boolean', default: false },
    },
  });
  const whole = (name: string, text: string, least: number): number => {
    if (!/^\d{1,8}$/.test(text) || Number(text) < least) throw new Error(`--${name} must be a whole number of at least ${least}, not "${text}".`);
    return Number(text);
  };
  const only = values.only?.split(',').map((name) => name.trim()) ?? [];
  const unknown = only.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new Error(`--only does not know "${unknown}". Known: ${known.join(', ')}.`);
  const rounds = whole('rounds', values.rounds, FEWEST_ROUNDS);
  return { only, rounds, longRounds: rounds < WHOLE_RUN ? 1 : rounds, cards: whole('cards', values.cards, 1000) };
}

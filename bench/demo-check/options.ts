import { parseArgs } from 'node:util';

export interface CheckOptions {
  readonly cards: number;
  readonly scramble: number;
  readonly seed: number;
  readonly kinds: readonly string[] | undefined;
  /** The channel to try; undefined tries all the demo has at once. */
  readonly channel: string | undefined;
  readonly json: boolean;
  /** Keep the data folder and say where it is. */
  readonly keep: boolean;
}

/** Kinds that concern a card; disappearance and orphans have tests of their own. */
export const CARD_KINDS = [
  'swapped',
  'gibberish',
  'photo-lost',
  'photo-replaced',
  'photo-reordered',
  'category-moved',
  'attribute-lost',
  'attribute-changed',
  'text-changed',
  'dimensions-changed',
  'price',
  'stock',
  'not-buyable',
] as const;

/** Reads the command line. Throws with a sentence that names the option and the remedy. */
export function readOptions(args: readonly string[]): CheckOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      cards: { type: 'string', default: '5000' },
      scramble: { type: 'string', default: '300' },
      seed: { type: 'string', default: '1' },
      kinds: { type: 'string' },
      channel: { type: 'string', default: 'ozon' },
      all: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
    },
  });
  const whole = (name: string, text: string): number => {
    if (!/^\d{1,9}$/.test(text)) throw new Error(`--${name} must be a whole number, not "${text}".`);
    return Number(text);
  };
  const kinds = values.kinds?.split(',').map((kind) => kind.trim());
  const unknown = kinds?.find((kind) => !CARD_KINDS.some((known) => known === kind));
  if (unknown !== undefined) throw new Error(`--kinds does not know "${unknown}". Known: ${CARD_KINDS.join(', ')}.`);
  const channel = values.all ? undefined : values.channel;
  return {
    channel,
    cards: whole('cards', values.cards),
    scramble: whole('scramble', values.scramble),
    seed: whole('seed', values.seed),
    kinds,
    json: values.json,
    keep: values.keep,
  };
}

import { post } from '../../../app/http';

/** Kinds that the sandbox deals out by default: everything that concerns a card that is still there. */
export const SCRAMBLED_KINDS = [
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

export interface ScrambleOrder {
  readonly cards: number;
  readonly echoes: number;
}

export interface Scrambled {
  readonly seed: number;
  readonly injected: number;
  readonly echoes: number;
}

export const scramble = (order: ScrambleOrder): Promise<Scrambled> => post('/api/demo/scramble', order);

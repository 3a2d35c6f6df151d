/** What can go wrong with a card, as sellers describe it. Closed list. */
export const GREMLIN_KINDS = [
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
  'missing',
  'orphan',
] as const;
export type GremlinKind = (typeof GREMLIN_KINDS)[number];

/** What strikes when nothing is asked for: all that concerns a card which is still there. */
export const DEFAULT_KINDS: readonly GremlinKind[] = GREMLIN_KINDS.filter((k) => k !== 'missing' && k !== 'orphan');

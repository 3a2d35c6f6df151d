import type { Random } from '../random.js';
import type { GremlinKind } from './kinds.js';

/** What a gremlin did to a draft of a card. */
export interface Strike<Facet extends string = string> {
  facet: Facet;
  detail: string;
}

/** Changes the draft it is given, or answers undefined when this card offers it nothing to break. */
export type Gremlin<Card> = (draft: Card, random: Random) => Strike | undefined;

/** Changes how a card is shown without changing what it says; false when this card offers nothing to change. */
export type Echo<Card> = (draft: Card, random: Random) => boolean;

/** What scrambling needs to know of a market's cards; cards are plain data that `structuredClone` copies. */
export interface Breakable<Card extends object> {
  readonly facets: readonly string[];
  /** The seller's article. */
  keyOf(card: Card): string;
  /** undefined for a card taken out of every list. */
  find(key: string): Card | undefined;
  /** What a facet means, free of everything the channel may change without harm: equal texts mean the same. */
  meaning(card: Card, facet: string): string;
  /** What a facet is, readable. */
  value(card: Card, facet: string): unknown;
  /** Cards that nothing waits for: no task, no moderation, not hidden. In a fixed order. */
  calm(): Card[];
  /** Other cards of the same model. */
  variants(card: Card): readonly Card[];
  save(card: Card): void;
  onChange(listener: (card: Card) => void): void;
  /** Puts a strike into the ledger. */
  note(kind: GremlinKind, card: Card, facet: string, before: string, after: string): void;
  /** Seconds the channel itself took for the last write of a card. */
  ownDelay(card: Card): number;
  /** What can happen to one card here; a kind that is missing is one this channel cannot suffer. */
  readonly gremlins: Partial<Record<GremlinKind, Gremlin<Card>>>;
  /** Two cards trade something: changes both drafts, or nothing. */
  swap?(a: Card, b: Card, random: Random): Strike | undefined;
  /** A card nobody has, made after a model; not saved yet. */
  orphan?(model: Card, random: Random): Card;
  readonly echoes: Readonly<Record<string, Echo<Card>>>;
}

/** The kinds a market can suffer, in the order of the closed list. */
export function kindsOf<Card extends object>(cards: Breakable<Card>, all: readonly GremlinKind[]): GremlinKind[] {
  return all.filter((kind) => (kind === 'swapped' ? cards.swap !== undefined : kind === 'orphan' ? cards.orphan !== undefined : cards.gremlins[kind] !== undefined));
}

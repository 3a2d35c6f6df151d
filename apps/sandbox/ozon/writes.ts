import type { WriterKey } from '../ledger.js';
import type { Market } from './market.js';
import { contentMeaning, CONTENT_FACETS, digest, meaning } from './meaning.js';
import type { Card, Content, FacetName } from './model.js';
import { hasBlockingError } from './status.js';

export interface FacetWrite {
  facet: FacetName;
  before: string;
  after: string;
  /** The written value means what is live (and, if something waits for moderation, what waits). */
  echoes: boolean;
}

export interface WriteNote {
  key: WriterKey;
  method: string;
  taskId: number;
  offerId: string;
  /** The body replaced the whole card. */
  fullCard: boolean;
  /** The write made the channel look again at a card it held back. */
  revalidates: boolean;
  facets: FacetWrite[];
}

/** Adds an applied write to the ledger. */
export function noteWrite(market: Market, note: WriteNote): void {
  const someChange = note.facets.some((f) => !f.echoes);
  const excused = note.revalidates || (note.fullCard && someChange);
  market.ledger.append({
    at: market.clock.iso(),
    key: note.key,
    method: note.method,
    task_id: note.taskId,
    offer_id: note.offerId,
    facets: note.facets.map((f) => ({
      facet: f.facet,
      before_digest: digest(f.before),
      after_digest: digest(f.after),
      changed: f.before !== f.after,
      needless: f.echoes && !excused,
    })),
  });
}

/** Compares content that is about to be written with what the card shows and what already waits. */
export function contentWrites(card: Card | undefined, next: Content, facets: readonly FacetName[]): FacetWrite[] {
  return CONTENT_FACETS.filter((f) => facets.includes(f)).map((facet) => {
    const before = card ? contentMeaning(card.live, facet) : '';
    const after = contentMeaning(next, facet);
    const waiting = card?.pending ? contentMeaning(card.pending.content, facet) : before;
    return { facet, before, after, echoes: card !== undefined && before === after && waiting === after };
  });
}

/** Runs a change of a card and tells what it did to one facet. */
export function facetWrite(card: Card, facet: FacetName, change: () => void): FacetWrite {
  const before = meaning(card, facet);
  change();
  const after = meaning(card, facet);
  return { facet, before, after, echoes: before === after };
}

/** Something holds the card back that a new validation would lift. */
export function isHeldBack(card: Card): boolean {
  return card.stuck || card.hidden !== '' || card.declined || hasBlockingError(card);
}

/** To be called before a card is changed, so that a slow index can go on showing what was. */
export function beforeChange(market: Market, card: Card, isNew = false): void {
  const until = market.faults.slowUntil(card.offerId);
  if (until !== undefined) market.cards.shade(card, until, isNew);
}

import { digest } from '../digest.js';
import type { WriterKey } from '../ledger.js';
import { meaning } from './meaning.js';
import type { Card, FacetName } from './model.js';
import type { Office } from './office.js';

export interface Written {
  facet: FacetName;
  before: string;
  after: string;
}

/** Who wrote, by which method, in which task (0 where there is none). */
export interface Writer {
  key: WriterKey;
  method: string;
  taskId: number;
}

/** What facets of a card mean now. */
export function meanings(card: Card, facets: readonly FacetName[]): Map<FacetName, string> {
  return new Map(facets.map((facet) => [facet, meaning(card, facet)]));
}

/**
 * Puts an applied write into the ledger; `before` says which facets it could change. A facet written as it was is needless, except
 * beside others that changed where the body had to carry them all (`whole`).
 */
export function noteWrite(office: Pick<Office, 'ledger' | 'clock'>, writer: Writer, card: Card, before: ReadonlyMap<FacetName, string>, whole = false): void {
  const written = [...before].map(([facet, was]): Written => ({ facet, before: was, after: meaning(card, facet) }));
  noteFacets(office, writer, card.vendorCode, written, whole);
}

export function noteFacets(office: Pick<Office, 'ledger' | 'clock'>, writer: Writer, vendorCode: string, written: readonly Written[], whole = false): void {
  const excused = whole && written.some(({ before, after }) => before !== after);
  office.ledger.append({
    at: office.clock.iso(),
    key: writer.key,
    method: writer.method,
    task_id: writer.taskId,
    offer_id: vendorCode,
    facets: written.map(({ facet, before, after }) => ({
      facet,
      before_digest: digest(before),
      after_digest: digest(after),
      changed: before !== after,
      needless: before === after && !excused,
    })),
  });
}

/** To be called before a card is changed, so that a slow index can go on showing what was. */
export function beforeChange(office: Pick<Office, 'faults' | 'cards'>, card: Card): void {
  const until = office.faults.slowUntil(card.vendorCode);
  if (until !== undefined) office.cards.shown.freeze(card, until);
}

/** Moves `updatedAt`: forwards always, also when the clock stands still. */
export function touch(office: Pick<Office, 'clock'>, card: Card): void {
  card.updatedAt = Math.max(office.clock.now(), card.updatedAt + 1);
}

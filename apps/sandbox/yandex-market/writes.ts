import type { Writer, Written } from '../ledger.js';
import { meaning } from './meaning.js';
import type { Card, FacetName } from './model.js';
import type { Office } from './office.js';
import type { Task } from './tasks.js';

/** What facets of a card mean now. */
export function meanings(card: Card, facets: readonly FacetName[]): Map<FacetName, string> {
  return new Map(facets.map((facet) => [facet, meaning(card, facet)]));
}

export const writerOf = ({ key, method, id }: Task): Writer => ({ key, method, taskId: id });

/** Puts an applied write into the ledger; `before` says which facets it could change. A write may name only what it changes, so a facet written as it was is needless. */
export function noteWrite(office: Pick<Office, 'ledger' | 'clock'>, writer: Writer, card: Card, before: ReadonlyMap<FacetName, string>, excused = false): void {
  const written = [...before].map(([facet, was]): Written => ({ facet, before: was, after: meaning(card, facet) }));
  if (written.length > 0) office.ledger.note(office.clock.iso(), writer, card.offerId, written, excused);
}

/** To be called before a card is changed, so that a slow index can go on showing what was. */
export function beforeChange(office: Pick<Office, 'faults' | 'cards'>, offerId: string): void {
  const until = office.faults.slowUntil(offerId);
  if (until !== undefined) office.cards.freeze(offerId, until);
}

/** Changes a card by a task: what it could change is noted, and the card is kept. */
export function changeBy(office: Office, task: Task, card: Card, facets: readonly FacetName[], change: () => { excused: boolean } | void): void {
  const before = meanings(card, facets);
  beforeChange(office, card.offerId);
  const { excused } = change() ?? { excused: false };
  card.lastDelaySeconds = task.seconds;
  card.updatedAt = Math.max(office.clock.now(), card.updatedAt + 1);
  office.cards.save(card);
  noteWrite(office, writerOf(task), card, before, excused);
}

import type { Card, FacetName } from './model.js';
import type { Office } from './office.js';
import type { Task } from './tasks.js';
import type { VisibilityWork } from './work.js';
import { changeBy, meanings, noteWrite, writerOf } from './writes.js';

const including = (ids: readonly number[], id: number): number[] => [...new Set([...ids, id])].sort((a, b) => a - b);
const without = (ids: readonly number[], id: number): number[] => ids.filter((one) => one !== id);

type Change = Exclude<VisibilityWork['change'], 'delete'>;

const FACET: Readonly<Record<Change, FacetName>> = { archive: 'presence', unarchive: 'presence', hide: 'status', show: 'status', 'take-out': 'status', 'put-in': 'status' };

const CHANGES: Readonly<Record<Change, (card: Card, campaignId: number) => void>> = {
  archive: (card) => void (card.archived = true),
  unarchive: (card) => void (card.archived = false),
  hide: (card, id) => void (card.hidden = including(card.hidden, id)),
  show: (card, id) => void (card.hidden = without(card.hidden, id)),
  'take-out': (card, id) => void (card.absent = including(card.absent, id)),
  'put-in': (card, id) => void (card.absent = without(card.absent, id)),
};

/** Archives, hides, takes out of a store, or the opposite; deletes for good. */
export function applyVisibility(office: Office, task: Task, { change, campaignId, offerIds }: VisibilityWork): void {
  for (const offerId of offerIds) {
    const card = office.cards.find(offerId);
    if (!card) continue;
    if (change === 'delete') erase(office, task, card);
    else changeBy(office, task, card, [FACET[change]], () => CHANGES[change](card, campaignId));
  }
}

function erase(office: Office, task: Task, card: Card): void {
  const before = meanings(card, ['presence']);
  office.cards.erase(card);
  noteWrite(office, writerOf(task), card, before);
}

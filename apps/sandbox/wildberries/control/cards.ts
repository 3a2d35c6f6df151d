import type { InjectionBook } from '../../gremlins/injections.js';
import { buyerView } from '../buyer.js';
import { busyCards } from '../gremlins/breakable-cards.js';
import type { Card } from '../model.js';
import type { Office } from '../office.js';
import { truthOf } from '../truth.js';

const iso = (ms: number): string | null => (ms > 0 ? new Date(ms).toISOString() : null);

/** The whole truth about one card. */
export function cardTruth(office: Office, injections: InjectionBook<Card>, card: Card): object {
  return {
    offer_id: card.vendorCode,
    nm_id: card.nmID,
    imt_id: card.imtID,
    sizes: card.sizes,
    facets: truthOf(office, card),
    before_scramble: injections.of(card.vendorCode).map((i) => ({ injection_id: i.id, kind: i.kind, facet: i.facet, value: i.beforeValue })),
    buyer_view: buyerView(office, card),
    draft: office.drafts.of(card.vendorCode)?.errors ?? null,
    task_open: busyCards(office).has(card.nmID),
    quarantine: card.quarantine,
    forced_sale: card.forcedSale,
    last_delays: { task_seconds: card.lastDelaySeconds },
    created_at: iso(card.createdAt),
    updated_at: iso(card.updatedAt),
    trashed_at: iso(card.trashedAt),
  };
}

/** One line about each card, for walking all of them. */
export function cardPage(office: Office, cursor: string, limit: number): { cards: object[]; cursor: string } {
  const from = /^\d+$/.test(cursor) ? Number(cursor) : 0;
  const cards = office.cards.page(from, limit).map((card) => ({
    offer_id: card.vendorCode,
    nm_id: card.nmID,
    digests: Object.fromEntries(Object.entries(truthOf(office, card)).map(([facet, truth]) => [facet, truth.digest])),
  }));
  return { cards, cursor: cards.length === limit ? String(from + limit) : '' };
}

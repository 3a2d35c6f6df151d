import type { InjectionBook } from '../../gremlins/injections.js';
import { buyerView } from '../buyer.js';
import type { Market } from '../market.js';
import type { Card } from '../model.js';
import { readCursor, writeCursor } from '../pages.js';
import type { TaskOffice } from '../tasks.js';
import { truthOf } from '../truth.js';

const iso = (ms: number): string => new Date(ms).toISOString();

/** The whole truth about one card. */
export function cardTruth(market: Market, tasks: TaskOffice, injections: InjectionBook<Card>, card: Card): object {
  return {
    offer_id: card.offerId,
    product_id: card.productId,
    sku: card.sku,
    facets: truthOf(market, card),
    before_scramble: injections.of(card.offerId).map((i) => ({ injection_id: i.id, kind: i.kind, facet: i.facet, value: i.beforeValue })),
    buyer_view: buyerView(market, card),
    moderation: {
      pending: card.pending !== null,
      due_at: card.pending ? iso(card.pending.dueAt) : null,
      task_id: card.pending?.taskId ?? 0,
    },
    task_open: tasks.busyOffers().has(card.offerId),
    last_delays: { task_seconds: card.lastTaskSeconds, moderation_seconds: card.lastModerationSeconds },
    quarantined: card.quarantined,
    created_at: iso(card.createdAt),
    updated_at: iso(card.updatedAt),
  };
}

/** One line about each card, for walking all of them. */
export function cardPage(market: Market, cursor: string, limit: number): { cards: object[]; cursor: string } {
  const cards: object[] = [];
  let last = readCursor(cursor);
  for (let i = market.cards.positionAfter(last); i < market.cards.positions && cards.length < limit; i++) {
    const card = market.cards.at(i);
    if (!card || card.removed) continue;
    cards.push(cardSummary(market, card));
    last = card.productId;
  }
  return { cards, cursor: cards.length === limit ? writeCursor(last) : '' };
}

function cardSummary(market: Market, card: Card): object {
  return {
    offer_id: card.offerId,
    product_id: card.productId,
    sku: card.sku,
    digests: Object.fromEntries(Object.entries(truthOf(market, card)).map(([facet, t]) => [facet, t.digest])),
  };
}

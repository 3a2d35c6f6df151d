import { buyerView } from '../buyer/page.js';
import { truthOf } from '../ozon/truth.js';
import type { Card } from '../ozon/model.js';
import type { Sandbox } from '../sandbox.js';

const iso = (ms: number): string => new Date(ms).toISOString();

/** The whole truth about one card. */
export function cardTruth(sandbox: Sandbox, card: Card): object {
  const { market, injections, tasks } = sandbox;
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

/** One line about a card, for walking all of them. */
export function cardSummary(sandbox: Sandbox, card: Card): object {
  return {
    offer_id: card.offerId,
    product_id: card.productId,
    sku: card.sku,
    digests: Object.fromEntries(Object.entries(truthOf(sandbox.market, card)).map(([facet, t]) => [facet, t.digest])),
  };
}

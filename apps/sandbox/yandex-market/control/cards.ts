import type { InjectionBook } from '../../gremlins/injections.js';
import { buyerView } from '../buyer.js';
import { contentRating } from '../content-rating.js';
import type { Card } from '../model.js';
import type { Office } from '../office.js';
import { campaignStatus, cardStatus } from '../status.js';
import { truthOf } from '../truth.js';

const iso = (ms: number): string => new Date(ms).toISOString();

/** The whole truth about one card. */
export function cardTruth(office: Office, injections: InjectionBook<Card>, card: Card): object {
  return {
    offer_id: card.offerId,
    market_sku: card.market.sku,
    facets: truthOf(office, card),
    before_scramble: injections.of(card.offerId).map((i) => ({ injection_id: i.id, kind: i.kind, facet: i.facet, value: i.beforeValue })),
    buyer_view: buyerView(office, card),
    card_status: cardStatus(office, card),
    campaigns: office.cabinet.current.campaigns.map((campaign) => ({ id: campaign.id, status: campaignStatus(office, card, campaign) ?? null })),
    content_rating: contentRating(card),
    errors: card.errors,
    warnings: card.warnings,
    task_open: office.tasks.isBusy(card.offerId),
    last_delays: { task_seconds: card.lastDelaySeconds },
    created_at: iso(card.createdAt),
    updated_at: iso(card.updatedAt),
  };
}

/** One line about each card, for walking all of them. */
export function cardPage(office: Office, cursor: string, limit: number): { cards: object[]; cursor: string } {
  const from = /^\d+$/.test(cursor) ? Number(cursor) : 0;
  const page: Card[] = [];
  let at = 0;
  for (const card of office.cards.all()) {
    if (page.length >= limit) break;
    if (at++ >= from) page.push(card);
  }
  const cards = page.map((card) => ({
    offer_id: card.offerId,
    market_sku: card.market.sku,
    digests: Object.fromEntries(Object.entries(truthOf(office, card)).map(([facet, truth]) => [facet, truth.digest])),
  }));
  return { cards, cursor: cards.length === limit ? String(from + limit) : '' };
}

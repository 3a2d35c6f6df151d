import type { FastifyInstance } from 'fastify';
import { BUYER_POLICY, buyerPage } from '../buyer/buyer-page.js';
import { plainText } from '../plain-text.js';
import { findLeaf, findParameter } from './categories.js';
import type { Card } from './model.js';
import { money } from './money.js';
import type { Office } from './office.js';
import { SHOP } from './shop.js';
import { campaignStatus } from './status.js';

const ACCENT = '#fc3';

/** Some store of the cabinet sells it. */
export function isBuyable(office: Office, card: Card): boolean {
  return !card.removed && office.cabinet.current.campaigns.some((campaign) => campaignStatus(office, card, campaign) === 'PUBLISHED');
}

const shown = ({ pictures }: Office, card: Card): string[] => card.pictures.filter(({ state }) => state === 'UPLOADED').map((one) => pictures.url(one));

/** The buyer's view as data, for the control surface. */
export function buyerView(office: Office, card: Card): object {
  return {
    title: plainText(card.name),
    description: plainText(card.description),
    pictures: shown(office, card),
    price: money(card.price?.value ?? 0),
    buyable: isBuyable(office, card),
    page: SHOP + encodeURIComponent(card.offerId),
  };
}

/** What a buyer sees of a card, by its article. */
export function serveBuyer(app: FastifyInstance, office: Office): void {
  app.get<{ Params: { id: string } }>(`${SHOP}:id`, async (request, reply) => {
    office.schedule.advance();
    const card = office.cards.find(request.params.id);
    void reply.type('text/html; charset=utf-8').header('content-security-policy', BUYER_POLICY);
    if (!card) return reply.code(404).send(buyerPage(ACCENT, undefined));
    const base = card.price?.base ?? 0;
    const page = buyerPage(ACCENT, {
      path: [findLeaf(card.market.categoryId || card.categoryId)?.name ?? '', card.vendor],
      title: plainText(card.name),
      description: plainText(card.description),
      pictures: shown(office, card).map((url) => new URL(url).pathname),
      price: money(card.price?.value ?? 0),
      oldPrice: base > 0 ? money(base) : '',
      buyable: isBuyable(office, card),
      number: String(card.market.sku || card.offerId),
      rows: card.parameters.map((one) => [findParameter(one.parameterId)?.name ?? String(one.parameterId), one.value ?? ''] as const),
    });
    return reply.send(page);
  });
}

import { plainText } from '../plain-text.js';
import type { FastifyInstance } from 'fastify';
import { discounted, money } from './money.js';
import type { Card } from './model.js';
import type { Office } from './office.js';
import { characteristicOf, findSubject } from './subjects.js';

export const SHOP = '/wildberries-shop/';

const STYLE = `body{margin:0;font:16px/1.5 system-ui,sans-serif;color:#1b2530;background:#f4f6f9}main{max-width:1040px;margin:24px auto;padding:28px;background:#fff;border-radius:16px}
nav{color:#7a8794;font-size:13px}h1{font-size:24px;line-height:1.3;margin:8px 0 20px}.top{display:grid;grid-template-columns:minmax(260px,420px) 1fr;gap:32px}.top img{width:100%;border-radius:12px;margin-bottom:8px}
.price{font-size:32px;font-weight:700;color:#a6167f}del{color:#98a3ad;margin-left:12px}.buy{display:inline-block;margin:16px 0;padding:12px 36px;border-radius:10px;background:#a6167f;color:#fff;font-weight:600}.no{background:#cfd6dd;color:#5b6670}
td{padding:6px 8px;border-bottom:1px solid #edf0f3;vertical-align:top}td:first-child{color:#7a8794}@media(max-width:720px){.top{grid-template-columns:1fr}main{margin:0;border-radius:0}}`;

/** A card sells while it has a price and pieces and is neither blocked nor gone; in the trash it goes on selling. */
export function isBuyable(card: Card): boolean {
  const pieces = Object.values(card.stocks).flatMap((sizes) => Object.values(sizes));
  return !card.removed && !card.blocked && card.sizes.some((size) => size.price > 0) && pieces.some((amount) => amount > 0);
}

/** The buyer's view as data, for the control surface. */
export function buyerView(office: Office, card: Card): object {
  return {
    title: plainText(card.title),
    description: plainText(card.description),
    pictures: card.pictures.map((picture) => office.pictures.url(picture)),
    price: money(discounted(card.sizes[0]?.price ?? 0, card.discount)),
    buyable: isBuyable(card),
    /** Buyers who search do not find a hidden card. */
    found: isBuyable(card) && !card.shadowed,
    page: SHOP + encodeURIComponent(card.vendorCode),
  };
}

/** What a buyer sees of a card, by its nmID or article. */
export function serveBuyer(app: FastifyInstance, office: Office): void {
  app.get<{ Params: { id: string } }>(`${SHOP}:id`, async (request, reply) => {
    office.schedule.advance();
    const { id } = request.params;
    const card = office.cards.byVendorCode(id) ?? (/^\d+$/.test(id) ? office.cards.byNmId(Number(id)) : undefined);
    void reply.type('text/html; charset=utf-8').header('content-security-policy', "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'");
    if (!card) return reply.code(404).send(frame('Товар не найден', '<h1>Такого товара нет</h1>'));
    return reply.send(frame(plainText(card.title), body(office, card)));
  });
}

function frame(title: string, inner: string): string {
  return `<!doctype html><html lang="ru"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escape(title)}</title><style>${STYLE}</style></head><body><main>${inner}</main></body></html>`;
}

function body(office: Office, card: Card): string {
  const subject = findSubject(card.subjectID);
  const price = card.sizes[0]?.price ?? 0;
  const rows = card.characteristics.map(
    ({ id, value }) => `<tr><td>${escape(characteristicOf(card.subjectID, id)?.name ?? String(id))}</td><td>${escape([value].flat().join(', '))}</td></tr>`,
  );
  const images = card.pictures.map((picture) => `<img src="${escape(new URL(office.pictures.url(picture)).pathname)}" alt="">`);
  const old = card.discount > 0 ? `<del>${escape(money(price * 100))} ₽</del>` : '';
  const button = isBuyable(card) ? '<span class="buy">В корзину</span>' : '<span class="buy no">Нет в наличии</span>';
  return `<nav>${escape([subject?.parentName, subject?.name, card.brand].filter(Boolean).join(' / '))}</nav><h1>${escape(plainText(card.title))}</h1><div class="top"><div>${images.join('')}</div>
<div><span class="price">${escape(money(discounted(price, card.discount)))} ₽</span>${old}<br>${button}<p>Артикул ${card.nmID}</p><table>${rows.join('')}</table><p>${escape(plainText(card.description))}</p></div></div>`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}

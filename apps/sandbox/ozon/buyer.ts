import type { FastifyInstance } from 'fastify';
import sanitizeHtml from 'sanitize-html';
import { attributeSchema, findType } from './categories.js';
import type { Market } from './market.js';
import { attributeText, plainText } from './meaning.js';
import { ATTR_DESCRIPTION, ATTR_RICH, ATTR_TITLE, type Card } from './model.js';
import { formatMoney } from './money.js';
import { isBuyable } from './status.js';

const STYLE = `body{margin:0;font:16px/1.5 system-ui,sans-serif;color:#1b2530;background:#f4f6f9}main{max-width:1040px;margin:24px auto;padding:28px;background:#fff;border-radius:16px;box-shadow:0 2px 16px #0001}
nav{color:#7a8794;font-size:13px}h1{font-size:24px;line-height:1.3;margin:8px 0 20px}.top{display:grid;grid-template-columns:minmax(260px,460px) 1fr;gap:32px}.big{width:100%;aspect-ratio:1;object-fit:contain;border-radius:12px;background:#f0f2f5}
.thumbs{display:flex;flex-wrap:wrap;gap:8px;margin-top:8px}.thumbs img{width:72px;height:72px;object-fit:cover;border-radius:8px}.price{font-size:32px;font-weight:700}.old{color:#98a3ad;text-decoration:line-through;margin-left:12px}
.buy{display:inline-block;margin:16px 0;padding:12px 36px;border-radius:10px;background:#0b6bfb;color:#fff;font-weight:600}.no{background:#cfd6dd;color:#5b6670}table{border-collapse:collapse;width:100%;margin-top:8px}td{padding:6px 8px;border-bottom:1px solid #edf0f3;vertical-align:top}td:first-child{color:#7a8794;width:42%}
h2{font-size:19px;margin:32px 0 8px}@media(max-width:720px){.top{grid-template-columns:1fr}main{margin:0;border-radius:0}}`;

/** What a buyer sees of a card, by its sku or article. */
export function serveBuyer(app: FastifyInstance, market: Market): void {
  app.get<{ Params: { id: string } }>('/ozon-shop/:id', async (request, reply) => {
    market.schedule.advance();
    const { id } = request.params;
    const card = (/^\d+$/.test(id) ? market.cards.bySkuId(Number(id)) : undefined) ?? market.cards.byOfferId(id);
    void reply.type('text/html; charset=utf-8').header('content-security-policy', "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'");
    if (!card || card.archived || card.sku === 0) return reply.code(404).send(frame('Товар не найден', '<h1>Такого товара нет</h1>'));
    return reply.send(frame(plainText(card.live.name), body(market, card)));
  });
}

/** The buyer's view as data, for the control surface. */
export function buyerView(market: Market, card: Card): object {
  return {
    title: plainText(card.live.name),
    description: plainText(attributeText(card.live, ATTR_DESCRIPTION)),
    pictures: card.live.pictures.map((p) => market.pictures.url(p)),
    price: formatMoney(card.price.price),
    buyable: isBuyable(card),
    page: `/ozon-shop/${card.sku || encodeURIComponent(card.offerId)}`,
  };
}

function frame(title: string, inner: string): string {
  return `<!doctype html><html lang="ru"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escape(title)}</title><style>${STYLE}</style></head><body><main>${inner}</main></body></html>`;
}

function body(market: Market, card: Card): string {
  const { live, price } = card;
  const type = findType(live.typeId);
  const urls = live.pictures.map((p) => new URL(market.pictures.url(p)).pathname);
  const names = new Map(attributeSchema(live.typeId).map((a) => [a.id, a.name]));
  const rows = live.attributes
    .filter((a) => ![ATTR_TITLE, ATTR_DESCRIPTION, ATTR_RICH].includes(a.id))
    .map((a) => `<tr><td>${escape(names.get(a.id) ?? `Характеристика ${a.id}`)}</td><td>${escape(a.values.map((v) => v.value).join(', '))}</td></tr>`)
    .join('');
  const description = sanitizeHtml(attributeText(live, ATTR_DESCRIPTION), { allowedTags: ['br', 'p', 'ul', 'ol', 'li', 'b', 'strong', 'i', 'em'], allowedAttributes: {} });
  const button = isBuyable(card) ? '<span class="buy">В корзину</span>' : '<span class="buy no">Нет в продаже</span>';
  const old = price.oldPrice ? `<span class="old">${rubles(price.oldPrice)}</span>` : '';
  return `<nav>${escape([type?.rootName, type?.categoryName, type?.typeName].filter(Boolean).join(' → '))}</nav><h1>${escape(plainText(live.name))}</h1>
<div class="top"><div>${urls[0] ? `<img class="big" src="${escape(urls[0])}" alt="">` : '<div class="big"></div>'}<div class="thumbs">${urls
    .slice(1)
    .map((u) => `<img src="${escape(u)}" alt="">`)
    .join('')}</div></div>
<div><span class="price">${rubles(price.price)}</span>${old}<br>${button}<p>Артикул: ${card.sku}</p><table>${rows}</table></div></div><h2>Описание</h2><div>${description}</div>`;
}

function rubles(kopecks: number): string {
  return `${escape(formatMoney(kopecks).replace('.00', ''))} ₽`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}

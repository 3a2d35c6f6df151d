import type { FastifyInstance } from 'fastify';
import { plainText } from '../plain-text.js';
import type { Product } from './model.js';
import { homeOf, SITE, type Office } from './office.js';
import { effectivePrice, isBuyable } from './prices.js';
import { CATEGORY } from './terms.js';
import { paragraphs } from './text.js';

export const SHOP = '/woocommerce-shop/';

const STYLE = `body{margin:0;font:16px/1.6 Georgia,serif;color:#2b2118;background:#faf6ef}main{max-width:1000px;margin:24px auto;padding:28px;background:#fff;border-radius:6px}
nav{color:#8a7a68;font-size:13px}h1{font-size:26px;line-height:1.3;margin:8px 0 20px}.top{display:grid;grid-template-columns:minmax(260px,420px) 1fr;gap:32px}.top img{width:100%;border-radius:4px;margin-bottom:8px}
.price{font-size:30px;font-weight:700;color:#5b7d2a}del{color:#a89a89;margin-left:12px}.buy{display:inline-block;margin:16px 0;padding:12px 36px;border-radius:4px;background:#7f54b3;color:#fff}.no{background:#ddd5ca;color:#6b6054}
td{padding:6px 8px;border-bottom:1px solid #f0e9df;vertical-align:top}td:first-child{color:#8a7a68}@media(max-width:720px){.top{grid-template-columns:1fr}main{margin:0;border-radius:0}}`;

/** The buyer's view as data, for the control surface. */
export function buyerView(office: Office, product: Product): object {
  const now = office.clock.now();
  return {
    title: plainText(product.name),
    description: plainText(product.description),
    pictures: product.images.map((image) => office.pictures.url(image.picture)),
    price: effectivePrice(product, now),
    buyable: isBuyable(product, now),
    /** Who browses or searches does not meet a hidden product. */
    found: isBuyable(product, now) && product.visibility === 'visible',
    page: SHOP + encodeURIComponent(product.sku || String(product.id)),
  };
}

/** What a buyer sees of a product: by its article or number, and at the address the shop itself names. */
export function serveBuyer(app: FastifyInstance, office: Office): void {
  app.get<{ Params: { id: string } }>(`${SHOP}:id`, (request, reply) => {
    const { id } = request.params;
    return page(office.products.bySku(id)?.product ?? (/^\d+$/.test(id) ? office.products.get(Number(id)) : undefined), reply);
  });
  app.get<{ Params: { slug: string } }>(`${SITE}/product/:slug/`, (request, reply) => {
    const slug = encodeURIComponent(request.params.slug).toLowerCase();
    return page(
      [...office.products.all()].find((product) => product.slug === slug),
      reply,
    );
  });

  function page(product: Product | undefined, reply: { code(status: number): unknown; type(type: string): unknown; header(name: string, value: string): unknown }): string {
    office.schedule.advance();
    reply.type('text/html; charset=utf-8');
    reply.header('content-security-policy', "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'");
    if (product && product.status === 'publish') return frame(plainText(product.name), body(office, product));
    reply.code(404);
    return frame('Страница не найдена', '<h1>Такой страницы нет</h1>');
  }
}

function frame(title: string, inner: string): string {
  return `<!doctype html><html lang="ru"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escape(title)}</title><style>${STYLE}</style></head><body><main>${inner}</main></body></html>`;
}

function body(office: Office, product: Product): string {
  const now = office.clock.now();
  const price = effectivePrice(product, now);
  const rows = product.attributes
    .filter((one) => one.visible)
    .map(({ name, options }) => `<tr><td>${escape(plainText(name))}</td><td>${escape(options.map(plainText).join(', '))}</td></tr>`);
  const images = product.images.map(({ picture, alt }) => `<img src="${escape(new URL(office.pictures.url(picture)).pathname)}" alt="${escape(alt)}">`);
  const shelf = product.categories.flatMap((id) => office.terms.term(id, CATEGORY)?.name ?? []).join(' / ');
  const old = price !== product.regularPrice && product.regularPrice !== '' ? `<del>${escape(product.regularPrice)} ₽</del>` : '';
  const button = isBuyable(product, now) ? '<span class="buy">В корзину</span>' : '<span class="buy no">Нет в наличии</span>';
  return `<nav><a href="${escape(new URL(homeOf(office)).pathname)}/">Магазин</a> / ${escape(shelf)}</nav><h1>${escape(plainText(product.name))}</h1><div class="top"><div>${images.join('')}</div>
<div><span class="price">${price ? `${escape(price)} ₽` : ''}</span>${old}<br>${button}<p>Артикул ${escape(product.sku)}</p><table>${rows.join('')}</table></div></div>${paragraphs(product.description)}`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}

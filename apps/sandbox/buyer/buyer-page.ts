/** What a buyer's page shows of a card. Texts are plain, addresses are paths of this process. */
export interface BuyerFacts {
  readonly path: readonly string[];
  readonly title: string;
  readonly description: string;
  readonly pictures: readonly string[];
  /** As decimal text, in roubles; the old one is empty when none is struck through. */
  readonly price: string;
  readonly oldPrice: string;
  readonly buyable: boolean;
  readonly number: string;
  readonly rows: readonly (readonly [string, string])[];
}

const style = (
  accent: string,
): string => `body{margin:0;font:16px/1.5 system-ui,sans-serif;color:#1f2328;background:#f5f4f0}main{max-width:1040px;margin:24px auto;padding:28px;background:#fff;border-radius:16px}
nav{color:#7c7f85;font-size:13px}h1{font-size:24px;line-height:1.3;margin:8px 0 20px}.top{display:grid;grid-template-columns:minmax(260px,420px) 1fr;gap:32px}.top img{width:100%;border-radius:12px;margin-bottom:8px}
.price{font-size:32px;font-weight:700}del{color:#9a9da3;margin-left:12px}.buy{display:inline-block;margin:16px 0;padding:12px 36px;border-radius:10px;background:${accent};font-weight:600}.no{background:#d9d9d6;color:#5f6368}
td{padding:6px 8px;border-bottom:1px solid #eeece6;vertical-align:top}td:first-child{color:#7c7f85}@media(max-width:720px){.top{grid-template-columns:1fr}main{margin:0;border-radius:0}}`;

/** What may be loaded by a buyer's page. */
export const BUYER_POLICY = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'";

/** The page as HTML; without facts it says that there are no such goods. */
export function buyerPage(accent: string, facts: BuyerFacts | undefined): string {
  const title = facts?.title ?? 'Товар не найден';
  return `<!doctype html><html lang="ru"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escape(title)}</title><style>${style(accent)}</style></head><body><main>${facts ? body(facts) : '<h1>Такого товара нет</h1>'}</main></body></html>`;
}

function body({ path, title, description, pictures, price, oldPrice, buyable, number, rows }: BuyerFacts): string {
  const images = pictures.map((picture) => `<img src="${escape(picture)}" alt="">`).join('');
  const old = oldPrice === '' ? '' : `<del>${escape(oldPrice)} ₽</del>`;
  const button = buyable ? '<span class="buy">В корзину</span>' : '<span class="buy no">Нет в продаже</span>';
  const table = rows.map(([name, value]) => `<tr><td>${escape(name)}</td><td>${escape(value)}</td></tr>`).join('');
  return `<nav>${escape(path.filter(Boolean).join(' / '))}</nav><h1>${escape(title)}</h1><div class="top"><div>${images}</div>
<div><span class="price">${escape(price)} ₽</span>${old}<br>${button}<p>Артикул ${escape(number)}</p><table>${table}</table><p>${escape(description)}</p></div></div>`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}

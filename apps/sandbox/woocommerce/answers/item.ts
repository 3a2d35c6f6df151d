import type { Attachment, Item } from '../model.js';
import { API, homeOf, type Office } from '../office.js';
import { isOnSale } from '../prices.js';
import { gmt, local } from '../site-time.js';

type Members = Record<string, unknown>;
type Pair = [string, unknown];

/** A moment twice: on the site's clock and in UTC; nulls for none. */
export function dates(office: Office, name: string, ms: number): Members {
  const pairs: Pair[] = [
    [name, ms === 0 ? null : local(office, ms)],
    [`${name}_gmt`, ms === 0 ? null : gmt(ms)],
  ];
  return Object.fromEntries(pairs);
}

export function imageAnswer(office: Office, { id, name, alt, picture, createdAt }: Attachment): Members {
  return { id, ...dates(office, 'date_created', createdAt), ...dates(office, 'date_modified', createdAt), src: office.pictures.url(picture), name, alt };
}

/** Members about price, of goods and variations alike. */
export function priceMembers(office: Office, item: Item, price: string): Members {
  const now = office.clock.now();
  return {
    price,
    regular_price: item.regularPrice,
    sale_price: item.salePrice,
    ...dates(office, 'date_on_sale_from', item.saleFrom),
    ...dates(office, 'date_on_sale_to', item.saleTo),
    on_sale: isOnSale(item, now),
  };
}

/** Members about stock. `of`: whose stock it is where it is the parent's. */
export function stockMembers({ cabinet }: Office, item: Item, of: Item): Members {
  const counts = cabinet.current.manage_stock;
  return {
    manage_stock: counts && item.manageStock,
    stock_quantity: counts && of.manageStock === true ? of.stockQuantity : null,
    stock_status: of.stockStatus,
    backorders: of.backorders,
    backorders_allowed: of.backorders !== 'no',
    backordered: of.stockStatus === 'onbackorder',
    low_stock_amount: item.plain['low_stock_amount'] ?? null,
  };
}

export const metaAnswer = (item: Item): Members[] => item.meta.map(({ id, key, value }) => ({ id, key, value }));

export function link(office: Office, path: string): { href: string }[] {
  return [{ href: `${homeOf(office)}${API}${path}` }];
}

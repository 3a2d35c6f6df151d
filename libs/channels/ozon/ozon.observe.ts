import { BrokenContract, parseMoney, type Doc, readDoc, readFlag, readId, readKey, readList, readNumber, readText } from '#kernel';
import type { CardValues, Facet, ObservedCard, PriceValue } from '#channels/contract';
import { statusOf } from './ozon.status.js';

/* Answers → observed cards. Values are built in the order of FACETS and already in their canonical form. */

/** One item of `/v3/product/list`: that the card is there, and under which ids. */
export function listedCard(value: unknown): ObservedCard {
  const item = readDoc(value, 'product list');
  return card(item, 'offer_id', 'product_id', { presence: readFlag(item['archived']) ? 'archived' : 'listed' });
}

/** One item of `/v3/product/info/list`: status and price, and presence when asked for. */
export function infoCard(value: unknown, quarantined: (productId: string) => boolean, facets: ReadonlySet<Facet>): ObservedCard {
  const item = readDoc(value, 'info list');
  const values: CardValues = {};
  if (facets.has('presence')) values.presence = readFlag(item['is_archived']) || readFlag(item['is_autoarchived']) ? 'archived' : 'listed';
  if (facets.has('status')) values.status = statusOf(item, quarantined(readId(item['id'], 'info list.id')));
  if (facets.has('price')) values.price = priceOf(item);
  return card(item, 'offer_id', 'id', values);
}

function priceOf(item: Doc): PriceValue {
  const currency = readText(item['currency_code']) || 'RUB';
  const amount = (name: string): number => {
    const raw = readText(item[name]);
    if (raw === '') return 0;
    const money = parseMoney(raw, currency);
    if (!money) throw new BrokenContract(`info list.${name}: expected an amount`, raw);
    return money.minor;
  };
  const old = amount('old_price');
  const min = amount('min_price');
  return { price: amount('price'), ...(old > 0 ? { old } : {}), ...(min > 0 ? { min } : {}), currency };
}

/** Free stock of one item of `/v4/product/info/stocks` by type, and the warehouses it is spread over (empty: not told). */
export function freeStock(value: unknown, type: string): { readonly free: number; readonly warehouses: ReadonlySet<string> } {
  const item = readDoc(value, 'stocks');
  const warehouses = new Set<string>();
  let free = 0;
  for (const raw of readList(item['stocks'], 'stocks.stocks')) {
    const row = readDoc(raw, 'stocks.stocks');
    if (readText(row['type']).toLowerCase() !== type) continue;
    // What is present includes what is reserved.
    free += readNumber(row['present'], 'stocks.present') - readNumber(row['reserved'], 'stocks.reserved');
    for (const id of readList(row['warehouse_ids'], 'stocks.warehouse_ids')) warehouses.add(readId(id, 'stocks.warehouse_ids'));
  }
  return { free: Math.max(0, free), warehouses };
}

export function stockCard(value: unknown, stock: Readonly<Record<string, number>>): ObservedCard {
  return card(readDoc(value, 'stocks'), 'offer_id', 'product_id', { stock });
}

function card(item: Doc, keyName: string, idName: string, values: CardValues): ObservedCard {
  return { ...identity(item, keyName, idName), values };
}

/** Under which ids an answer names a card. */
export function identity(item: Doc, keyName: string, idName: string): Pick<ObservedCard, 'key' | 'externalId' | 'ids'> {
  const sku = readId(item['sku'], 'sku');
  return { key: readKey(item[keyName], keyName), externalId: readId(item[idName], idName), ids: sku === '' ? {} : { sku } };
}

import { compareDecimals } from './decimals.js';
import type { Item, Product } from './model.js';

/** A reduced price counts between its dates. */
export function isOnSale(item: Pick<Item, 'salePrice' | 'saleFrom' | 'saleTo'>, now: number): boolean {
  return item.salePrice !== '' && (item.saleFrom === 0 || item.saleFrom <= now) && (item.saleTo === 0 || item.saleTo > now);
}

/** What a buyer pays; empty where there is no price. */
export function priceOf(item: Item, now: number): string {
  return isOnSale(item, now) ? item.salePrice : item.regularPrice;
}

/** Of a product with variations the lowest that can be had. */
export function effectivePrice(product: Product, now: number): string {
  if (product.type !== 'variable') return priceOf(product, now);
  const prices = product.variations.filter((one) => one.status === 'publish').map((one) => priceOf(one, now));
  return prices.filter((price) => price !== '').sort(compareDecimals)[0] ?? '';
}

export const isPurchasable = (item: Item, price: string): boolean => price !== '' && item.status === 'publish';

/** Whether a buyer finds and can order it. */
export function isBuyable(product: Product, now: number): boolean {
  if (product.removed || product.status !== 'publish' || product.visibility === 'hidden') return false;
  const items: Item[] = product.type === 'variable' ? product.variations.filter((one) => one.status === 'publish') : [product];
  return items.some((item) => priceOf(item, now) !== '' && (item.manageStock === 'parent' ? product : item).stockStatus !== 'outofstock');
}

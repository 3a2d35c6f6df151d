import type { Diagnostic } from '#kernel';
import type { PriceValue, ProductSnapshot } from '#channels/contract';

const LEAST_DISCOUNT = 5;
const MOST_DISCOUNT = 99;

/**
 * The price as Market can hold it: a struck-through price is whole units and 5 to 99 % above, else it is left out. The price itself
 * is never changed. What was changed is told.
 */
export function priceFor(product: Pick<ProductSnapshot, 'price' | 'oldPrice'>): { readonly price: PriceValue | undefined; readonly diagnostics: readonly Diagnostic[] } {
  if (product.price === undefined || product.price.minor <= 0) {
    return { price: undefined, diagnostics: [{ severity: 'error', path: 'price', code: 'yandex-market.price-required' }] };
  }
  const { minor: price, currency } = product.price;
  const given = product.oldPrice?.minor;
  if (given === undefined || given <= price) return { price: { price, currency }, diagnostics: [] };
  const old = Math.round(given / 100) * 100;
  const discount = ((old - price) * 100) / old;
  if (discount < LEAST_DISCOUNT || discount > MOST_DISCOUNT) {
    return { price: { price, currency }, diagnostics: [{ severity: 'warning', path: 'price', code: 'yandex-market.old-price-left-out', params: { price, old: given } }] };
  }
  const diagnostics: readonly Diagnostic[] = old === given ? [] : [{ severity: 'warning', path: 'price', code: 'yandex-market.old-price-rounded', params: { given, shown: old } }];
  return { price: { price, old, currency }, diagnostics };
}

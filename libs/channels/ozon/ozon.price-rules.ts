import type { Diagnostic } from '#kernel';
import type { PriceValue } from '#channels/contract';

/**
 * Ozon's own rules for one price, checked before it is sent (docs/channels/ozon.md, "Prices"). Amounts in minor units;
 * the bands are stated for roubles, so other currencies are only checked for order.
 */
export function priceDiagnostics(value: PriceValue): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const error = (code: string, params: Record<string, number>) => found.push({ severity: 'error', path: 'price', code, params });
  const { price, old, min } = value;
  if (price <= 0) error('ozon.price-not-positive', { price });
  if (old !== undefined) {
    if (old <= price) error('ozon.old-price-too-small', { price, old });
    else if (value.currency === 'RUB' && tooClose(price, old)) error('ozon.discount-too-small', { price, old });
    else if ((old - price) * 10 >= old * 9) error('ozon.discount-too-big', { price, old });
  }
  if (min !== undefined) {
    if (min >= price) error('ozon.min-price-too-big', { price, min });
    else if (min * 2 < price) error('ozon.min-price-too-small', { price, min });
  }
  return found;
}

function tooClose(price: number, old: number): boolean {
  const distance = old - price;
  if (price <= 400_00) return distance <= 20_00;
  if (price <= 10_000_00) return distance * 20 <= old;
  return distance <= 500_00;
}

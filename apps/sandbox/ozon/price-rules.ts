import type { Card, PriceState } from './model.js';

/** A floor holds against promotions for thirty days and must then be renewed. */
export const FLOOR_MS = 30 * 24 * 3_600_000;

export interface PriceError {
  code: string;
  message: string;
}

const error = (code: string, message: string): PriceError => ({ code, message });

/** The channel's rules for a set of prices (kopecks); empty when all hold. `checkFloor` also looks at the floor. */
export function priceRuleErrors(p: Pick<PriceState, 'price' | 'oldPrice' | 'minPrice'>, checkFloor: boolean): PriceError[] {
  const { price, oldPrice, minPrice } = p;
  if (price <= 0) return [error('price_negative', 'Цена должна быть больше нуля')];
  if (oldPrice > 0) {
    const gap = oldPrice - price;
    if (gap <= 0) return [error('old_price_less_than_price', 'Старая цена должна быть больше цены')];
    if (price <= 40_000 && gap <= 2_000) return [error('discount_for_low_price_is_too_small', 'Скидка должна быть больше 20 рублей')];
    if (price > 40_000 && price <= 1_000_000 && gap * 20 <= oldPrice) {
      return [error('discount_for_average_price_is_too_small', 'Скидка должна быть больше 5%')];
    }
    if (price > 1_000_000 && gap <= 50_000) return [error('discount_for_top_price_is_too_small', 'Скидка должна быть больше 500 рублей')];
    if (gap * 10 >= oldPrice * 9) return [error('discount_too_big', 'Скидка должна быть меньше 90%')];
  }
  if (checkFloor && minPrice > 0) {
    if (price < minPrice) return [error('price_less_than_min_auto_price', 'Цена меньше минимальной')];
    if (minPrice === price) return [error('min_auto_price_too_big', 'Минимальная цена должна быть меньше цены')];
    if (minPrice * 2 < price) return [error('min_auto_price_too_small', 'Минимальная цена должна быть не меньше половины цены')];
  }
  return [];
}

/** A price that jumps by more than half is taken, but the card goes to quarantine until somebody releases it. */
export function setPrice(card: Card, to: Partial<Omit<PriceState, 'base' | 'decimals'>>): void {
  const before = card.price.base;
  Object.assign(card.price, to);
  card.price.decimals = 2;
  const { price } = card.price;
  const jump = before > 0 && Math.abs(price - before) * 2 > before;
  if (jump) {
    card.quarantined = true;
  } else {
    card.quarantined = false;
    card.price.base = price;
  }
}

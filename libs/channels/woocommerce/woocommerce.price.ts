import { formatMoney } from '#kernel';
import type { PriceValue } from '#channels/contract';

/** Prices as the site holds them: texts; `price` is the one in force, read only. */
export interface SitePrices {
  readonly price: string;
  readonly regular_price: string;
  readonly sale_price: string;
  /** Start and end of the sale, '' for none. */
  readonly date_on_sale_from_gmt: string;
  readonly date_on_sale_to_gmt: string;
}

/** What a buyer pays now, and the struck-through price while a sale is on. 0: no price, the product cannot be bought. */
export function priceOf(prices: SitePrices, currency: string): PriceValue {
  const regular = minorOf(prices.regular_price, currency);
  const now = prices.price.trim() === '' ? regular : minorOf(prices.price, currency);
  return { price: now, ...(regular > now ? { old: regular } : {}), currency };
}

/**
 * The fields of a price. Decimal texts with a point: the site drops a comma, and "100,50" would become 10050.
 * An empty sale price ends a sale; `dated`: the sale has dates, which would keep ours from being in force.
 */
export function priceFields(value: PriceValue, dated: boolean): Readonly<Record<string, string>> {
  const text = (minor: number) => formatMoney({ minor, currency: value.currency });
  const sale = value.old !== undefined && value.old > value.price;
  return {
    regular_price: text(sale ? (value.old ?? value.price) : value.price),
    sale_price: sale ? text(value.price) : '',
    ...(dated ? { date_on_sale_from_gmt: '', date_on_sale_to_gmt: '' } : {}),
  };
}

/** The site keeps any number of decimals ("100.559"); rounded to minor units by digits, never through a float. */
function minorOf(text: string, currency: string): number {
  const digits = formatMoney({ minor: 1, currency }).split('.')[1]?.length ?? 0;
  const match = /^(\d+)(?:[.,](\d*))?$/.exec(text.trim());
  if (match === null) return 0;
  const fraction = (match[2] ?? '').padEnd(digits + 1, '0');
  const whole = Number((match[1] ?? '') + fraction.slice(0, digits));
  return Number(fraction[digits]) >= 5 ? whole + 1 : whole;
}

import { parseMoney, type Money } from '#kernel';
import { parseDecimal } from '../decimal.js';

const NOTHING = '00000000-0000-0000-0000-000000000000';
/** What some bases write where a number is not filled in. */
const UNFILLED = -999_999_999;

/** A reference that points at something; 1C writes an id of zeros for none. */
export function reference(text: string | undefined): string | undefined {
  return text === undefined || text === '' || text === NOTHING ? undefined : text;
}

/** "product#variant" → the product's id; the variant's is the whole. */
export function productPart(id: string): string {
  const hash = id.indexOf('#');
  return hash < 0 ? id : id.slice(0, hash);
}

export function variantPart(id: string): string | undefined {
  const hash = id.indexOf('#');
  return hash < 0 ? undefined : reference(id.slice(hash + 1));
}

/** A number as 1C writes it: point, comma, spaces between thousands; undefined where it is not filled in. */
export function onecNumber(text: string): number | undefined {
  const value = parseDecimal(text);
  return value === undefined || value <= UNFILLED ? undefined : value;
}

/** ISO 4217 for what 1C bases call their currencies. */
const CURRENCIES: Readonly<Record<string, string>> = {
  руб: 'RUB',
  'руб.': 'RUB',
  р: 'RUB',
  '₽': 'RUB',
  rur: 'RUB',
  '643': 'RUB',
  '810': 'RUB',
  тг: 'KZT',
  'тнг.': 'KZT',
  тенге: 'KZT',
  '398': 'KZT',
  '840': 'USD',
  $: 'USD',
  '978': 'EUR',
  '€': 'EUR',
  '933': 'BYN',
  'бел.руб.': 'BYN',
};

export function currencyCode(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const known = CURRENCIES[text.toLowerCase()];
  if (known !== undefined) return known;
  return /^[A-Za-z]{3}$/.test(text) ? text.toUpperCase() : undefined;
}

/** A price for `per` units as the price of one, rounded half up to the minor unit. */
export function unitPrice(text: string, per: string | undefined, currency: string): Money | undefined {
  const money = parseMoney(text, currency);
  const units = per === undefined ? 1 : parseDecimal(per);
  if (money === undefined || units === undefined || units <= 0) return undefined;
  return units === 1 ? money : { minor: Math.round(money.minor / units), currency };
}

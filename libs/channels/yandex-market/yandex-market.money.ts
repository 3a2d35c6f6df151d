import { BrokenContract, type Money, formatMoney, parseMoney } from '#kernel';

/** Market has its own code for the rouble. */
const ROUBLE = 'RUR';

/** ISO 4217 of a code of Market's. */
export function currencyOf(code: string): string {
  return code === ROUBLE ? 'RUB' : code;
}

export function codeOf(currency: string): string {
  return currency === 'RUB' ? ROUBLE : currency;
}

/** An amount as Market sends it (number or decimal text) in minor units; 0 when there is none. Throws `BrokenContract`. */
export function minorOf(value: unknown, currency: string, where: string): number {
  if (value === undefined || value === null || value === '') return 0;
  const money = typeof value === 'number' || typeof value === 'string' ? parseMoney(value, currency) : undefined;
  if (money === undefined) throw new BrokenContract(`${where}: expected an amount of money`, value);
  return money.minor;
}

/** The JSON number whose shortest text is exactly the amount. */
export function amountOf(money: Money): number {
  return Number(formatMoney(money));
}

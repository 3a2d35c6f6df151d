/** An amount of money: integer minor units (kopecks, cents) with an ISO 4217 currency. Never a float. */
export interface Money {
  readonly minor: number;
  readonly currency: string;
}

const DIGITS: Readonly<Record<string, number>> = { JPY: 0, KRW: 0, VND: 0 };

function minorDigits(currency: string): number {
  return DIGITS[currency] ?? 2;
}

/**
 * Reads a decimal text ("1 290,50", "1000.0000", "399") or a JSON number as minor units.
 * Returns undefined for anything that is not a plain non-negative decimal, or that would lose a fraction of a minor unit.
 */
export function parseMoney(value: string | number, currency: string): Money | undefined {
  const text = (typeof value === 'number' ? String(value) : value).replace(/[\s\u00a0\u202f]/g, '').replace(',', '.');
  const match = /^(\d+)(?:\.(\d+))?$/.exec(text);
  if (!match) return undefined;
  const digits = minorDigits(currency);
  const fraction = (match[2] ?? '').padEnd(digits, '0');
  if (/[1-9]/.test(fraction.slice(digits))) return undefined;
  const minor = Number((match[1] ?? '') + fraction.slice(0, digits));
  return Number.isSafeInteger(minor) ? { minor, currency } : undefined;
}

/** Writes money as the shortest plain decimal text: 129050 RUB → "1290.5", 100000 RUB → "1000". */
export function formatMoney(money: Money): string {
  const digits = minorDigits(money.currency);
  if (digits === 0) return String(money.minor);
  const text = String(money.minor).padStart(digits + 1, '0');
  const fraction = text.slice(-digits).replace(/0+$/, '');
  return text.slice(0, -digits) + (fraction ? `.${fraction}` : '');
}

export function sameMoney(left: Money, right: Money): boolean {
  return left.minor === right.minor && left.currency === right.currency;
}

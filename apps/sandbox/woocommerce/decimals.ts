/**
 * A price as the shop reads it: its decimal separator becomes a point, of several points the last stays, and everything else that is
 * not a digit or a minus goes away. So "100,50" is 10050 where the separator is a point.
 */
export function readDecimal(sent: string, separator: string): string {
  return sent
    .trim()
    .replaceAll(separator, '.')
    .replace(/\.(?![^.]+$)|[^0-9.-]/g, '');
}

/** Compares two decimal texts of any length. */
export function compareDecimals(a: string, b: string): number {
  const [left, right] = [scaled(a), scaled(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Equal amounts as equal texts: "100.50" and "0100.5" are "100.5". */
export function plainDecimal(value: string): string {
  const match = /^(-?)0*(\d*?)(?:\.(\d*?)0*)?$/.exec(value);
  if (!match || !/\d/.test(value)) return value;
  const [, sign = '', whole = '', fraction = ''] = match;
  return `${sign}${whole || '0'}${fraction ? `.${fraction}` : ''}`;
}

const PLACES = 8;

function scaled(value: string): bigint {
  const [whole = '0', fraction = ''] = plainDecimal(value).split('.');
  const digits = `${whole}${fraction.padEnd(PLACES, '0').slice(0, PLACES)}`;
  return /^-?\d+$/.test(digits) ? BigInt(digits) : 0n;
}

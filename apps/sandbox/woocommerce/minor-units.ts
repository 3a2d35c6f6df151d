/** Decimal text as hundredths; further digits are cut. */
export function toMinor(decimal: string): number {
  const [whole = '0', fraction = ''] = decimal.split('.');
  const minor = Number(`${whole.replace('-', '') || '0'}${fraction.padEnd(2, '0').slice(0, 2)}`);
  return whole.startsWith('-') ? -minor : minor;
}

/** Hundredths as decimal text: 10050 is "100.50". */
export function fromMinor(minor: number): string {
  const digits = String(Math.abs(minor)).padStart(3, '0');
  return `${minor < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

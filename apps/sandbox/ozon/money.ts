/** Kopecks of a decimal string or number with up to four decimals; undefined when it is not a price. */
export function parseMoney(text: unknown): number | undefined {
  if (typeof text !== 'string' && typeof text !== 'number') return undefined;
  const match = /^(\d{1,12})(?:\.(\d{1,4}))?$/.exec(String(text).trim());
  if (!match) return undefined;
  const cents = (match[2] ?? '').padEnd(2, '0');
  if (/[1-9]/.test(cents.slice(2))) return undefined;
  return Number(match[1]) * 100 + Number(cents.slice(0, 2));
}

/** "1448.50", or "1448.5000" with four decimals. */
export function formatMoney(kopecks: number, decimals: 2 | 4 = 2): string {
  const whole = Math.floor(kopecks / 100);
  return `${whole}.${String(kopecks % 100).padStart(2, '0')}${decimals === 4 ? '00' : ''}`;
}

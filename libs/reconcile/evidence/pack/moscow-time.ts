const MOSCOW_AHEAD_MS = 3 * 3_600_000;

/** "20.11.2026 13:05:12 МСК", the time by which support and seller talk. */
export function moscowTime(iso: string): string {
  const [date = '', clock = ''] = new Date(Date.parse(iso) + MOSCOW_AHEAD_MS).toISOString().split('T');
  return `${date.split('-').reverse().join('.')} ${clock.slice(0, 8)} МСК`;
}

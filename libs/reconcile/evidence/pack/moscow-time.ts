import type { Locale } from '../story-names.js';

const MOSCOW_AHEAD_MS = 3 * 3_600_000;

/** "20.11.2026 13:05:12 МСК", the time by which support and seller talk; where days are not written so, "2026-11-20 13:05:12 MSK". */
export function moscowTime(iso: string, locale: Locale): string {
  const [date = '', clock = ''] = new Date(Date.parse(iso) + MOSCOW_AHEAD_MS).toISOString().split('T');
  return locale === 'ru' ? `${date.split('-').reverse().join('.')} ${clock.slice(0, 8)} МСК` : `${date} ${clock.slice(0, 8)} MSK`;
}

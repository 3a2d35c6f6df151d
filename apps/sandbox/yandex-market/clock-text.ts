const MOSCOW_MS = 3 * 3_600_000;

/** A moment as the market writes it: ISO 8601 with Moscow's offset. */
export function stamp(ms: number): string {
  return `${new Date(ms + MOSCOW_MS).toISOString().slice(0, 19)}+03:00`;
}

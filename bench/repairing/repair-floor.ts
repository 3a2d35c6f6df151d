import type { CabinetLimits, LedgerEntry } from './sandbox-door.js';

const CARDS_A_PAGE = 1000;
/** Bulk reads of a thousand cards: list, info, stocks and attributes; and those asked once a sweep: warehouses, quarantine, and both archives. */
const CALLS_A_PAGE = 4;
const CALLS_A_SWEEP = 4;
/** Methods whose items do not count against the limit a minute. */
const WITHOUT_ITEMS = /prices|stocks|archive$|barcode/;

export interface RepairFacts {
  readonly cards: number;
  /** What the hub wrote until all was well. */
  readonly writes: readonly LedgerEntry[];
  /** Task and moderation seconds of each restored card, as the channel drew them. */
  readonly delays: readonly number[];
  readonly limits: CabinetLimits;
}

/**
 * Channel seconds that nobody could do without: one sweep's calls at the channel's rate, the items beyond a full bucket at the
 * channel's pace, and the delay of the slowest card.
 */
export function floorOf({ cards, writes, delays, limits }: RepairFacts): { seconds: number; told: string } {
  const calls = Math.ceil(cards / CARDS_A_PAGE) * CALLS_A_PAGE + CALLS_A_SWEEP;
  const items = writes.filter((entry) => entry.key === 'A' && !WITHOUT_ITEMS.test(entry.method)).length;
  const reading = calls / limits.rps;
  const waiting = Math.max(0, items - limits.per_minute) / (limits.per_minute / 60);
  const delay = Math.max(0, ...delays);
  const seconds = reading + waiting + delay;
  return { seconds, told: `floor ${seconds.toFixed(0)} s = ${calls} calls ${reading.toFixed(1)} + ${items} items ${waiting.toFixed(0)} + slowest card ${delay.toFixed(0)}` };
}

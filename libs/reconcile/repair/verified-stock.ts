import { printOf } from '../observe/projection.js';
import type { FacetRow } from '../observe/facet-row.js';

/** No channel takes a million pieces of one thing. */
const MOST_TRIED = 1_000_000;

/**
 * The stock that was last verified: at most what the master wants, less what was sold since. Only its print is kept, so the number is
 * found by printing candidates from `desired` down. Without a verified value for this desired, it is `desired` itself.
 */
export function verifiedStock(row: Pick<FacetRow, 'expected' | 'expectedFor' | 'desired'>, desired: number): number {
  if (row.expected === null || row.expectedFor !== row.desired) return desired;
  for (let candidate = desired; candidate >= Math.max(0, desired - MOST_TRIED); candidate--) {
    if (printOf(candidate) === row.expected) return candidate;
  }
  return desired;
}

import { verifiedStock } from '../repair/verified-stock.js';
import type { FacetRow } from './facet-row.js';

/** What a stock figure below the one we know tells. `consumed`: of what we published; `from-old`: of the figure our change has not replaced yet. */
export type Sold = 'consumed' | 'from-old' | 'no';

/** Sales bring stock down at any moment, also while a change of ours is on its way. `last` is the figure read before this one. */
export function soldSince(row: Pick<FacetRow, 'state' | 'reason' | 'expected' | 'expectedFor' | 'desired'>, desired: number, live: number, last: number | undefined): Sold {
  if (row.expected !== null && row.expectedFor === row.desired) return live < verifiedStock(row, desired) ? 'consumed' : 'no';
  if (last === undefined) return 'no';
  // Nothing was read before the deadline of our change: it may have arrived all the same, and be sold from since.
  const sent = row.state === 'settling' || row.reason === 'not-applied';
  if (sent && live < desired && (live > last || desired < last)) return 'consumed';
  return live < last ? 'from-old' : 'no';
}

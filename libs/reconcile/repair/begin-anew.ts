import { enter, type FacetRow } from '../observe/facet-row.js';
import type { ListingView } from '../observe/listing-view.js';

/**
 * A card that vanished is made anew: nothing of the old one is on the channel any more, whatever was last seen of it. Every facet we
 * want waits to be sent. Answers the rows that moved.
 */
export function beginAnew(listing: ListingView, now: number): FacetRow[] {
  listing.externalId = null;
  listing.ids = {};
  const rows = listing.rows.filter((row) => row.facet !== 'presence' && row.desired !== null && row.state !== 'failing' && row.state !== 'held');
  for (const row of rows) {
    row.observed = null;
    row.expected = null;
    row.expectedFor = null;
    row.dueAt = now;
    if (row.state !== 'drifted') enter(row, 'pending', now);
  }
  return rows;
}

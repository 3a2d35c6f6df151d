import type { Diagnostic } from '#kernel';
import { enter, type FacetRow } from '../observe/facet-row.js';
import type { ListingView } from '../observe/listing-view.js';
import { desiredView, printOf, valueOf } from '../observe/projection.js';

/**
 * After a task ended with some values erased, or a call went without them: what is wanted shrinks by the refused attribute paths at once (so the card can be in
 * sync without them), and a facet refused as a whole fails.
 */
export function forgetRefusedParts(
  listings: readonly ListingView[],
  refusals: readonly { readonly listingId: string; readonly diagnostics: readonly Diagnostic[] }[],
  changed: FacetRow[],
  now: number,
): void {
  for (const { listingId, diagnostics } of refusals) {
    const listing = listings.find((one) => one.id === listingId);
    const paths = diagnostics.map((d) => d.path).filter((path) => path !== '');
    if (!listing || paths.length === 0) continue;
    for (const row of listing.rows) {
      const own = paths.filter((path) => path === row.facet || path.startsWith(`${row.facet}.`));
      if (own.length === 0) continue;
      const wanted = valueOf(listing.desired, row.facet, row.part);
      const partly = row.facet === 'attributes' && wanted !== undefined && !own.includes('attributes');
      if (partly) row.desired = printOf(desiredView(row.facet, wanted, [...listing.masks, ...own]));
      else if (row.state === 'settling' && diagnostics.some((d) => d.severity === 'error' && own.includes(d.path))) {
        row.intentId = null;
        enter(row, 'failing', now, 'refused');
      } else continue;
      if (!changed.includes(row)) changed.push(row);
    }
  }
}

import type { Diagnostic } from '#kernel';
import type { StatusValue } from '#channels/contract';
import type { ListingView } from './listing-view.js';

/**
 * Values the channel says it cut, erased or declined, that are not on record yet. What it says may still be about the value before:
 * it counts only for a facet whose last push had ended when the status was asked for, and that has nothing newer waiting to go.
 */
export function newRefusals(listing: ListingView, status: StatusValue, startedAt: number): { listingId: string; diagnostics: Diagnostic[] }[] {
  const settled = new Set(
    listing.rows
      .filter((row) => row.pushEndedAt !== null && row.pushEndedAt < startedAt && (row.state === 'settling' || row.state === 'in_sync' || row.state === 'drifted'))
      .map((row): string => row.facet),
  );
  const diagnostics = status.refusals.filter(({ path }) => settled.has(path.split('.')[0] ?? '') && !listing.refusedPaths.includes(path));
  return diagnostics.length === 0 ? [] : [{ listingId: listing.id, diagnostics }];
}

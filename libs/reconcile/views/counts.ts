/** States in which a listing counts once, worst first. */
export const LISTING_STATES = ['failing', 'drifted', 'held', 'pending', 'unknown', 'ignored', 'in_sync'] as const;
export type ListingState = (typeof LISTING_STATES)[number];

/** How many listings there are and how many in each state; the states add up to `listings`. */
export type ListingCounts = { readonly listings: number } & Readonly<Record<ListingState, number>>;

export function emptyCounts(): Record<'listings' | ListingState, number> {
  return { listings: 0, in_sync: 0, pending: 0, drifted: 0, failing: 0, held: 0, ignored: 0, unknown: 0 };
}

export function addCounts(all: readonly ListingCounts[]): ListingCounts {
  const sum = emptyCounts();
  for (const counts of all) {
    sum.listings += counts.listings;
    for (const state of LISTING_STATES) sum[state] += counts[state];
  }
  return sum;
}

/** Everything is as it should be: nothing but listings in sync or ignored by rule. */
export function allWell(counts: ListingCounts): boolean {
  return counts.in_sync + counts.ignored === counts.listings;
}

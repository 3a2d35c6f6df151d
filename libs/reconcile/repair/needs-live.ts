import type { Facet, WriteOperation } from '#channels/contract';

/** Whether a call that sets these facets of a card has to know the live card: its body replaces more than that, or holds what no facet speaks of. */
export function needsLive({ needsDocument = [], replaces }: WriteOperation, facets: readonly Facet[]): boolean {
  return needsDocument === true || needsDocument.some((facet) => facets.includes(facet)) || replaces.some((facet) => !facets.includes(facet));
}

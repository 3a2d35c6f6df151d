import type { Facet, WriteOperation } from '#channels/contract';

/** Whether a call that sets these facets of a card has to know the live card: its body replaces more than that, or holds what others own or no facet speaks of. */
export function needsLive({ needsDocument = [], replaces, keeps = [] }: WriteOperation, facets: readonly Facet[]): boolean {
  return needsDocument === true || keeps.length > 0 || needsDocument.some((facet) => facets.includes(facet)) || replaces.some((facet) => !facets.includes(facet));
}

import type { Pool } from 'pg';
import { type Facet, FACETS, type FacetValue } from '#channels/contract';
import { explainChange, facetDocuments, type FieldChange } from '#reconcile';
import { samePictures } from './same-pictures.js';
import { shownPictures, type ShownPicture } from './shown-pictures.js';

export interface FacetDiff {
  readonly facet: string;
  readonly part: string;
  readonly desired: unknown;
  readonly observed: unknown;
  readonly changes: readonly FieldChange[];
  readonly pictures?: { readonly desired: readonly ShownPicture[]; readonly observed: readonly ShownPicture[] };
}

function isFacet(name: string): name is Facet {
  return FACETS.some((facet) => facet === name);
}

/** A picture under the channel's own address is no change while it shows what the master's picture shows. */
export async function visibleChanges(pool: Pool, accountId: string, facet: string, changes: readonly FieldChange[]): Promise<readonly FieldChange[]> {
  if (facet !== 'media' || changes.length === 0) return changes;
  const same = await samePictures(
    pool,
    accountId,
    changes.map(({ expected, live }) => ({ digest: String(expected), url: String(live) })),
  );
  return changes.filter((_, at) => same[at] !== true);
}

/** Master and channel side by side, facet by facet, as a person reads them. */
export async function facetDiffs(
  pool: Pool,
  accountId: string,
  wanted: readonly { readonly listingId: string; readonly facet: string; readonly part: string; readonly observedPrint?: string | null }[],
): Promise<FacetDiff[]> {
  const documents = await facetDocuments(pool, wanted);
  return Promise.all(
    documents.map(async ({ facet, part, desired, observed }): Promise<FacetDiff> => {
      const comparable = isFacet(facet) && desired !== undefined && observed !== undefined;
      return {
        facet,
        part,
        desired: desired ?? null,
        observed: observed ?? null,
        // The documents come out of our own tables, where only values of the contract's shapes are put.
        changes: await visibleChanges(pool, accountId, facet, comparable ? explainChange(facet, desired as FacetValue, observed as FacetValue) : []),
        ...(facet === 'media' ? { pictures: { desired: await shownPictures(pool, accountId, desired), observed: await shownPictures(pool, accountId, observed) } } : {}),
      };
    }),
  );
}

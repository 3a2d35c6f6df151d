import type { Pool, PoolClient } from 'pg';
import { valueOfPart, type CardValues, type Facet } from '#channels/contract';

/** The documents behind a facet row's fingerprints; undefined where none is stored (yet or any more). */
export interface FacetDocuments {
  readonly listing_id: string;
  readonly facet: string;
  readonly part: string;
  readonly desired: unknown;
  readonly observed: unknown;
  readonly expected: unknown;
}

interface Row {
  listing_id: string;
  facet: Facet;
  part: string;
  rendered: CardValues | null;
  observed: unknown;
  expected: unknown;
}

/**
 * Desired, observed and expected documents of facets.
 * With `observedPrint` that print's document is read instead of the newest (what a drift saw).
 */
export async function facetDocuments(
  db: Pool | PoolClient,
  wanted: readonly { readonly listingId: string; readonly facet: string; readonly part: string; readonly observedPrint?: string | null }[],
): Promise<FacetDocuments[]> {
  const { rows } = await db.query<Row>(
    `SELECT w.listing_id, w.facet, w.part, r.values AS rendered, o.body AS observed, e.body AS expected
     FROM unnest($1::bigint[], $2::text[], $3::text[], $4::bigint[]) AS w (listing_id, facet, part, print)
     JOIN listing_facet f ON f.listing_id = w.listing_id AND f.facet = w.facet AND f.part = w.part
     LEFT JOIN LATERAL (
       SELECT values FROM listing_render WHERE listing_id = w.listing_id
         AND (f.desired_revision IS NULL OR revision = f.desired_revision) ORDER BY revision DESC, rules_version DESC, projection DESC LIMIT 1
     ) r ON true
     LEFT JOIN LATERAL (
       SELECT body FROM observed_document WHERE listing_id = w.listing_id AND facet = w.facet AND part = w.part
         AND print = coalesce(w.print, f.observed) LIMIT 1
     ) o ON true
     LEFT JOIN LATERAL (
       SELECT body FROM observed_document WHERE listing_id = w.listing_id AND facet = w.facet AND part = w.part AND print = f.expected LIMIT 1
     ) e ON true`,
    [wanted.map((w) => w.listingId), wanted.map((w) => w.facet), wanted.map((w) => w.part), wanted.map((w) => w.observedPrint ?? null)],
  );
  return rows.map(({ rendered, ...row }) => ({
    ...row,
    desired: valueOfPart(rendered ?? undefined, row.facet, row.part),
    observed: row.observed ?? undefined,
    expected: row.expected ?? undefined,
  }));
}

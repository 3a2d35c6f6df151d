import type { PoolClient } from 'pg';
import type { Facet } from '#channels/contract';

/** Which facet rows of an account go back to work. Members that are given must all hold. */
export interface ReleaseFilter {
  readonly accountId: string;
  readonly states: readonly ('held' | 'failing' | 'ignored' | 'pending' | 'drifted')[];
  readonly reasons?: readonly string[];
  readonly facet?: string;
  readonly part?: string;
  readonly listingId?: string;
  readonly listingIds?: readonly string[];
  /** Only these rows, of the facet that `facet` names. */
  readonly places?: readonly { readonly listing_id: string; readonly part: string }[];
}

export interface ReleasedFacet {
  readonly listing_id: string;
  readonly facet: Facet;
  readonly part: string;
  readonly state: 'drifted' | 'pending';
  /** What held it. */
  readonly was: string;
  readonly drift_id: string | null;
}

/**
 * Sends facets back to the loops, due now: `drifted` where a drift is open, else `pending`. `mark` becomes their reason
 * (`approved` lets the next decision pass a hold). Rows are locked in the one order every writer of this table uses.
 */
export async function releaseFacets(client: PoolClient, filter: ReleaseFilter, now: number, mark: string | null = null): Promise<ReleasedFacet[]> {
  const values: unknown[] = [filter.accountId, filter.states, new Date(now), mark];
  const where = ['account_id = $1', 'state = ANY ($2::text[])'];
  const bind = (value: unknown): string => `$${values.push(value)}`;
  if (filter.reasons !== undefined) where.push(`reason = ANY (${bind(filter.reasons)}::text[])`);
  if (filter.facet !== undefined) where.push(`facet = ${bind(filter.facet)}`);
  if (filter.part !== undefined) where.push(`part = ${bind(filter.part)}`);
  if (filter.listingId !== undefined) where.push(`listing_id = ${bind(filter.listingId)}`);
  if (filter.listingIds !== undefined) where.push(`listing_id = ANY (${bind(filter.listingIds)}::bigint[])`);
  if (filter.places !== undefined) {
    const [listings, parts] = [bind(filter.places.map((place) => place.listing_id)), bind(filter.places.map((place) => place.part))];
    where.push(`(listing_id, part) IN (SELECT * FROM unnest(${listings}::bigint[], ${parts}::text[]))`);
  }
  const { rows } = await client.query<ReleasedFacet>(
    `WITH chosen AS (
       SELECT listing_id, facet, part, state || coalesce(': ' || reason, '') AS was FROM listing_facet WHERE ${where.join(' AND ')} ORDER BY listing_id, facet, part FOR UPDATE
     )
     UPDATE listing_facet f
     SET state = CASE WHEN f.drift_id IS NOT NULL THEN 'drifted' ELSE 'pending' END, reason = $4, due_at = $3, since = $3,
         attempts = CASE WHEN f.state = 'failing' THEN 0 ELSE f.attempts END
     FROM chosen c WHERE f.listing_id = c.listing_id AND f.facet = c.facet AND f.part = c.part
     RETURNING f.listing_id, f.facet, f.part, f.state, f.drift_id, c.was`,
    values,
  );
  const drifts = rows.flatMap((row) => (row.drift_id === null ? [] : [row.drift_id]));
  if (drifts.length > 0) {
    await client.query(`UPDATE drift SET state = 'open', reason = NULL WHERE id = ANY ($1::bigint[]) AND state IN ('held', 'ignored', 'case')`, [drifts]);
  }
  return rows;
}

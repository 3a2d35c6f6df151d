import type { PoolClient } from 'pg';
import { releaseFacets } from '../steer/release-facets.js';
import { IS_ORPHAN } from './orphans-to-look-at.js';
import { STRONG } from './score-match.js';

export const MAYBE_EXISTS = 'maybe-exists';

/** Cards whose content could not be read for this long (wall time) do not hold all others back. */
const PATIENCE = `interval '1 hour'`;

/** An open proposal that is strong, or that a person reopened. Its alias is `m`. */
const COUNTS = `m.state = 'open' AND (m.score >= ${STRONG} OR m.decided_at IS NOT NULL)`;

export interface CreationGuards {
  /** Live cards are not all known, or were not all compared with the catalog yet. */
  readonly unmatched: boolean;
  /** Listings whose product may have a card already. */
  readonly maybeExisting: ReadonlySet<string>;
  /** Listings whose product is newer than the catalog some live card was compared with. */
  readonly newer: ReadonlySet<string>;
}

/** What stands against making cards for these listings. */
export async function creationGuards(client: PoolClient, accountId: string, listingIds: readonly string[]): Promise<CreationGuards> {
  if (listingIds.length === 0) return { unmatched: false, maybeExisting: new Set(), newer: new Set() };
  const { rows } = await client.query<{ unmatched: boolean; existing: string[] | null; newer: string[] | null }>(
    `SELECT (SELECT a.cards_listed_at IS NULL FROM channel_account a WHERE a.id = $1) OR EXISTS (SELECT 1 FROM listing l WHERE l.account_id = $1 AND ${IS_ORPHAN} AND l.created_at > now() - ${PATIENCE}
         AND NOT EXISTS (SELECT 1 FROM orphan_look k WHERE k.listing_id = l.id)) AS unmatched,
       (SELECT array_agg(l.id::text) FROM listing l WHERE l.id = ANY($2::bigint[]) AND l.external_id IS NULL
         AND EXISTS (SELECT 1 FROM match_proposal m WHERE m.account_id = $1 AND m.product_id = l.product_id AND ${COUNTS})) AS existing,
       (SELECT array_agg(l.id::text) FROM listing l WHERE l.id = ANY($2::bigint[]) AND l.external_id IS NULL AND l.product_id >
         (SELECT min(k.newest_product) FROM orphan_look k JOIN listing l ON l.id = k.listing_id WHERE l.account_id = $1 AND ${IS_ORPHAN})) AS newer`,
    [accountId, listingIds],
  );
  return { unmatched: rows[0]?.unmatched ?? false, maybeExisting: new Set(rows[0]?.existing ?? []), newer: new Set(rows[0]?.newer ?? []) };
}

/** Lets creations go whose proposals are decided or gone. Account clock. */
export async function releaseCreations(client: PoolClient, accountId: string, now: number): Promise<void> {
  const { rows } = await client.query<{ id: string }>(
    `SELECT DISTINCT f.listing_id AS id FROM listing_facet f JOIN listing l ON l.id = f.listing_id
     WHERE f.account_id = $1 AND f.state = 'held' AND f.reason = '${MAYBE_EXISTS}'
       AND NOT EXISTS (SELECT 1 FROM match_proposal m WHERE m.account_id = $1 AND m.product_id = l.product_id AND ${COUNTS})`,
    [accountId],
  );
  if (rows.length > 0) await releaseFacets(client, { accountId, states: ['held'], reasons: [MAYBE_EXISTS], listingIds: rows.map(({ id }) => id) }, now);
}

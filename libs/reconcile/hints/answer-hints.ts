import type { Pool, PoolClient } from 'pg';

/** A reading that began (`startedAt`, wall ms) after the word came shows what it was about: nothing is left to look at. */
export async function answerHints(db: Pool | PoolClient, accountId: string, listingIds: readonly string[], startedAt: number): Promise<void> {
  // Rows are locked in the order in which they are noted, or both could wait for each other.
  await db.query(
    `DELETE FROM sweep_hint h USING (
       SELECT account_id, listing_id FROM sweep_hint WHERE account_id = $1 AND listing_id = ANY($2::bigint[]) AND at < $3 ORDER BY listing_id FOR UPDATE) done
     WHERE h.account_id = done.account_id AND h.listing_id = done.listing_id`,
    [accountId, listingIds, new Date(startedAt)],
  );
}

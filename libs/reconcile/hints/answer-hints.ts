import type { Pool, PoolClient } from 'pg';

/** A reading that began (`startedAt`, wall ms) after the word came shows what it was about: nothing is left to look at. */
export async function answerHints(db: Pool | PoolClient, accountId: string, listingIds: readonly string[], startedAt: number): Promise<void> {
  await db.query('DELETE FROM sweep_hint WHERE account_id = $1 AND listing_id = ANY($2::bigint[]) AND at < $3', [accountId, listingIds, new Date(startedAt)]);
}

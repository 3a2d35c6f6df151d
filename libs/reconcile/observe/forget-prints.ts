import type { Pool, PoolClient } from 'pg';

/**
 * Forgets what was kept of the bulk reads of these cards: what is wanted of them changed, or another read showed them otherwise since
 * and they may come back as they were, so the next sweep must judge them although the channel's answer is the same text as before.
 */
export async function forgetPrints(db: Pool | PoolClient, accountId: string, listingIds: readonly string[]): Promise<void> {
  if (listingIds.length === 0) return;
  await db.query('DELETE FROM read_print r USING listing l WHERE r.account_id = $1 AND l.account_id = $1 AND l.id = ANY($2::bigint[]) AND r.key = l.key', [accountId, listingIds]);
}

import type { AccountContext } from '../account/account-context.js';
import { inTransaction } from '../account/in-transaction.js';
import { saveFacetRows } from '../observe/facet-row.js';
import { lockListings } from '../observe/listing-view.js';
import { backToWaiting } from './facet-outcomes.js';

const BATCH = 500;

/** Facets the channel accepted and never showed within their deadline: wait and try again, at most three times. */
export async function expireSettling(ctx: AccountContext): Promise<number> {
  const now = ctx.clock.now();
  const { rows: due } = await ctx.pool.query<{ listing_id: string }>(
    `SELECT DISTINCT listing_id FROM listing_facet WHERE account_id = $1 AND state = 'settling' AND intent_id IS NULL AND settle_until <= $2 LIMIT $3`,
    [ctx.account.id, new Date(now), BATCH],
  );
  if (due.length === 0) return 0;
  return inTransaction(ctx.pool, async (client) => {
    const listings = await lockListings(
      client,
      ctx.account.id,
      due.map((row) => row.listing_id),
      now,
    );
    const rows = listings.flatMap((listing) =>
      listing.rows.filter((row) => row.state === 'settling' && row.intentId === null && row.settleUntil !== null && row.settleUntil <= now),
    );
    backToWaiting(rows, { now, reason: 'not-applied', failed: true });
    await saveFacetRows(client, ctx.account.id, rows);
    return rows.length;
  });
}

import type { AccountContext } from '../account/account-context.js';
import { inTransaction } from '../account/in-transaction.js';
import { enter, saveFacetRows } from '../observe/facet-row.js';
import { lockListings } from '../observe/listing-view.js';
import { waitingReason } from './approved.js';
import type { Work } from './find-work.js';

/** Leaves work waiting, visibly: for what and until when (account clock). */
export async function postponeWork(ctx: AccountContext, work: readonly Work[], reason: string, until: number): Promise<void> {
  if (work.length === 0) return;
  await inTransaction(ctx.pool, async (client) => {
    const facets = new Map(work.map((one) => [one.listingId, one.facets]));
    const listings = await lockListings(client, ctx.account.id, [...facets.keys()], ctx.clock.now());
    const rows = listings.flatMap((listing) =>
      listing.rows.filter((row) => (row.state === 'pending' || row.state === 'drifted') && row.intentId === null && facets.get(listing.id)?.includes(row.facet)),
    );
    for (const row of rows) {
      row.dueAt = until;
      enter(row, row.state, ctx.clock.now(), waitingReason(row.reason, reason));
    }
    await saveFacetRows(client, ctx.account.id, rows);
  });
}

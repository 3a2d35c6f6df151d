import type { PoolClient } from 'pg';
import type { AccountContext } from '../account/account-context.js';
import { appendEvidence } from '../evidence/index.js';
import type { FacetRow } from '../observe/facet-row.js';
import type { ListingView } from '../observe/listing-view.js';

/** Marks the drifts behind freshly held rows as held, with the reason, in the record too. */
export async function holdDrifts(client: PoolClient, ctx: AccountContext, held: readonly { readonly listing: ListingView; readonly row: FacetRow }[]): Promise<void> {
  const drifted = held.filter(({ row }) => row.driftId !== null);
  if (drifted.length === 0) return;
  await client.query(
    `UPDATE drift d SET state = CASE WHEN u.reason = 'flap' THEN 'case' ELSE 'held' END, reason = u.reason
     FROM unnest($1::bigint[], $2::text[]) AS u(id, reason) WHERE d.id = u.id`,
    [drifted.map(({ row }) => row.driftId), drifted.map(({ row }) => row.reason)],
  );
  await appendEvidence(
    client,
    ctx.account.id,
    drifted.map(({ listing, row }) => ({
      kind: 'drift.held' as const,
      at: ctx.clock.now(),
      listingId: listing.id,
      driftId: row.driftId ?? undefined,
      facet: row.facet,
      body: { part: row.part, reason: row.reason ?? '' },
    })),
  );
}

import type { PoolClient } from 'pg';
import type { AccountContext } from '../account/account-context.js';
import { appendEvidence } from '../evidence/index.js';
import type { Judgement } from './judge-listings.js';

/** Ends the drifts whose facet shows the right value again, with the after-image as evidence. */
export async function closeHealed(client: PoolClient, ctx: AccountContext, healed: Judgement['healed']): Promise<void> {
  if (healed.length === 0) return;
  const now = new Date(ctx.clock.now());
  const { rows } = await client.query<{ id: string; repairs: number }>(
    `UPDATE drift SET state = 'healed', healed_at = $2, reason = CASE WHEN repairs > 0 THEN 'repaired' ELSE 'by-itself' END
     WHERE id = ANY($1::bigint[]) AND state NOT IN ('healed', 'superseded') RETURNING id, repairs`,
    [healed.map(({ row }) => row.driftId), now],
  );
  const repairs = new Map(rows.map((row) => [row.id, row.repairs]));
  await appendEvidence(
    client,
    ctx.account.id,
    healed.map(({ listing, row, live }) => ({
      kind: 'drift.healed' as const,
      at: now.getTime(),
      listingId: listing.id,
      driftId: row.driftId ?? undefined,
      facet: row.facet,
      body: {
        part: row.part,
        how: (repairs.get(row.driftId ?? '') ?? 0) > 0 ? ('repaired' as const) : ('by-itself' as const),
        after: live,
      },
    })),
  );
  for (const { row } of healed) row.driftId = null;
}

import type { AccountContext } from '../account/account-context.js';
import { inTransaction } from '../account/in-transaction.js';
import { appendEvidence } from '../evidence/index.js';

const SHARE = 0.1;
const FEWEST = 50;

/**
 * More than a tenth of an account (and at least fifty cards) drifting in one sweep is more likely a mistake, of the channel or ours,
 * than fifty separate ones: nothing is repaired until a person has looked. Cards that are being created never count.
 */
export async function pullBrake(ctx: AccountContext, sweepNumber: string): Promise<boolean> {
  const { rows } = await ctx.pool.query<{ drifted: number; listings: number }>(
    `SELECT (SELECT count(DISTINCT d.listing_id)::integer FROM drift d JOIN facet_policy p ON p.account_id = d.account_id AND p.facet = d.facet AND p.mode <> 'observe'
        WHERE d.account_id = $1 AND d.sweep_number = $2 AND d.state IN ('open', 'repairing', 'held') AND d.kind <> 'orphan') AS drifted,
      (SELECT count(*)::integer FROM listing l WHERE l.account_id = $1 AND l.external_id IS NOT NULL) AS listings`,
    [ctx.account.id, sweepNumber],
  );
  const { drifted, listings } = rows[0] ?? { drifted: 0, listings: 0 };
  if (drifted < FEWEST || drifted <= listings * SHARE || ctx.account.state !== 'active') return false;
  await inTransaction(ctx.pool, async (client) => {
    await client.query(`UPDATE channel_account SET state = 'braked', state_reason = 'mass-drift' WHERE id = $1 AND state = 'active'`, [ctx.account.id]);
    const { rows: opened } = await client.query<{ id: string }>(`INSERT INTO case_file (account_id, code, details, opened_at) VALUES ($1, 'mass-drift', $2, $3) RETURNING id`, [
      ctx.account.id,
      JSON.stringify({ drifted, listings, sweep: sweepNumber }),
      new Date(ctx.clock.now()),
    ]);
    await appendEvidence(client, ctx.account.id, [
      { kind: 'brake.pulled', at: ctx.clock.now(), body: { code: 'mass-drift', count: drifted, of: listings, sweep: sweepNumber } },
      { kind: 'case.opened', at: ctx.clock.now(), body: { caseId: opened[0]?.id ?? '', code: 'mass-drift' } },
    ]);
  });
  return true;
}

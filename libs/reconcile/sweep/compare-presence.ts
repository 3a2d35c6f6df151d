import { forgetPrints } from '../observe/forget-prints.js';
import type { FacetReading } from '../observe/judge-listings.js';
import type { AccountContext } from '../account/account-context.js';
import { recordReadings } from '../observe/record-observations.js';
import type { SweepRun } from './sweep-run.js';

/** What a walk did see is there, whether the walk was whole or not. */
export async function forgetAbsence(ctx: AccountContext, run: SweepRun): Promise<void> {
  await ctx.pool.query(
    `UPDATE listing l SET absent_sweep = NULL WHERE l.account_id = $1 AND l.absent_sweep IS NOT NULL
       AND EXISTS (SELECT 1 FROM sweep_seen s WHERE s.account_id = $1 AND s.number = $2 AND s.key = l.key)`,
    [ctx.account.id, run.number],
  );
}

/**
 * After a complete walk: a card we once saw that this walk and the one before did not show is absent.
 * One walk alone proves nothing: cards move between pages while they are read.
 * Both tables are looked up by key: what was seen is too young for statistics, and a join planned without them grows with the square.
 */
export async function comparePresence(ctx: AccountContext, run: SweepRun, startedAt: number): Promise<void> {
  const { rows } = await ctx.pool.query<{ id: string; absent_sweep: string | null }>(
    `WITH missed AS MATERIALIZED (
       SELECT l.id, l.absent_sweep FROM listing l
       WHERE l.account_id = $1 AND l.external_id IS NOT NULL
         AND (SELECT true FROM sweep_seen s WHERE s.account_id = $1 AND s.number = $2 AND s.key = l.key) IS NULL)
     SELECT m.id, m.absent_sweep FROM missed m
     WHERE (SELECT d.body <> '"absent"' FROM observed_document d WHERE d.listing_id = m.id AND d.facet = 'presence' AND d.part = '')`,
    [ctx.account.id, run.number],
  );
  const firstMiss = rows.filter((row) => row.absent_sweep === null).map((row) => row.id);
  if (firstMiss.length > 0) {
    await ctx.pool.query('UPDATE listing SET absent_sweep = $2 WHERE id = ANY($1::bigint[])', [firstMiss, run.number]);
  }
  const gone = rows.filter((row) => row.absent_sweep !== null && row.absent_sweep !== run.number).map((row) => row.id);
  const reading: FacetReading = { facet: 'presence', part: '', value: 'absent', startedAt };
  await recordReadings(ctx, new Map(gone.map((id) => [id, [reading]])), run.number);
  await forgetPrints(ctx.pool, ctx.account.id, gone);
}

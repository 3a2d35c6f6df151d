import type { SweepLane } from '#channels/contract';
import type { AccountContext } from '../account/account-context.js';

/**
 * One walk of a lane over the whole account. `number` grows and is never shared by two lanes, however close together they start;
 * `cursor` resumes after the last page that was recorded.
 */
export interface SweepRun {
  readonly number: string;
  readonly cursor: string | undefined;
}

/** The lane's unfinished walk, a new one when it is due (or asked for), or undefined. Times are the account's clock. */
export async function openSweep(ctx: AccountContext, lane: SweepLane, force: boolean): Promise<SweepRun | undefined> {
  const now = ctx.clock.now();
  const { rows } = await ctx.pool.query<{ number: string; state: string; started_at: Date; cursor: string | null }>(
    'SELECT number, state, started_at, cursor FROM sweep_run WHERE account_id = $1 AND lane = $2 ORDER BY number DESC LIMIT 1',
    [ctx.account.id, lane.id],
  );
  const last = rows[0];
  if (last?.state === 'running') return { number: last.number, cursor: last.cursor ?? undefined };
  if (last && !force && last.started_at.getTime() + lane.everyMs > now && last.started_at.getTime() <= now) return undefined;
  const lanes = ctx.module.descriptor.lanes;
  const { rows: opened } = await ctx.pool.query<{ number: string }>(
    `INSERT INTO sweep_run (account_id, lane, number, state, started_at)
     SELECT $1, $2, (greatest(coalesce(max(number), 0), $3::bigint) / $5 + 1) * $5 + $6, 'running', $4 FROM sweep_run WHERE account_id = $1
     RETURNING number`,
    [ctx.account.id, lane.id, Math.floor(now), new Date(now), lanes.length, lanes.findIndex((one) => one.id === lane.id)],
  );
  return opened[0] && { number: opened[0].number, cursor: undefined };
}

/** Ends a walk: keeps the last two of the lane, forgets the ids it saw. */
export async function finishSweep(ctx: AccountContext, lane: SweepLane, run: SweepRun): Promise<void> {
  await ctx.pool.query(
    `WITH done AS (UPDATE sweep_run SET state = 'complete', finished_at = $4 WHERE account_id = $1 AND lane = $2 AND number = $3),
       seen AS (DELETE FROM sweep_seen WHERE account_id = $1 AND number = $3)
     DELETE FROM sweep_run WHERE account_id = $1 AND lane = $2 AND number < $3
       AND number < (SELECT max(number) FROM sweep_run WHERE account_id = $1 AND lane = $2 AND state = 'complete' AND number < $3)`,
    [ctx.account.id, lane.id, run.number, new Date(ctx.clock.now())],
  );
}

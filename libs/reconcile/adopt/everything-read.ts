import type { Pool } from 'pg';
import type { SweepLane } from '#channels/contract';

/** Lanes that walk over the whole account. */
export function wholeWalks(lanes: readonly SweepLane[]): readonly SweepLane[] {
  return lanes.filter(({ partial }) => partial !== true);
}

/** Whether every walk over the whole account was finished once, and met no card that nobody knew: products made of cards earlier would lack what is still to be read. */
export function everythingRead(pool: Pool, accountId: string, lanes: readonly SweepLane[]): Promise<boolean> {
  return allFinished(pool, accountId, wholeWalks(lanes), 's.finished_at IS NOT NULL');
}

/**
 * Whether every walk over the whole account was finished that began when all of its cards were known: what a card does not show by then
 * it does not have. A walk that began before may have passed a card that nobody knew yet; the one that shows which cards there are knew them all.
 */
export function everyCardWalked(pool: Pool, accountId: string, lanes: readonly SweepLane[]): Promise<boolean> {
  return allFinished(pool, accountId, wholeWalks(lanes), 's.finished_at >= a.cards_listed_at AND (w.lists OR s.started_at > a.cards_listed_at)');
}

/** `finished` speaks of the account `a`, the lane `w` and its walk `s`. */
async function allFinished(pool: Pool, accountId: string, lanes: readonly SweepLane[], finished: string): Promise<boolean> {
  const { rows } = await pool.query<{ read: boolean }>(
    `SELECT a.cards_listed_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM unnest($2::text[], $3::boolean[]) AS w (lane, lists)
       WHERE NOT EXISTS (SELECT 1 FROM sweep_run s WHERE s.account_id = a.id AND s.lane = w.lane AND ${finished})) AS read
     FROM channel_account a WHERE a.id = $1`,
    [accountId, lanes.map(({ id }) => id), lanes.map(({ facets }) => facets.includes('presence'))],
  );
  return rows[0]?.read === true;
}

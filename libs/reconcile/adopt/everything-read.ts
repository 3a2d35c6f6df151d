import type { Pool } from 'pg';
import type { SweepLane } from '#channels/contract';

/** Whether every walk over the whole account was finished once, and met no card that nobody knew: products made of cards earlier would lack what is still to be read. */
export async function everythingRead(pool: Pool, accountId: string, lanes: readonly SweepLane[]): Promise<boolean> {
  const walks = lanes.filter(({ partial }) => partial !== true).map(({ id }) => id);
  const { rows } = await pool.query<{ read: boolean }>(
    `SELECT a.cards_listed_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM unnest($2::text[]) AS w (lane)
       WHERE NOT EXISTS (SELECT 1 FROM sweep_run s WHERE s.account_id = a.id AND s.lane = w.lane AND s.finished_at IS NOT NULL)) AS read
     FROM channel_account a WHERE a.id = $1`,
    [accountId, walks],
  );
  return rows[0]?.read === true;
}

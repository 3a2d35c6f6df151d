import type { World } from '../world.js';
import { someEdits } from './some-edits.js';

const SENT_MS = 60_000;
const LOOKED_MS = 1_000;

/**
 * Another process takes the account over, in the words a second hub would use. What the first one still has in hand must not be
 * sent any more; it has to win the account back first.
 */
export async function newerOwner(world: World): Promise<void> {
  await someEdits(world, 3, ['title', 'price']);
  const pool = await world.database();
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const { rows: epochs } = await client.query<{ epoch: number }>('UPDATE channel_account SET epoch = epoch + 1 WHERE id = $1 RETURNING epoch', [world.accountId]);
    // Whoever was recording an intent held the account's row: it is in the chain by now.
    const { rows: heads } = await client.query<{ seq: string }>('SELECT seq FROM evidence_head WHERE account_id = $1', [world.accountId]);
    await client.query('COMMIT');
    const [epoch, afterSeq] = [epochs[0]?.epoch, heads[0]?.seq];
    if (epoch === undefined || afterSeq === undefined) throw new Error('The account has no epoch or no evidence.');
    world.usurpations.push({ afterSeq, epoch });
    await someEdits(world, 4, ['title', 'price']);
    const sent = await world.until(
      async () => {
        const { rows } = await client.query<{ n: number }>(`SELECT count(*)::integer AS n FROM evidence WHERE account_id = $1 AND kind = 'push.intent' AND seq > $2`, [
          world.accountId,
          afterSeq,
        ]);
        if ((rows[0]?.n ?? 0) > 0) return true;
        // What was edited before may have been sent by the old owner already.
        await someEdits(world, 1, ['title', 'price']);
        return false;
      },
      SENT_MS,
      LOOKED_MS,
    );
    if (sent) world.tally.fired('newer owner');
  } finally {
    client.release();
  }
}

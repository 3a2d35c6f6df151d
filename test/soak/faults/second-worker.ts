import type { World } from '../world.js';
import { someEdits } from './some-edits.js';

const CONTESTS = 3;
/** A short run shows that it happens; a long one, and one that is to prove the fence, how often it holds. */
const SHORT_CONTESTS = 1;
const TAKEN_MS = 60_000;

/**
 * A second process works on the same database. The session that owns the account is broken again and again while edits are on their
 * way, so that both reach for it; then the second process dies.
 */
export async function secondWorker(world: World): Promise<void> {
  const pool = await world.database();
  const epoch = async () => (await pool.query<{ epoch: number }>('SELECT epoch FROM channel_account WHERE id = $1', [world.accountId])).rows[0]?.epoch ?? 0;
  const contests = world.options.minutes < 1 && world.options.sabotage === undefined ? SHORT_CONTESTS : CONTESTS;
  const worker = await world.hub.startWorker();
  try {
    for (let contest = 0; contest < contests; contest++) {
      const before = await epoch();
      await someEdits(world, 3);
      await pool.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'etalon-owner'`);
      await someEdits(world, 2);
      const taken = await world.until(async () => {
        await world.door.nudge(world.accountId);
        return (await epoch()) > before;
      }, TAKEN_MS);
      if (taken) world.tally.fired('second worker');
    }
  } finally {
    await worker.kill();
  }
}

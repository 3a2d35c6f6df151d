import type { World } from './world.js';

/** What is due within this time comes by itself, soon enough. */
export const SOON_SECONDS = 60;
const STUCK_MS = 700;
/** Guards prescribe up to six hours; a storm does not wait longer than one at a time. */
const LONGEST_LEAP_SECONDS = 3_600;

/** Channel seconds until something that waits is due: guards may prescribe half an hour or a day. 0 when nothing waits for a moment. */
export async function nextDue(world: World): Promise<number> {
  const pool = await world.database();
  const { rows } = await pool.query<{ at: Date | null }>(
    `SELECT least((SELECT min(coalesce(due_at, settle_until, since)) FROM listing_facet WHERE state NOT IN ('in_sync', 'held', 'failing', 'ignored', 'unverified')),
       (SELECT min(due_at) FROM picture WHERE state IN ('wanted', 'recheck')),
       (SELECT min(coalesce(due_at, deadline_at)) FROM push_intent WHERE phase IN ('planned', 'sent', 'accepted', 'unknown'))) AS at`,
  );
  const at = rows[0]?.at?.getTime();
  return at === undefined ? 0 : Math.max(0, (at - (await world.market.clock())) / 1000);
}

/** Waits until something is so; whenever it is not for a while, the channel's clock leaps to what is due next. Answers false when the time is over. */
export async function untilLeaping(world: World, done: () => Promise<boolean>, withinMs: number, busy: () => Promise<unknown> = () => Promise.resolve()): Promise<boolean> {
  for (const deadline = Date.now() + withinMs; Date.now() < deadline;) {
    await busy();
    await world.door.nudge(world.accountId);
    if (await world.until(done, STUCK_MS)) return true;
    await world.market.jump(Math.min(LONGEST_LEAP_SECONDS, Math.max(SOON_SECONDS, await nextDue(world))) + 5);
  }
  return done();
}

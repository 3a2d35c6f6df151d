import { CHECKS } from '../names.js';
import { sweptAgain } from '../sweeps.js';
import type { World } from '../world.js';

const QUIET_MS = 4_000;
const LONGEST_MS = 150_000;
const MOST_JUMPS = 14;
/** A moderated repair may wait for a day, a lost call half an hour. */
const JUMPS_SECONDS = [2_400, 7_200, 25 * 3_600];
const SWEEP_MS = 60_000;

/** Ends all faults and lets the hub put everything right; the channel's clock leaps over the waits that the guards prescribe. */
export async function heal(world: World): Promise<void> {
  const { market, tally } = world;
  await market.order([]);
  if (!world.hub.alive) await world.startHub();
  await world.database();
  const until = Date.now() + LONGEST_MS;
  for (let jumps = 0; Date.now() < until && !(await atRest(world));) {
    const before = await unrest(world);
    if (await world.until(async () => (await atRest(world)) || (await unrest(world)) !== before, QUIET_MS)) continue;
    if (jumps >= MOST_JUMPS) break;
    await market.jump(JUMPS_SECONDS[jumps % JUMPS_SECONDS.length] ?? 3_600);
    jumps++;
  }
  tally.check(CHECKS.alive, !(await atRest(world)) && `it never came to rest: ${await unrest(world)}`);
  if (!(await sweptAgain(world, SWEEP_MS))) tally.check(CHECKS.alive, 'the sweeps do not end after the storm');
  await world.until(() => atRest(world), QUIET_MS * 3);
}

/** Nothing is under way: every listing is in sync, or waits for a person. */
async function atRest(world: World): Promise<boolean> {
  const status = await world.door.status();
  return status !== undefined && status.listings >= world.options.cards && status.pending + status.drifted + status.unknown === 0;
}

/** Facets that are not at rest, as one line: while it changes, there is progress. */
async function unrest(world: World): Promise<string> {
  const pool = await world.database();
  const { rows } = await pool.query<{ line: string }>(
    `SELECT concat_ws(' ', l.key, f.facet, f.state, f.reason, 'attempts', f.attempts) AS line FROM listing_facet f JOIN listing l ON l.id = f.listing_id
     WHERE f.state NOT IN ('in_sync', 'held', 'failing', 'ignored') ORDER BY 1 LIMIT 40`,
  );
  return rows.map((row) => row.line).join('; ');
}

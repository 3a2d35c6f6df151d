import { nextDue, SOON_SECONDS } from '../leap.js';
import { CHECKS } from '../names.js';
import { sweptAgain } from '../sweeps.js';
import type { World } from '../world.js';

const STUCK_MS = 2_500;
const LONGEST_MS = 150_000;
/** Without a protection the hub may never come to rest; what it did shows all the same. */
const LONGEST_SABOTAGED_MS = 20_000;
const MOST_JUMPS = 40;
const SWEEP_MS = 60_000;
const REST_MS = 12_000;
/** Nobody edits any more, so the channel may live faster. */
const HEALING_PACE = 150;

/** Ends all faults and lets the hub put everything right; the channel's clock leaps over the waits that the guards prescribe. */
export async function heal(world: World): Promise<void> {
  const { market, tally } = world;
  await market.order([]);
  if (!world.hub.alive) await world.startHub();
  await world.database();
  await market.pace(HEALING_PACE);
  const until = Date.now() + (world.options.sabotage === undefined ? LONGEST_MS : LONGEST_SABOTAGED_MS);
  for (let jumps = 0; Date.now() < until && !(await atRest(world));) {
    const before = await unrest(world);
    const wait = await nextDue(world);
    if (wait < SOON_SECONDS && (await world.until(async () => (await atRest(world)) || (await unrest(world)) !== before, STUCK_MS))) continue;
    if (jumps++ >= MOST_JUMPS) break;
    await market.jump(Math.max(wait, SOON_SECONDS) + 5);
    await world.door.nudge(world.accountId);
  }
  tally.check(CHECKS.alive, !(await atRest(world)) && `it never came to rest: ${await unrest(world)}`);
  if (!(await sweptAgain(world, SWEEP_MS))) tally.check(CHECKS.alive, 'the sweeps do not end after the storm');
  await world.until(() => atRest(world), REST_MS);
  const { in_sync, held, failing, ignored } = (await world.door.status()) ?? {};
  world.tell(`after healing: in sync ${in_sync}, held ${held}, failing ${failing}, ignored ${ignored}; ${await waiting(world)}`);
}

/** Nothing is under way: every listing is in sync, or waits for a person. */
async function atRest(world: World): Promise<boolean> {
  const status = await world.door.status();
  return status !== undefined && status.listings >= world.options.cards && status.pending + status.drifted + status.unknown === 0;
}

/** Facets that wait for a person, as one line. */
async function waiting(world: World): Promise<string> {
  const pool = await world.database();
  const { rows } = await pool.query<{ line: string }>(
    `SELECT concat_ws(' ', l.key, f.facet, f.state, f.reason) AS line FROM listing_facet f JOIN listing l ON l.id = f.listing_id WHERE f.state IN ('held', 'failing', 'ignored') ORDER BY 1 LIMIT 20`,
  );
  return rows.map((row) => row.line).join('; ') || 'nothing waits';
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

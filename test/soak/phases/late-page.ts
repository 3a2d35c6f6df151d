import { setTimeout as pause } from 'node:timers/promises';
import { livePrice } from '../live-values.js';
import type { World } from '../world.js';
import { PACE } from './first-sync.js';

/** Far longer than anything waits here: the clock is moved on to let the answer go. */
const ON_ITS_WAY_SECONDS = 3_600;
/** So slow that no sweep becomes due by itself. */
const STILL_PACE = 1;
const CLOCK_FOLLOWED_MS = 1_200;
const PATIENCE_MS = 40_000;
const READ_PATH = '/v3/product/info/list';
const WRITE_PATH = '/v1/product/import/prices';

/**
 * A price is edited and live; a sweep's page with it is asked for and long on its way. Meanwhile the price is edited again, sent and
 * seen live by another reading. When the page arrives it shows the price before the last, and must count for nothing.
 */
export async function latePage(world: World): Promise<void> {
  const { market, groups, tally } = world;
  const sku = groups.late;
  await market.pace(STILL_PACE);
  await pause(CLOCK_FOLLOWED_MS);
  const first = (await world.edit(sku, 'price')) && (await world.until(() => isLive(world), PATIENCE_MS));
  await market.order([{ match: { path: READ_PATH, key: 'A' }, kind: 'slow_answer', count: 1, seconds: ON_ITS_WAY_SECONDS }]);
  await world.door.nudge(world.accountId);
  await world.until(() => market.exhausted(), PATIENCE_MS, 50);
  // The lost answer makes the repair lane read the card by itself, ahead of the page.
  await market.order([{ match: { path: WRITE_PATH, offer_ids: [sku] }, kind: 'lost_answer', count: 1 }]);
  await market.pace(PACE);
  const second = (await world.edit(sku, 'price')) && (await world.until(() => isVerified(world), PATIENCE_MS, 50));
  await market.order([]);
  await market.jump(ON_ITS_WAY_SECONDS);
  if (!first || !second) tally.check('a page was late', `the first price became live: ${first}, the second was verified: ${second}`);
}

async function isLive(world: World): Promise<boolean> {
  const card = await world.market.card(world.groups.late);
  return card !== undefined && String(livePrice(card)) === world.journal.of(world.groups.late, 'price').at(-1)?.value;
}

async function isVerified(world: World): Promise<boolean> {
  if (!(await isLive(world))) return false;
  const pool = await world.database();
  const { rows } = await pool.query<{ state: string }>(`SELECT f.state FROM listing l JOIN listing_facet f ON f.listing_id = l.id AND f.facet = 'price' WHERE l.key = $1`, [
    world.groups.late,
  ]);
  return rows[0]?.state === 'in_sync';
}

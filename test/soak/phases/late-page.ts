import type { World } from '../world.js';

/** Far longer than anything waits here: the clock is moved on to let the answer go. */
const ON_ITS_WAY_SECONDS = 3_600;
const STRIKES_MS = 30_000;
const SHOWN_MS = 30_000;
const READ_PATH = '/v3/product/info/list';

/**
 * A sweep's page is asked for, a price is edited, sent and seen live by a later reading, and only then does the page arrive:
 * it shows the old price and must count for nothing.
 */
export async function latePage(world: World): Promise<void> {
  const { market, groups, tally } = world;
  await market.order([{ match: { path: READ_PATH, key: 'A' }, kind: 'slow_answer', count: 1, seconds: ON_ITS_WAY_SECONDS }]);
  await world.until(() => market.exhausted(), STRIKES_MS, 50);
  // The lost answer makes the repair lane read the card by itself, ahead of the page.
  await market.order([{ match: { path: '/v1/product/import/prices', offer_ids: [groups.late] }, kind: 'lost_answer', count: 1 }]);
  const edited = await world.edit(groups.late, 'price');
  await world.door.nudge(world.accountId);
  const shown = await world.until(() => priceIsVerified(world), SHOWN_MS, 50);
  await market.order([]);
  await market.jump(ON_ITS_WAY_SECONDS);
  if (!edited || !shown) tally.check('the late page could be staged', `edited ${edited}, verified ${shown}`);
}

async function priceIsVerified(world: World): Promise<boolean> {
  const pool = await world.database();
  const { rows } = await pool.query<{ state: string; done: boolean }>(
    `SELECT f.state, EXISTS (SELECT FROM push_intent i WHERE i.listing_id = l.id AND i.operation = 'prices' AND i.phase = 'done' AND i.created_at > now() - interval '100 years'
       AND i.id = (SELECT max(id) FROM push_intent x WHERE x.listing_id = l.id AND x.operation = 'prices')) AS done
     FROM listing l JOIN listing_facet f ON f.listing_id = l.id AND f.facet = 'price' WHERE l.key = $1`,
    [world.groups.late],
  );
  const wanted = world.journal.of(world.groups.late, 'price').length;
  return wanted > 0 && rows[0]?.state === 'in_sync' && rows[0].done;
}

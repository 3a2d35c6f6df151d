import { openedDrifts } from '../hub-records.js';
import { CHECKS } from '../names.js';
import type { World } from '../world.js';

const MOST_OWN_REFUSALS = 0.01;

/** What must not happen: alarms about nothing, touches for nothing, and being refused by our own doing. */
export async function checkPeace(world: World): Promise<void> {
  await checkAlarms(world);
  await checkTouches(world);
  await checkHealed(world);
  const { answered, requests } = await world.meter.read();
  const struck = await world.market.struck();
  const ordered = ['rate_429', 'items_429', 'circle_open'].reduce((sum, kind) => sum + (struck.get(kind) ?? 0), 0);
  const own = Math.max(0, answered - ordered);
  world.tally.check(CHECKS.storm429, own > requests * MOST_OWN_REFUSALS && `${own} of ${requests} requests were refused beyond the ${ordered} that were ordered`);
}

async function checkAlarms(world: World): Promise<void> {
  const { tally, groups, calm } = world;
  const drifts = await openedDrifts(await world.database(), world.accountId);
  const describe = (drift: (typeof drifts)[number]) => `${drift.key}: ${drift.facet} ${drift.kind} by ${drift.cause}, ${drift.state}`;
  const harmed = new Set([...groups.scrambled, ...groups.foreign, ...groups.contested, groups.declined]);
  for (const sku of world.originals.keys()) {
    if (harmed.has(sku)) continue;
    // An earlier change of ours that lands late is recognised and put right: in a storm that is no alarm about nothing.
    const alarms = drifts.filter((drift) => drift.key === sku && drift.cause !== 'ours-older');
    tally.check(CHECKS.alarms, alarms.length > 0 && alarms.map(describe).join('; '));
  }
  for (const stretch of calm) {
    const inside = drifts.filter((drift) => drift.id > stretch.fromDrift && drift.id <= stretch.toDrift);
    tally.check(CHECKS.alarms, inside.length > 0 && `in calm: ${inside.map(describe).join('; ')}`);
  }
}

async function checkTouches(world: World): Promise<void> {
  const ledger = await world.market.ledger();
  for (const stretch of world.calm) {
    for (const entry of ledger) {
      if (entry.key !== 'A' || entry.seq <= stretch.fromSeq || entry.seq > stretch.toSeq) continue;
      const needless = entry.facets.filter((facet) => facet.needless).map((facet) => facet.facet);
      world.tally.check(CHECKS.needless, needless.length > 0 && `${entry.offer_id}: ${needless.join(', ')} by ${entry.method} (ledger ${entry.seq})`);
    }
  }
}

/** Scrambled cards nobody edits must be as they were, unless the hub shows that it waits or holds. */
async function checkHealed(world: World): Promise<void> {
  const pool = await world.database();
  const own = new Set(world.groups.scrambled);
  const { rows } = await pool.query<{ key: string; state: string }>('SELECT key, state FROM listing WHERE account_id = $1', [world.accountId]);
  const states = new Map(rows.map((row) => [row.key, row.state]));
  for (const injected of await world.market.injected()) {
    if (!own.has(injected.offer_id)) continue;
    const hidden = !injected.restored && states.get(injected.offer_id) === 'in_sync';
    world.tally.check(CHECKS.healed, hidden && `${injected.offer_id}: ${injected.kind} of ${injected.facet} is still there, and the hub says in_sync`);
  }
}

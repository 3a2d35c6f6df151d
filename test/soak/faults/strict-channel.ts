import type { World } from '../world.js';
import { someEdits } from './some-edits.js';

const STRIKES_MS = 30_000;
/** Fewer than the three tries after which a card waits for a person. */
const PASSING_FAILURES = 2;

/** The channel's moderators decline what one card says, and its pipeline twice drops what another says. */
export async function moderators(world: World): Promise<void> {
  const { groups, market } = world;
  await market.order([
    { match: { offer_ids: [groups.declined] }, kind: 'decline_moderation', count: 1 },
    { match: { offer_ids: [groups.dropped] }, kind: 'fail_item', count: PASSING_FAILURES },
  ]);
  await world.edit(groups.declined, 'description');
  await world.edit(groups.dropped, 'title');
  await someEdits(world, 2);
  await struckOut(world, async () => {
    // The second try is minutes of back-off away.
    await market.jump(300);
    await world.door.nudge(world.accountId);
  });
}

/** Somebody withdraws the key; nothing goes through until there is one again. */
export async function keyRevoked(world: World): Promise<void> {
  const { market } = world;
  await market.order([{ match: { key: 'A' }, kind: 'revoke_key', count: 1 }]);
  await someEdits(world, 3, ['title', 'price']);
  await struckOut(world, () => world.door.nudge(world.accountId));
  await someEdits(world, 2, ['title', 'stock']);
}

/** Waits until every ordered fault has struck or the time for it is over; ending the orders gives a revoked key back. */
async function struckOut(world: World, keepBusy: () => Promise<unknown>): Promise<void> {
  const { market } = world;
  for (const until = Date.now() + STRIKES_MS; !(await market.exhausted()) && Date.now() < until;) {
    await keepBusy();
    await world.until(() => market.exhausted(), 1_500);
  }
  await market.order([]);
}

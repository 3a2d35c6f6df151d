import type { World } from '../world.js';
import { someEdits } from './some-edits.js';

const FROZEN_MS = 1_500;
const NUDGES = 25;

/** Several people change the same card at once: some win, some are told that they are late. */
export async function racingEdits(world: World): Promise<void> {
  const { dice, groups, tally } = world;
  const sku = dice.pick(groups.edited);
  const won = await Promise.all((['title', 'price', 'stock', 'description', 'title', 'stock'] as const).map((field) => world.edit(sku, field)));
  if (won.some(Boolean)) tally.fired('racing edits');
}

/** A person asks for a price under the floor. Whatever the door says, it must not reach the channel. */
export async function floorAsked(world: World, round: number): Promise<void> {
  for (const sku of world.groups.floored) {
    const product = await world.door.product(sku);
    const floor = product?.document.minPrice;
    if (product === undefined || floor === undefined) continue;
    const written = await world.door.patch(sku, product.revision, { price: { minor: floor.minor - 100 * round, currency: floor.currency } });
    if (written.kind !== 'unknown') world.tally.fired('price under floor asked for');
  }
}

/** The same work is asked for many times over. */
export async function duplicateNudges(world: World): Promise<void> {
  await someEdits(world, 2);
  const heard = await Promise.all(Array.from({ length: NUDGES }, () => world.door.nudge(world.accountId)));
  world.tally.fired('duplicate nudges', heard.filter(Boolean).length);
}

/** The channel's clock leaps on in the middle of work. */
export async function clockJump(world: World): Promise<void> {
  await someEdits(world, 3);
  await world.market.jump(world.dice.whole(10, 90) * 60);
  world.tally.fired('clock jump');
}

/** The process stands still for a while, as on a machine that is busy elsewhere. */
export async function hubFrozen(world: World): Promise<void> {
  await someEdits(world, 3);
  await world.hub.freeze(FROZEN_MS);
  world.tally.fired('hub frozen');
}

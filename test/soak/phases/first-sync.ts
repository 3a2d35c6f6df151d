import type { World } from '../world.js';

/** Channel seconds a wall second holds: fast enough for moderation in seconds, slow enough for the hub's own pace to be real. */
export const PACE = 60;
/** While cards are made there is nothing to watch. */
const CREATING_PACE = 240;
const LONGEST_MS = 300_000;
/** Longer than the hub waits between two looks at the channel's limits. */
const LIMITS_LEARNED_SECONDS = 16 * 60;

/** The demo comes up, the marketplace gets a tight limit of items a minute, and every card becomes live. */
export async function firstSync(world: World): Promise<void> {
  const { market, options } = world;
  await world.hub.start();
  await market.pace(CREATING_PACE);
  await market.cabinet({ per_minute: itemsPerMinute(options.cards) });
  if (!(await world.until(async () => (await world.door.status())?.demo?.state === 'ready' && (await world.allInSync()), LONGEST_MS))) {
    throw new Error(`The first sync did not end: ${JSON.stringify(await world.door.status())}`);
  }
  const status = await world.door.status();
  if (status === undefined) throw new Error('The hub does not tell its status.');
  await world.takeStock(status);
  await market.pace(PACE);
  await market.jump(LIMITS_LEARNED_SECONDS);
}

/** So few that a burst of edits needs several minutes' worth. */
function itemsPerMinute(cards: number): number {
  return Math.max(5, Math.floor(cards / 6));
}

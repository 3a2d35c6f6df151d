import type { EditedField } from '../edit-journal.js';
import { untilLeaping } from '../leap.js';
import type { World } from '../world.js';
import { someEdits } from './some-edits.js';

const STRIKES_MS = 120_000;
const ACKNOWLEDGED_MS = 30_000;
/** Fewer than the three tries after which a card waits for a person. */
const PASSING_FAILURES = 2;
/** Longer than a hub without a valid key waits before it looks whether there is one again. */
const KEY_LOOKED_AT_SECONDS = 16 * 60;

/** The channel's moderators decline what one card says, and its pipeline twice drops what another says. */
export async function moderators(world: World): Promise<void> {
  const { groups, market } = world;
  await market.order([
    { match: { offer_ids: [groups.declined] }, kind: 'decline_moderation', count: 1 },
    { match: { offer_ids: [groups.dropped] }, kind: 'fail_item', count: PASSING_FAILURES },
  ]);
  await insist(world, groups.declined, 'description');
  await insist(world, groups.dropped, 'title');
  await someEdits(world, 2);
  // The second try is minutes of back-off away.
  await untilLeaping(world, () => market.exhausted(), STRIKES_MS);
  await market.order([]);
}

/** Edits until it is acknowledged: somebody else may change the card at the same moment. */
async function insist(world: World, sku: string, field: EditedField): Promise<void> {
  await world.until(() => world.edit(sku, field), ACKNOWLEDGED_MS);
}

/** Somebody withdraws the key; nothing goes through until there is one again. */
export async function keyRevoked(world: World): Promise<void> {
  const { market } = world;
  await market.order([{ match: { key: 'A' }, kind: 'revoke_key', count: 1 }]);
  await someEdits(world, 3, ['title', 'price']);
  await untilLeaping(world, () => market.exhausted(), STRIKES_MS);
  // Ending the orders gives the key back.
  await market.order([]);
  await market.jump(KEY_LOOKED_AT_SECONDS);
  await someEdits(world, 2, ['title', 'stock']);
}

import { EDITED_FIELDS, type EditedField } from '../edit-journal.js';
import type { World } from '../world.js';

/** Edits of random cards and fields, so that something is being sent. Answers how many were acknowledged. */
export async function someEdits(world: World, count: number, fields: readonly EditedField[] = EDITED_FIELDS): Promise<number> {
  const { dice, groups } = world;
  let made = 0;
  for (let n = 0; n < count; n++) {
    const sku = dice.pick(dice.next() < 0.8 ? groups.edited : groups.contested);
    if (await world.edit(sku, dice.pick(fields))) made++;
  }
  await world.door.nudge(world.accountId);
  return made;
}

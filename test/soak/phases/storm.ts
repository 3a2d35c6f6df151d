import type { World } from '../world.js';
import { DECK } from '../faults/deck.js';
import { SABOTAGED } from '../sabotages.js';

/**
 * Rounds of faults in an order the seed shuffles, at least one whole round, until the time is over. A sabotaged run fights only the
 * faults that need what was switched off.
 */
export async function storm(world: World): Promise<void> {
  const { sabotage } = world.options;
  const deck = sabotage === undefined ? DECK : SABOTAGED[sabotage].storm;
  if (deck.length === 0) return;
  const until = Date.now() + world.options.minutes * 60_000;
  for (let round = 1; round === 1 || Date.now() < until; round++) {
    for (const fault of world.dice.shuffle(deck)) {
      if (round > 1 && Date.now() > until) break;
      world.tell(`round ${round}: ${fault.name}`);
      await world.meter.read();
      await fault(world, round);
    }
  }
}

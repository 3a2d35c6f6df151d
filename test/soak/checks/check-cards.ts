import { EDITED_FIELDS, type Edit } from '../edit-journal.js';
import { fieldValue } from '../field-values.js';
import type { MasterProduct } from '../hub-door.js';
import { standing } from '../hub-records.js';
import { difference, livePrice, liveStock } from '../live-values.js';
import type { LiveCard } from '../marketplace.js';
import { CHECKS } from '../names.js';
import type { World } from '../world.js';

/** No lost edit: what was acknowledged is in the master, and what is in the master is live or shown as waiting or failing. */
export async function checkCards(world: World): Promise<void> {
  const { tally, market, groups } = world;
  const states = await standing(await world.database(), world.accountId);
  const products = await world.door.products();
  const undisturbed = new Set([...groups.edited, ...groups.echoed, groups.late]);
  for (const product of products) {
    const { sku } = product;
    checkMaster(world, product);
    const card = await market.card(sku);
    const state = states.get(sku);
    const lowered = [...groups.scrambled, ...groups.foreign, ...groups.contested].includes(sku);
    const differences = card === undefined ? ['it is not live at all'] : differencesOf(product, card, lowered);
    const shown = state !== undefined && state.state !== 'in_sync';
    tally.check(CHECKS.live, differences.length > 0 && !shown && `${sku} is ${state?.state ?? 'not listed'} in the hub, but ${differences.join('; ')}`);
    for (const edit of lastAcknowledged(world, sku)) {
      const lost = differences.find((one) => one.startsWith(edit.field) || one.startsWith('it is'));
      tally.check(CHECKS.edits, lost !== undefined && !shown && `${sku}: edit ${edit.mark} of ${edit.field} is nowhere: ${lost}`);
    }
    if (undisturbed.has(sku)) tally.check(CHECKS.settled, state?.state !== 'in_sync' && `${sku} was only edited and is ${state?.state ?? 'not listed'}`);
    if (card !== undefined) checkLimits(world, product, card);
  }
}

function checkMaster(world: World, { sku, document }: MasterProduct): void {
  for (const edit of lastAcknowledged(world, sku)) {
    const now = fieldValue(document, edit.field) ?? '';
    const allowed = world.journal.of(sku, edit.field).filter((other) => other.mark >= edit.mark && other.state !== 'refused');
    world.tally.check(CHECKS.master, !allowed.some((other) => other.value === now) && `${sku}: edit ${edit.mark} of ${edit.field} was acknowledged and is gone from the master`);
  }
}

function lastAcknowledged(world: World, sku: string): Edit[] {
  return EDITED_FIELDS.flatMap((field) =>
    world.journal
      .of(sku, field)
      .filter((edit) => edit.state === 'acknowledged')
      .slice(-1),
  );
}

/** Stock that was sold, or taken down by another program, is not raised again: there only more than wanted is wrong. */
function differencesOf({ document }: MasterProduct, card: LiveCard, lowered: boolean): string[] {
  const found = EDITED_FIELDS.flatMap((field) => (field === 'stock' && lowered ? [] : (difference(document, field, card) ?? [])));
  return card.facets['presence']?.value === 'listed' ? found : [...found, `presence is ${JSON.stringify(card.facets['presence']?.value)}`];
}

function checkLimits(world: World, { sku, document }: MasterProduct, card: LiveCard): void {
  const floor = document.minPrice?.minor;
  if (floor !== undefined) world.tally.check(CHECKS.floor, livePrice(card) < floor && `${sku} is live at ${livePrice(card)}, its floor is ${floor}`);
  const wanted = Number(fieldValue(document, 'stock'));
  world.tally.check(CHECKS.stock, liveStock(card) > wanted && `${sku} offers ${liveStock(card)} pieces, the master has ${wanted}`);
}

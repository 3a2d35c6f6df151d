import { characteristicOf } from '../subjects.js';
import type { Card, Characteristic } from '../model.js';
import type { Gremlin } from './gremlin.js';

/** A partial update by somebody else's tool: what it did not name is gone. */
export const attributeLost: Gremlin = (_office, draft, random) => {
  if (draft.characteristics.length === 0) return undefined;
  const ids = draft.characteristics.map((one) => one.id);
  const lost = new Set(random.shuffle(ids).slice(0, random.int(1, Math.min(3, ids.length))));
  draft.characteristics = draft.characteristics.filter((one) => !lost.has(one.id));
  return { facet: 'attributes', detail: `lost: ${[...lost].join(', ')}` };
};

export const attributeChanged: Gremlin = (_office, draft, random) => {
  const changeable = draft.characteristics.filter((one) => others(draft, one).length > 0 || typeof one.value === 'number');
  if (changeable.length === 0) return undefined;
  const one = random.pick(changeable);
  const before = String(one.value);
  one.value = typeof one.value === 'number' ? Math.round(one.value * random.int(2, 9)) + random.int(1, 9) : [random.pick(others(draft, one))];
  return { facet: 'attributes', detail: `characteristic ${one.id}: ${before} became ${String(one.value)}` };
};

function others(card: Card, { id, value }: Characteristic): string[] {
  if (!Array.isArray(value)) return [];
  const taken = new Set(value.map((word) => word.toLowerCase()));
  return (characteristicOf(card.subjectID, id)?.usual ?? []).filter((word) => !taken.has(word.toLowerCase()));
}

export const dimensionsChanged: Gremlin = (_office, draft, random) => {
  // A zero is what the market puts where the seller said nothing: nobody could tell that it is wrong.
  const said = (['length', 'width', 'height', 'grams'] as const).filter((name) => draft.dimensions[name] > 0);
  const names = random.shuffle(said).slice(0, random.int(1, 4));
  if (names.length === 0) return undefined;
  for (const name of names) draft.dimensions[name] = Math.max(1, Math.round((draft.dimensions[name] * random.int(120, 350)) / 100) + 1);
  return { facet: 'dimensions', detail: `${names.join(', ')} changed` };
};

/** An automatic promotion takes the goods in and raises the discount. */
export const priceDropped: Gremlin = (_office, draft, random) => {
  const discount = draft.discount + random.int(5, 40);
  if (discount > 95 || draft.sizes.every((size) => size.price === 0)) return undefined;
  draft.discount = discount;
  return { facet: 'price', detail: `a promotion made the discount ${discount} %` };
};

export const stockRaised: Gremlin = (office, draft, random) => {
  const warehouse = String(office.cabinet.current.warehouses[0]?.id);
  const chrt = String(draft.sizes[0]?.chrtID);
  const amount = draft.stocks[warehouse]?.[chrt];
  const targets = [100, 1000].filter((target) => amount !== undefined && target > amount);
  if (targets.length === 0) return undefined;
  const target = random.pick(targets);
  draft.stocks = { ...draft.stocks, [warehouse]: { ...draft.stocks[warehouse], [chrt]: target } };
  return { facet: 'stock', detail: `stock became ${target}` };
};

/** A card with stock that went to the trash; hidden and blocked ones nobody can put right by the API (see the card actions). */
export const notBuyable: Gremlin = (office, draft) => {
  const pieces = Object.values(draft.stocks).flatMap((sizes) => Object.values(sizes));
  if (draft.trashedAt > 0 || !pieces.some((amount) => amount > 0)) return undefined;
  draft.trashedAt = Math.max(1, office.clock.now());
  draft.imtID = office.cards.next('imtID');
  return { facet: 'presence', detail: 'put into the trash as if by hand' };
};

export const missing: Gremlin = (_office, draft) => {
  draft.removed = true;
  return { facet: 'presence', detail: 'gone from every list' };
};

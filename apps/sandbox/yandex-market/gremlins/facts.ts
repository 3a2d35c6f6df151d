import type { Random } from '../../random.js';
import { allLeaves, findLeaf, findParameter, GROUP_PARAMETER } from '../categories.js';
import type { ParameterValue } from '../model.js';
import { isBuyable } from '../buyer.js';
import type { Gremlin } from './gremlin.js';

/** The market binds the offer to a category of its own choice; what the seller asked for stays written beside it. */
export const categoryMoved: Gremlin = (_office, draft, random) => {
  const from = findLeaf(draft.market.categoryId);
  if (!from) return undefined;
  const others = allLeaves().filter((leaf) => leaf.id !== from.id);
  const near = others.filter((leaf) => leaf.root === from.root);
  const to = random.pick(near.length > 0 && random.next() < 0.6 ? near : others);
  draft.market = { ...draft.market, categoryId: to.id };
  return { facet: 'category', detail: `moved to ${to.name}` };
};

export const attributeLost: Gremlin = (_office, draft, random) => {
  const ids = [...new Set(draft.parameters.map((one) => one.parameterId))].filter((id) => id !== GROUP_PARAMETER);
  if (ids.length === 0) return undefined;
  const lost = new Set(random.shuffle(ids).slice(0, random.int(1, Math.min(3, ids.length))));
  draft.parameters = draft.parameters.filter((one) => !lost.has(one.parameterId));
  return { facet: 'attributes', detail: `lost: ${[...lost].join(', ')}` };
};

export const attributeChanged: Gremlin = (_office, draft, random) => {
  const places = draft.parameters.flatMap((one, at) => (isChangeable(one, draft.parameters) ? [at] : []));
  if (places.length === 0) return undefined;
  const place = random.pick(places);
  const before = draft.parameters[place] as ParameterValue;
  const after = otherValue(draft.parameters, before, random);
  draft.parameters = draft.parameters.map((one, at) => (at === place ? after : one));
  return { facet: 'attributes', detail: `characteristic ${before.parameterId}: ${before.value ?? ''} became ${after.value ?? ''}` };
};

function isChangeable({ parameterId }: ParameterValue, all: readonly ParameterValue[]): boolean {
  const type = findParameter(parameterId)?.type;
  if (type === 'ENUM') return parameterId !== GROUP_PARAMETER && untaken(parameterId, all).length > 0;
  return parameterId !== GROUP_PARAMETER && type !== undefined && type !== 'TEXT';
}

/** Values of a list that a card does not have yet. */
function untaken(parameterId: number, all: readonly ParameterValue[]): readonly { readonly id: number; readonly value: string }[] {
  const taken = new Set(all.filter((one) => one.parameterId === parameterId).map((one) => one.valueId));
  return findParameter(parameterId)?.values.filter((one) => !taken.has(one.id)) ?? [];
}

function otherValue(all: readonly ParameterValue[], before: ParameterValue, random: Random): ParameterValue {
  const parameter = findParameter(before.parameterId);
  if (parameter?.type === 'ENUM') {
    const other = random.pick(untaken(before.parameterId, all));
    return { parameterId: before.parameterId, valueId: other.id, value: other.value };
  }
  if (parameter?.type === 'BOOLEAN') return { ...before, value: before.value === 'true' ? 'false' : 'true' };
  return { ...before, value: String(Math.round(Number(before.value) * random.int(2, 9)) + random.int(1, 9)) };
}

export const dimensionsChanged: Gremlin = (_office, draft, random) => {
  const { dimensions } = draft;
  if (!dimensions) return undefined;
  const names = random.shuffle(['length', 'width', 'height', 'grams'] as const).slice(0, random.int(1, 4));
  for (const name of names) dimensions[name] = Math.max(1, Math.round((dimensions[name] * random.int(120, 350)) / 100) + 1);
  return { facet: 'dimensions', detail: `${names.join(', ')} changed` };
};

/** Somebody's price list is laid over the seller's; the last price taken from the seller stays the measure of jumps. */
export const priceDropped: Gremlin = (_office, draft, random) => {
  const { price } = draft;
  const percent = random.int(5, 40);
  const value = price ? Math.floor((price.value * (100 - percent)) / 10_000) * 100 : 0;
  if (!price || value <= 0 || value === price.value) return undefined;
  draft.price = { ...price, value };
  return { facet: 'price', detail: `lowered by ${percent} %` };
};

export const stockRaised: Gremlin = (office, draft, random) => {
  const warehouse = String(office.cabinet.current.campaigns[0]?.warehouse.id);
  const stock = draft.stocks[warehouse];
  const targets = stock ? [100, 1000].filter((target) => target > stock.fit - stock.freeze) : [];
  if (!stock || targets.length === 0) return undefined;
  const target = random.pick(targets);
  draft.stocks = { ...draft.stocks, [warehouse]: { ...stock, fit: target + stock.freeze } };
  return { facet: 'stock', detail: `free stock became ${target}` };
};

/** Goods with stock that nobody can buy: in the archive, or hidden in the store where they sell. A block by the market itself nobody can lift by the API (see the card actions). */
export const notBuyable: Gremlin = (office, draft, random) => {
  if (!isBuyable(office, draft)) return undefined;
  if (random.next() < 0.5) {
    draft.archived = true;
    return { facet: 'presence', detail: 'archived as if by hand' };
  }
  const [store] = office.cabinet.current.campaigns;
  if (!store) return undefined;
  draft.hidden = [store.id];
  return { facet: 'status', detail: `hidden in store ${store.id}` };
};

export const missing: Gremlin = (_office, draft) => {
  draft.removed = true;
  return { facet: 'presence', detail: 'gone from every list' };
};

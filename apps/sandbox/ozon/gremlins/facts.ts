import { allTypes, attributeOf, dictionary, findType } from '../categories.js';
import { contentError } from '../content-errors.js';
import { ATTR_DESCRIPTION, ATTR_MODEL, ATTR_RICH, ATTR_TITLE, SAFE_ATTRIBUTES, type Attribute, type Content } from '../model.js';
import { isBuyable } from '../status.js';
import type { Random } from '../../random.js';
import type { Gremlin } from './strike.js';

const TEXTS = new Set([ATTR_TITLE, ATTR_DESCRIPTION, ATTR_RICH]);

export const categoryMoved: Gremlin = (_market, draft, random) => {
  const from = findType(draft.live.typeId);
  const others = allTypes().filter((t) => t.typeId !== draft.live.typeId);
  const near = others.filter((t) => t.rootId === from?.rootId);
  const to = random.pick(near.length > 0 && random.next() < 0.6 ? near : others);
  draft.live.categoryId = to.categoryId;
  draft.live.typeId = to.typeId;
  return { facet: 'category', detail: `moved to ${to.categoryName} / ${to.typeName}` };
};

/** What the channel filled in by itself was never the seller's word, so nobody could tell that it is wrong. */
const isSellers = (content: Content, attribute: Attribute): boolean => !TEXTS.has(attribute.id) && !content.defaults.includes(attribute.id);

export const attributeLost: Gremlin = (_market, draft, random) => {
  const losable = draft.live.attributes.filter((a) => isSellers(draft.live, a));
  if (losable.length === 0) return undefined;
  const lost = new Set(
    random
      .shuffle(losable)
      .slice(0, random.int(1, Math.min(3, losable.length)))
      .map((a) => a.id),
  );
  draft.live.attributes = draft.live.attributes.filter((a) => !lost.has(a.id));
  return { facet: 'attributes', detail: `lost: ${[...lost].join(', ')}` };
};

export const attributeChanged: Gremlin = (_market, draft, random) => {
  const { live } = draft;
  const changeable = live.attributes.filter((a) => isChangeable(live, a));
  if (changeable.length === 0) return undefined;
  const attribute = random.pick(changeable);
  const before = attribute.values.map((v) => v.value).join(', ');
  attribute.values = [otherValue(live, attribute, random)];
  return { facet: 'attributes', detail: `attribute ${attribute.id}: ${before} became ${attribute.values[0]?.value ?? ''}` };
};

function isChangeable(content: Content, attribute: Attribute): boolean {
  const schema = attributeOf(content.typeId, attribute.id);
  if (!schema || !isSellers(content, attribute) || attribute.id === ATTR_MODEL) return false;
  return schema.dictionaryId !== 0 || schema.type !== 'String';
}

function otherValue(content: Content, attribute: Attribute, random: Random): Attribute['values'][number] {
  const schema = attributeOf(content.typeId, attribute.id);
  const current = attribute.values[0];
  if (schema && schema.dictionaryId !== 0) {
    const taken = new Set(attribute.values.map((v) => v.dictionary_value_id));
    const other = random.pick(dictionary(schema.dictionaryId).filter((v) => !taken.has(v.id)));
    return { dictionary_value_id: other.id, value: other.value };
  }
  if (schema?.type === 'Boolean') return { dictionary_value_id: 0, value: current?.value === 'true' ? 'false' : 'true' };
  const number = Number(current?.value ?? 0);
  return { dictionary_value_id: 0, value: String(Math.round(number * random.int(2, 9)) + random.int(1, 9)) };
}

export const dimensionsChanged: Gremlin = (_market, draft, random) => {
  const names = random.shuffle(['depth', 'width', 'height', 'weight'] as const).slice(0, random.int(1, 4));
  for (const name of names) draft.live[name] = Math.max(1, Math.round((draft.live[name] * random.int(120, 350)) / 100) + 1);
  return { facet: 'dimensions', detail: `${names.join(', ')} changed` };
};

/** A promotion rewrites the price; what the seller asked for stays the measure of price jumps. */
export const priceDropped: Gremlin = (_market, draft, random) => {
  const percent = random.int(5, 40);
  const price = Math.floor((draft.price.price * (100 - percent)) / 10_000) * 100;
  if (price <= 0 || price === draft.price.price) return undefined;
  draft.price.price = price;
  draft.price.decimals = 2;
  return { facet: 'price', detail: `lowered by ${percent} %` };
};

export const stockRaised: Gremlin = (market, draft, random) => {
  const warehouse = market.cabinet.current.warehouses.find((w) => w.active);
  if (!warehouse) return undefined;
  const stock = draft.stocks[String(warehouse.id)];
  if (!stock) return undefined;
  const free = stock.present - stock.reserved;
  const targets = [100, 1000].filter((t) => t > free);
  if (targets.length === 0) return undefined;
  const target = random.pick(targets);
  stock.present = target + stock.reserved;
  return { facet: 'stock', detail: `free stock became ${target}` };
};

const HIDING_REASONS = ['Скрыт до проверки документов', 'Скрыт: непопулярный товар', 'Скрыт по жалобе правообладателя'];

/** A card with stock that nobody can buy: archived, stuck on an update that never came through, or hidden. */
export const notBuyable: Gremlin = (_market, draft, random) => {
  if (!isBuyable(draft)) return undefined;
  const curable = draft.live.attributes.some((a) => SAFE_ATTRIBUTES.has(a.id));
  const way = random.pick(curable ? (['manual', 'auto', 'stuck', 'hidden'] as const) : (['manual', 'auto'] as const));
  if (way === 'manual' || way === 'auto') {
    draft.archived = way;
    return { facet: 'presence', detail: way === 'auto' ? 'archived by the marketplace' : 'archived as if by hand' };
  }
  if (way === 'stuck') {
    draft.stuck = true;
    draft.errors = [contentError('stale_update', { state: 'imported', field: 'attributes' })];
    return { facet: 'status', detail: 'update stuck with a stale blocking error' };
  }
  draft.hidden = random.pick(HIDING_REASONS);
  return { facet: 'status', detail: draft.hidden };
};

export const missing: Gremlin = (_market, draft) => {
  draft.removed = true;
  return { facet: 'presence', detail: 'gone from every list' };
};

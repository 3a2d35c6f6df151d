import { compareDecimals } from '../decimals.js';
import { settleStock } from '../fields/apply-item.js';
import { fromMinor, toMinor } from '../minor-units.js';
import { isProduct, type Dimensions, type ProductAttribute } from '../model.js';
import type { Office } from '../office.js';
import type { Random } from '../../random.js';
import { CATEGORY } from '../terms.js';
import type { Gremlin } from './gremlin.js';

/** An import by somebody else's tool: what it did not name is gone. */
export const attributeLost: Gremlin = (_office, draft, random) => {
  if (!isProduct(draft)) return undefined;
  const loose = draft.attributes.filter((one) => !one.variation);
  if (loose.length === 0) return undefined;
  const lost = new Set(random.shuffle(loose).slice(0, random.int(1, Math.min(3, loose.length))));
  draft.attributes = draft.attributes.filter((one) => !lost.has(one));
  return { facet: 'attributes', detail: `lost: ${[...lost].map((one) => one.name).join(', ')}` };
};

export const attributeChanged: Gremlin = (office, draft, random) => {
  const loose = isProduct(draft) ? draft.attributes.filter((one) => !one.variation && one.options.length > 0) : [];
  if (loose.length === 0) return undefined;
  const one = random.pick(loose);
  const before = one.options.join(', ');
  one.options = [other(office, one, random)];
  return { facet: 'attributes', detail: `${one.name}: ${before} became ${one.options.join(', ')}` };
};

function other({ terms }: Office, { id, options }: ProductAttribute, random: Random): string {
  const taxonomy = id > 0 ? terms.attribute(id)?.slug : undefined;
  const taken = new Set(options.map((option) => option.toLowerCase()));
  const usual = taxonomy ? terms.of(taxonomy).filter((term) => !taken.has(term.name.toLowerCase())) : [];
  if (usual.length > 0) return random.pick(usual).name;
  const number = /\d+/.exec(options[0] ?? '');
  const changed = number
    ? (options[0] ?? '').replace(number[0], String(Number(number[0]) * random.int(2, 9) + random.int(1, 9)))
    : `${random.pick(['другой', 'разный', 'без указания'])} ${random.int(2, 99)}`;
  return taxonomy ? terms.add(taxonomy, changed).name : changed;
}

export const categoryMoved: Gremlin = ({ terms }, draft, random) => {
  // The shop's own place for goods of which the seller named none: nobody could tell that it is wrong.
  if (!isProduct(draft) || draft.categories.every((id) => id === terms.uncategorized)) return undefined;
  const others = terms.of(CATEGORY).filter((term) => !draft.categories.includes(term.id));
  if (others.length === 0) return undefined;
  const to = random.pick(others);
  draft.categories = [to.id];
  return { facet: 'category', detail: `moved to ${to.name}` };
};

export const dimensionsChanged: Gremlin = (_office, item, random) => {
  const sides = (['length', 'width', 'height'] as const).filter((side) => item.dimensions[side] !== '');
  const measures: ('weight' | keyof Dimensions)[] = [...(item.weight === '' ? [] : ['weight' as const]), ...sides];
  const names = random.shuffle(measures).slice(0, random.int(1, 4));
  if (names.length === 0) return undefined;
  for (const name of names) {
    const grown = (value: string): string => fromMinor(Math.round((toMinor(value) * random.int(120, 350)) / 100) + 1);
    if (name === 'weight') item.weight = grown(item.weight);
    else item.dimensions[name] = grown(item.dimensions[name]);
  }
  return { facet: 'dimensions', detail: `${names.join(', ')} changed` };
};

/** A promotion by a plugin, a price list read wrongly, or a comma that was dropped. */
export const priceChanged: Gremlin = (_office, item, random) => {
  if (toMinor(item.regularPrice) <= 100) return undefined;
  const before = item.regularPrice;
  const way = random.next();
  const lower = fromMinor(Math.floor((toMinor(before) * random.int(60, 95)) / 100));
  if (way < 0.5) {
    item.salePrice = lower;
    return { facet: 'price', detail: `a promotion sells for ${lower} instead of ${before}` };
  }
  item.regularPrice = way < 0.85 ? lower : fromMinor(toMinor(before) * 100);
  if (item.salePrice !== '' && compareDecimals(item.salePrice, item.regularPrice) >= 0) item.salePrice = '';
  return { facet: 'price', detail: `${before} became ${item.regularPrice}` };
};

export const stockRaised: Gremlin = (_office, item, random) => {
  const targets = [100, 1000].filter((amount) => item.manageStock === true && amount > (item.stockQuantity ?? 0));
  if (targets.length === 0) return undefined;
  const target = random.pick(targets);
  item.stockQuantity = target;
  settleStock(item);
  return { facet: 'stock', detail: `stock became ${target}` };
};

/** Goods with stock that buyers do not see: unpublished, or kept out of the catalogue. */
export const notBuyable: Gremlin = (_office, draft, random) => {
  if (draft.manageStock !== true || (draft.stockQuantity ?? 0) <= 0 || draft.status !== 'publish') return undefined;
  if (!isProduct(draft)) {
    draft.status = 'private';
    return { facet: 'status', detail: 'the variation is no longer published' };
  }
  const way = random.pick(['draft', 'pending', 'private', 'hidden'] as const);
  if (way === 'hidden') draft.visibility = way;
  else draft.status = draft.statusBeforeTrash = way;
  return { facet: 'status', detail: way === 'hidden' ? 'kept out of catalogue and search' : `no longer published: ${way}` };
};

/** Variations go with their product only. */
export const missing: Gremlin = (_office, draft) => {
  if (!isProduct(draft)) return undefined;
  draft.removed = true;
  return { facet: 'presence', detail: 'gone from every list' };
};

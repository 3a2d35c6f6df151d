import { line } from '#kernel';
import { normaliser, plainForms, type AttributeValue, type Dimensions, type FacetValues } from '#channels/contract';

type Attributes = FacetValues['attributes'];

/** Brand travels in a field of its own and is compared as an attribute of this name; all others are numbers. */
export const BRAND = 'brand';

/** Ids ascending, the brand last, texts cleaned, attributes without a value gone. */
export function attributesInOrder(attributes: Attributes): Attributes {
  const out: Record<string, readonly AttributeValue[]> = {};
  for (const id of Object.keys(attributes).sort(byId)) {
    const values = (attributes[id] ?? [])
      .map((value) => (value.number === true ? { text: line(value.text), number: true as const } : { text: line(value.text) }))
      .filter((value) => value.text !== '');
    if (values.length > 0) out[id] = values;
  }
  return out;
}

function byId(left: string, right: string): number {
  const a = Number(left);
  const b = Number(right);
  if (Number.isNaN(a) || Number.isNaN(b)) return Number.isNaN(a) && Number.isNaN(b) ? (left < right ? -1 : 1) : Number.isNaN(a) ? 1 : -1;
  return a - b;
}

/** Whole centimetres are all that Wildberries holds, whole grams all that this adapter does. */
function dimensions(value: Dimensions): Dimensions {
  return { length: centimetres(value.length), width: centimetres(value.width), height: centimetres(value.height), weight: Math.round(value.weight) };
}

function centimetres(millimetres: number): number {
  return millimetres > 0 ? Math.max(10, Math.round(millimetres / 10) * 10) : 0;
}

/** The canonical form of a facet's document; applying it twice changes nothing. No price floor is told to this channel. */
export const normalise = normaliser({
  ...plainForms,
  attributes: attributesInOrder,
  dimensions,
  price: ({ price, old, currency }) => plainForms.price({ price, ...(old === undefined ? {} : { old }), currency }),
});

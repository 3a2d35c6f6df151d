import { line } from '#kernel';
import { type AttributeValue, type FacetValues, normaliser, plainForms } from '#channels/contract';

type Attributes = FacetValues['attributes'];

/** The brand travels in a field of its own and is compared as an attribute of this name; all others are numbers. */
export const VENDOR = 'vendor';
/** The characteristic whose equal values put variants on one card. */
export const GROUP = '200';

/** What Market asks for where there is no brand. A card that says so says nothing. */
export const NO_BRAND = 'Нет бренда';

/** A number's unit stands where a dictionary's id would ("unit:1"), its name in the text ("710 Вт"). */
const UNIT = 'unit:';

export function unitKey(unit: string): string {
  return `${UNIT}${unit}`;
}

/** The id of a value's unit; undefined for a value without one, or one of a dictionary. */
export function unitOf(value: AttributeValue): string | undefined {
  return value.id?.startsWith(UNIT) === true ? value.id.slice(UNIT.length) : undefined;
}

/** Ids ascending, the brand last, texts cleaned, attributes without a value gone, and brands that are none. */
export function attributesInOrder(attributes: Attributes): Attributes {
  const out: Record<string, readonly AttributeValue[]> = {};
  for (const id of Object.keys(attributes).sort(byId)) {
    const values = (attributes[id] ?? [])
      .map((value) => (value.id === undefined || value.id === '' ? { text: line(value.text) } : { id: value.id, text: line(value.text) }))
      .filter((value) => (value.id !== undefined || value.text !== '') && value.text !== NO_BRAND);
    if (values.length > 0) out[id] = values;
  }
  return out;
}

function byId(left: string, right: string): number {
  const number = (id: string) => (/^\d+$/.test(id) ? Number(id) : Infinity);
  const [a, b] = [number(left), number(right)];
  return a === b ? (left < right ? -1 : 1) : a - b;
}

/** The canonical form of a facet's document. Market's floor of a price is read in no walk, so it is no part of the price. */
export const normalise = normaliser({
  ...plainForms,
  attributes: attributesInOrder,
  price: ({ price, old = 0, currency }) => ({ price, ...(old > 0 ? { old } : {}), currency }),
});

import { line } from '#kernel';
import { normaliser, plainForms, type AttributeValue, type FacetValues } from '#channels/contract';

type Attributes = FacetValues['attributes'];

/** Ids ascending, texts cleaned, empty values and attributes without values gone. */
export function attributesInOrder(attributes: Attributes): Attributes {
  const out: Record<string, readonly AttributeValue[]> = {};
  for (const key of orderedKeys(attributes)) {
    const values = (attributes[key] ?? []).map((value) => attributeValue(value.id ?? '', value.text)).filter(holdsSomething);
    if (values.length > 0) out[key] = values;
  }
  return out;
}

/** A canonical value; an empty id is none. */
export function attributeValue(id: string, text: string): AttributeValue {
  return id === '' ? { text: line(text) } : { id, text: line(text) };
}

export function holdsSomething(value: AttributeValue): boolean {
  return value.id !== undefined || value.text !== '';
}

/** The largest key that an object keeps in numeric order by itself. */
export const LAST_INDEX = 4_294_967_294;

function orderedKeys(attributes: Attributes): readonly string[] {
  const keys = Object.keys(attributes);
  const last = keys.at(-1);
  // Keys that count as indexes come first and ascending: when the last is one, all are.
  if (last === undefined || isIndex(last)) return keys;
  return keys.sort(byId);
}

function isIndex(key: string): boolean {
  const value = Number(key);
  return value <= LAST_INDEX && String(value) === key;
}

/** Plain attribute ids by size first, then the other keys by their text. */
function byId(left: string, right: string): number {
  const a = /^\d+$/.test(left);
  const b = /^\d+$/.test(right);
  if (a !== b) return a ? -1 : 1;
  if (a && left.length !== right.length) return left.length - right.length;
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The canonical form of a facet's document; applying it twice changes nothing. */
export const normalise = normaliser({ ...plainForms, attributes: attributesInOrder });

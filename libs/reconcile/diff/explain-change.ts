import { plainText } from '#kernel';
import { FACETS, type AttributeValue, type Facet, type FacetValue } from '#channels/contract';
import { attributeChange } from './attributes-drift.js';
import { wordDiff, type WordSpan } from './word-diff.js';

/**
 * One field that differs. `path` starts with the facet ("attributes.10096", "media.2"). `expected` and `live` are for people:
 * texts in plain form, amounts in minor units, lengths in millimetres, weight in grams; null where there is nothing.
 */
export interface FieldChange {
  readonly path: string;
  readonly expected: string | number | boolean | null;
  readonly live: string | number | boolean | null;
  /** For texts: the words side by side. */
  readonly words?: readonly WordSpan[];
}

type Leaf = FieldChange['expected'];

const isAttributeValues = (value: unknown): value is readonly AttributeValue[] => Array.isArray(value);

function attributeText(values: readonly AttributeValue[]): string | null {
  return values.length === 0 ? null : values.map(({ text }) => text).join('; ');
}

function leaf(value: unknown): Leaf {
  if (value === undefined || value === null) return null;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : JSON.stringify(value);
}

function fieldsOf(value: FacetValue): Readonly<Record<string, unknown>> {
  return typeof value === 'object' ? Object.fromEntries(Object.entries(value)) : {};
}

function textChange(path: string, desired: string, observed: string): readonly FieldChange[] {
  const expected = plainText(desired);
  const live = plainText(observed);
  return expected === live ? [] : [{ path, expected, live, words: wordDiff(expected, live) }];
}

function attributeChanges(desired: FacetValue, observed: FacetValue): readonly FieldChange[] {
  const theirs = fieldsOf(observed);
  return Object.entries(fieldsOf(desired)).flatMap(([id, value]) => {
    const other = theirs[id];
    const wanted = isAttributeValues(value) ? value : [];
    const there = isAttributeValues(other) ? other : [];
    if (attributeChange(wanted, there) === 'same') return [];
    return [{ path: `attributes.${id}`, expected: attributeText(wanted), live: attributeText(there) }];
  });
}

/** Field by field what a person should look at; for `media` place by place (digest expected, URL live). */
export function explainChange(facet: Facet, desired: FacetValue, observed: FacetValue): readonly FieldChange[] {
  if (facet === 'attributes') return attributeChanges(desired, observed);
  if ((facet === 'title' || facet === 'description') && typeof desired === 'string' && typeof observed === 'string') return textChange(facet, desired, observed);
  if (facet === 'status') {
    const [expected, live] = [fieldsOf(desired), fieldsOf(observed)];
    const causes = Array.isArray(live['causes']) ? live['causes'].map((cause: { readonly code: string }) => cause.code).join(' → ') : '';
    return leaf(expected['sellable']) === leaf(live['sellable'])
      ? []
      : [{ path: 'status.sellable', expected: leaf(expected['sellable']), live: causes === '' ? leaf(live['sellable']) : causes }];
  }
  if (typeof desired !== 'object' || typeof observed !== 'object') {
    return desired === observed ? [] : [{ path: facet, expected: leaf(desired), live: leaf(observed) }];
  }
  if (facet === 'barcodes') {
    const [wanted, there] = [Object.values(desired), Object.values(observed)];
    return wanted.flatMap((code: unknown, at) => (there.includes(code) ? [] : [{ path: `barcodes.${String(at)}`, expected: leaf(code), live: null }]));
  }
  const [expected, live] = [fieldsOf(desired), fieldsOf(observed)];
  return [...new Set([...Object.keys(expected), ...Object.keys(live)])].flatMap((key) => {
    const pair = { path: `${facet}.${key}`, expected: leaf(expected[key]), live: leaf(live[key]) };
    return pair.expected === pair.live ? [] : [pair];
  });
}

/** The facet a path belongs to; undefined for a path of none. */
export function facetOfPath(path: string): Facet | undefined {
  const head = path.split('.', 1)[0];
  return FACETS.find((facet) => facet === head);
}

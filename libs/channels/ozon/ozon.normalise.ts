import type { AttributeValue, Dimensions, Facet, FacetValue, FacetValues, PriceValue, StatusValue } from '#channels/contract';

/** One line as it is compared: NFC, every run of spaces (no-break ones too) a single space, trimmed. */
export function line(text: string): string {
  const composed = text.normalize('NFC');
  return /[\t\n\r\u000b\f\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]| {2}|^ | $/.test(composed) ? composed.replace(/[\s\u00a0\ufeff]+/g, ' ').trim() : composed;
}

/** Text of several lines: lines cleaned one by one, ends trimmed, never more than one empty line in a row. */
export function paragraphs(text: string): string {
  const composed = text.normalize('NFC');
  if (!/[\r\t\u000b\f\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\n]| {2}|^ | $/.test(composed)) return composed;
  return composed
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map(line)
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

type Attributes = FacetValues['attributes'];

/** Ids ascending, texts cleaned, empty values and attributes without values gone. */
export function attributesInOrder(attributes: Attributes): Attributes {
  const out: Record<string, readonly AttributeValue[]> = {};
  for (const key of Object.keys(attributes).sort(byId)) {
    const values = (attributes[key] ?? []).map(attributeValue).filter((value) => value.id !== undefined || value.text !== '');
    if (values.length > 0) out[key] = values;
  }
  return out;
}

function attributeValue(value: AttributeValue): AttributeValue {
  const text = line(value.text);
  return value.id === undefined || value.id === '' ? { text } : { id: value.id, text };
}

/** Plain attribute ids by size first, then the other keys by their text. */
function byId(left: string, right: string): number {
  const a = /^\d+$/.test(left);
  const b = /^\d+$/.test(right);
  if (a !== b) return a ? -1 : 1;
  if (a && left.length !== right.length) return left.length - right.length;
  return left < right ? -1 : left > right ? 1 : 0;
}

function price(value: PriceValue): PriceValue {
  return {
    price: value.price,
    ...(value.old === undefined || value.old === 0 ? {} : { old: value.old }),
    ...(value.min === undefined || value.min === 0 ? {} : { min: value.min }),
    currency: value.currency,
  };
}

function dimensions(value: Dimensions): Dimensions {
  return { length: Math.round(value.length), width: Math.round(value.width), height: Math.round(value.height), weight: Math.round(value.weight) };
}

function status(value: StatusValue): StatusValue {
  return { sellable: value.sellable, moderation: value.moderation, causes: value.causes, refusals: value.refusals };
}

const BY_FACET: { readonly [F in Facet]: (value: FacetValues[F]) => FacetValues[F] } = {
  category: (value) => value.trim(),
  title: line,
  description: paragraphs,
  media: (value) => value.map((url) => url.trim()).filter((url) => url !== ''),
  attributes: attributesInOrder,
  dimensions,
  barcodes: (value) => [...new Set(value.map((code) => code.trim()).filter((code) => code !== ''))].sort(),
  presence: (value) => value,
  status,
  price,
  stock: (value) => Math.trunc(value),
};

/** The canonical form of a facet's document; applying it twice changes nothing. */
export function normalise<F extends Facet>(facet: F, value: FacetValue): FacetValue {
  return (BY_FACET[facet] as (value: FacetValue) => FacetValue)(value);
}

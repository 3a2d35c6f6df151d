import { plainText } from '#kernel';
import type { AttributeValue, Dimensions, Echo, Facet, FacetValue, FacetValues, PictureJudge, PriceValue, StatusCause, StatusValue } from '#channels/contract';
import { ATTRIBUTE } from './ozon.attribute-ids.js';

/** Does Ozon show what we want, in its own way of showing it? Rules: docs/channels/ozon.md, "What counts as equal". */
export function isEcho(facet: Facet, desired: FacetValue, observed: FacetValue, pictures: PictureJudge): Echo {
  switch (facet) {
    case 'media':
      return media(desired as readonly string[], observed as readonly string[], pictures);
    case 'status':
      return status(desired as StatusValue, observed as StatusValue);
    default:
      return EQUAL[facet](desired as never, observed as never) ? 'yes' : 'no';
  }
}

const EQUAL: { readonly [F in Exclude<Facet, 'media' | 'status'>]: (desired: FacetValues[F], observed: FacetValues[F]) => boolean } = {
  category: (desired, observed) => desired === observed,
  title: (desired, observed) => plainText(desired) === plainText(observed),
  description: (desired, observed) => plainText(desired) === plainText(observed),
  attributes,
  dimensions,
  barcodes: (desired, observed) => desired.every((code) => observed.includes(code)),
  presence: (desired, observed) => desired === observed,
  price,
  stock: (desired, observed) => desired === observed,
};

function media(desired: readonly string[], observed: readonly string[], pictures: PictureJudge): Echo {
  if (desired.length !== observed.length) return 'no';
  let unverified = false;
  for (const [at, digest] of desired.entries()) {
    const same = pictures.same(observed[at] ?? '', digest);
    if (same === false) return 'no';
    if (same === undefined) unverified = true;
  }
  return unverified ? 'unverified' : 'yes';
}

/** Attributes that only the channel has are not ours: they are carried, never fought. */
function attributes(desired: FacetValues['attributes'], observed: FacetValues['attributes']): boolean {
  return Object.entries(desired).every(([id, values]) => {
    const live = observed[id];
    return live !== undefined && sameValues(id, values, live);
  });
}

function sameValues(id: string, desired: readonly AttributeValue[], observed: readonly AttributeValue[]): boolean {
  if (desired.length !== observed.length) return false;
  const left = [...observed];
  return desired.every((value) => {
    const at = left.findIndex((other) => sameValue(id, value, other));
    if (at < 0) return false;
    left.splice(at, 1);
    return true;
  });
}

function sameValue(attribute: string, desired: AttributeValue, observed: AttributeValue): boolean {
  if (desired.id !== undefined && observed.id !== undefined) return desired.id === observed.id;
  if (attribute === ATTRIBUTE.richContent) return sameJson(desired.text, observed.text);
  return textForm(desired.text) === textForm(observed.text);
}

const FLAGS: Readonly<Record<string, string>> = { true: 'да', false: 'нет' };

/** "10.0", "10,0" and "10" are one number; "true" and "Да" one answer. */
function textForm(text: string): string {
  const plain = plainText(text);
  const number = /^(-?)0*(\d+?)(?:[.,](\d*?)0*)?$/.exec(plain);
  if (number) return `${number[1] ?? ''}${number[2] ?? ''}${number[3] ? `.${number[3]}` : ''}`;
  const lower = plain.toLowerCase();
  return FLAGS[lower] ?? (lower === 'да' || lower === 'нет' ? lower : plain);
}

function sameJson(left: string, right: string): boolean {
  const a = canonicalJson(left);
  return a !== undefined && a === canonicalJson(right);
}

function canonicalJson(text: string): string | undefined {
  try {
    return JSON.stringify(sorted(JSON.parse(text)));
  } catch {
    return plainText(text);
  }
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}

/** Inches and centimetres do not always come back to the same millimetre. */
function dimensions(desired: Dimensions, observed: Dimensions): boolean {
  return (
    Math.abs(desired.length - observed.length) <= 1 &&
    Math.abs(desired.width - observed.width) <= 1 &&
    Math.abs(desired.height - observed.height) <= 1 &&
    Math.abs(desired.weight - observed.weight) <= 1
  );
}

/** A floor we never named is not ours; a struck-through price we did not ask for is. */
function price(desired: PriceValue, observed: PriceValue): boolean {
  return (
    desired.price === observed.price &&
    (desired.old ?? 0) === (observed.old ?? 0) &&
    (desired.min === undefined || desired.min === observed.min) &&
    desired.currency === observed.currency
  );
}

/** A new card waits for its first verdict: neither proof that all is well nor a difference that could be repaired. */
const WAITING: readonly StatusCause[] = ['moderation-pending', 'not-created'];

function status(desired: StatusValue, observed: StatusValue): Echo {
  const meant = desired.causes.map((cause) => cause.code);
  if (meant.includes('archived') && observed.causes.some((cause) => cause.code === 'archived')) return 'yes';
  // Stock has its own facet: a card that misses nothing but stock, or sells although we want none sold, is that facet's matter.
  const left = observed.causes.map((cause) => cause.code).filter((code) => code !== 'no-stock' && !meant.includes(code));
  if (left.length === 0 && (observed.sellable !== null || observed.causes.length > 0)) return 'yes';
  if (left.length === 0 || left.every((code) => code === 'unknown')) return 'unverified';
  return left.includes('moderation-pending') && left.every((code) => WAITING.includes(code)) ? 'unverified' : 'no';
}

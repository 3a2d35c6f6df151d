import { plainText } from '#kernel';
import type { AttributeValue, Dimensions, Echo, Facet, FacetValue, FacetValues, PictureJudge, StatusCause, StatusValue } from '#channels/contract';

/** Does Wildberries show what we want, in its own way of showing it? Rules: docs/channels/wildberries.md, "What counts as equal". */
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
  price: (desired, observed) => desired.price === observed.price && (desired.old ?? 0) === (observed.old ?? 0) && desired.currency === observed.currency,
  stock: (desired, observed) => desired === observed,
};

function media(desired: readonly string[], observed: readonly string[], pictures: PictureJudge): Echo {
  if (desired.length !== observed.length) return 'no';
  const answers = desired.map((digest, at) => pictures.same(observed[at] ?? '', digest));
  if (answers.includes(false)) return 'no';
  return answers.includes(undefined) ? 'unverified' : 'yes';
}

/** Characteristics that only the channel has are not ours: they are carried, never fought. */
function attributes(desired: FacetValues['attributes'], observed: FacetValues['attributes']): boolean {
  return Object.entries(desired).every(([id, values]) => {
    const live = observed[id];
    return live !== undefined && sameTexts(values, live);
  });
}

/** The order of values says nothing on this channel. */
function sameTexts(desired: readonly AttributeValue[], observed: readonly AttributeValue[]): boolean {
  const form = (values: readonly AttributeValue[]) => JSON.stringify(values.map((value) => textForm(value.text)).sort());
  return form(desired) === form(observed);
}

/** "10.0", "10,0" and "10" are one number; case is Wildberries' own. */
function textForm(text: string): string {
  const plain = plainText(text).toLowerCase();
  const number = /^(-?)0*(\d+?)(?:[.,](\d*?)0*)?$/.exec(plain);
  return number === null ? plain : `${number[1] ?? ''}${number[2] ?? ''}${number[3] ? `.${number[3]}` : ''}`;
}

function dimensions(desired: Dimensions, observed: Dimensions): boolean {
  return (['length', 'width', 'height', 'weight'] as const).every((side) => Math.abs(desired[side] - observed[side]) <= 1);
}

function status(desired: StatusValue, observed: StatusValue): Echo {
  const meant = new Set<StatusCause>(desired.causes.map((cause) => cause.code));
  if (meant.has('archived') && observed.causes.some((cause) => cause.code === 'archived')) return 'yes';
  // Stock has its own facet: a card that misses nothing but stock, or sells although we want none sold, is that facet's matter.
  const left = observed.causes.map((cause) => cause.code).filter((code) => code !== 'no-stock' && !meant.has(code));
  if (left.length === 0) return observed.sellable !== null || observed.causes.length > 0 ? 'yes' : 'unverified';
  return left.every((code) => code === 'unknown') ? 'unverified' : 'no';
}

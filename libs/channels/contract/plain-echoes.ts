import { plainText } from '#kernel';
import type { Echo, PictureJudge } from './channel.js';
import type { AttributeValue, Facet, FacetValue, FacetValues, StatusCause, StatusValue } from './facets.js';

/** For each facet whether the channel shows what is desired in its own way of showing it. */
export type FacetEchoes = { readonly [F in Facet]: (desired: FacetValues[F], observed: FacetValues[F], pictures: PictureJudge) => Echo };

const yes = (same: boolean): Echo => (same ? 'yes' : 'no');

/** Echoes that do not depend on the channel: texts as a person reads them, pictures by what they show, sizes to a millimetre. A channel adds `attributes` and replaces what differs. */
export const plainEchoes: Omit<FacetEchoes, 'attributes'> = {
  category: (desired, observed) => yes(desired === observed),
  title: (desired, observed) => yes(plainText(desired) === plainText(observed)),
  description: (desired, observed) => yes(plainText(desired) === plainText(observed)),
  media,
  dimensions: (desired, observed) => yes((['length', 'width', 'height', 'weight'] as const).every((side) => Math.abs(desired[side] - observed[side]) <= 1)),
  barcodes: (desired, observed) => yes(desired.every((code) => observed.includes(code))),
  presence: (desired, observed) => yes(desired === observed),
  status: statusEcho(),
  // A floor we never named is not ours; a struck-through price we did not ask for is.
  price: (desired, observed) =>
    yes(
      desired.price === observed.price &&
        (desired.old ?? 0) === (observed.old ?? 0) &&
        (desired.min === undefined || desired.min === observed.min) &&
        desired.currency === observed.currency,
    ),
  stock: (desired, observed) => yes(desired === observed),
};

/** A channel's `isEcho`, made of its echoes. */
export function echoJudge(echoes: FacetEchoes): (facet: Facet, desired: FacetValue, observed: FacetValue, pictures: PictureJudge) => Echo {
  return (facet, desired, observed, pictures) => echoes[facet](desired as never, observed as never, pictures);
}

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

/** Attributes that only the channel has are not ours: they are carried, never fought. The order of values says nothing. */
export function attributesEcho(sameValue: (id: string, desired: AttributeValue, observed: AttributeValue) => boolean): FacetEchoes['attributes'] {
  const sameValues = (id: string, desired: readonly AttributeValue[], observed: readonly AttributeValue[]): boolean => {
    if (desired.length !== observed.length) return false;
    const left = [...observed];
    return desired.every((value) => {
      const at = left.findIndex((other) => sameValue(id, value, other));
      if (at < 0) return false;
      left.splice(at, 1);
      return true;
    });
  };
  return (desired, observed) => yes(Object.entries(desired).every(([id, values]) => sameValues(id, values, observed[id] ?? [])));
}

/** "10.0", "10,0" and "10" are one number; any other text is as a person reads it. */
export function numberForm(text: string): string {
  const plain = plainText(text);
  const number = /^(-?)0*(\d+?)(?:[.,](\d*?)0*)?$/.exec(plain);
  return number === null ? plain : `${number[1] ?? ''}${number[2] ?? ''}${number[3] ? `.${number[3]}` : ''}`;
}

/**
 * Stock has its own facet: a card that misses nothing but stock, or sells although we want none sold, is that facet's matter.
 * `waiting`: causes that are neither proof that all is well nor a difference that could be repaired, as long as moderation is among them.
 */
export function statusEcho(waiting: readonly StatusCause[] = []): (desired: StatusValue, observed: StatusValue) => Echo {
  return (desired, observed) => {
    const meant = new Set<StatusCause>(desired.causes.map((cause) => cause.code));
    if (meant.has('archived') && observed.causes.some((cause) => cause.code === 'archived')) return 'yes';
    const left = observed.causes.map((cause) => cause.code).filter((code) => code !== 'no-stock' && !meant.has(code));
    if (left.length === 0) return observed.sellable !== null || observed.causes.length > 0 ? 'yes' : 'unverified';
    if (left.every((code) => code === 'unknown')) return 'unverified';
    return left.includes('moderation-pending') && left.every((code) => waiting.includes(code)) ? 'unverified' : 'no';
  };
}

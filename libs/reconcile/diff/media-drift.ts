import type { DriftPartner, NamedDrift } from './kinds.js';

/** Whose picture is behind a URL. `ownDigest`: a picture of this listing, of the current or an earlier revision. */
export interface PictureVerdict {
  readonly ownDigest?: string;
  readonly owners: readonly (DriftPartner & { readonly digest: string })[];
}

export interface MediaQuestion {
  /** Digests of the pictures that should be shown, in order. */
  readonly desired: readonly string[];
  /** URLs that are shown, in order. */
  readonly observed: readonly string[];
  readonly verdict: (url: string) => PictureVerdict;
  /** false while a URL has not been looked at: nothing is said about it. */
  readonly pictureKnown: (url: string) => boolean;
  readonly olderOwn?: readonly { readonly revision: number; readonly media: readonly string[] }[];
}

export interface NamedMediaDrift extends NamedDrift {
  /** Wanted pictures that are not shown, by place among the desired (from 0). */
  readonly lost: readonly { readonly at: number; readonly digest: string }[];
  /** Shown pictures that are not wanted here, by place among the observed; `owners` are the cards they belong to. */
  readonly foreign: readonly { readonly at: number; readonly url: string; readonly owners: readonly DriftPartner[] }[];
  /** Wanted pictures shown at another place. */
  readonly moved: readonly { readonly digest: string; readonly from: number; readonly to: number }[];
}

export type MediaNaming =
  | { readonly state: 'drift'; readonly drift: NamedMediaDrift }
  /** These URLs have to be looked at first. */
  | { readonly state: 'unverified'; readonly urls: readonly string[] }
  | { readonly state: 'same' };

type Foreign = NamedMediaDrift['foreign'][number];

/**
 * The cards whose pictures are shown: those that own most of the foreign pictures, all equals named, then the owners of what
 * is still unexplained. A picture half the catalog shares (a size chart) does not name half the catalog.
 */
function partnersOf(foreign: readonly Foreign[]): readonly DriftPartner[] {
  const named = new Map<string, DriftPartner>();
  let open = foreign.filter(({ owners }) => owners.length > 0);
  while (open.length > 0) {
    const counts = new Map<string, { readonly partner: DriftPartner; pictures: number }>();
    for (const { owners } of open) {
      for (const [listingId, partner] of new Map(owners.map((owner) => [owner.listingId, owner]))) {
        const seen = counts.get(listingId) ?? { partner, pictures: 0 };
        seen.pictures++;
        counts.set(listingId, seen);
      }
    }
    const most = Math.max(...[...counts.values()].map(({ pictures }) => pictures));
    for (const { partner, pictures } of counts.values()) if (pictures === most) named.set(partner.listingId, { listingId: partner.listingId, sku: partner.sku });
    open = open.filter(({ owners }) => !owners.some(({ listingId }) => named.has(listingId)));
  }
  return [...named.values()];
}

const sameOrder = (left: readonly string[], right: readonly string[]): boolean => left.length === right.length && left.every((item, at) => item === right[at]);

/** Multiset walk: which wanted pictures are shown where, each shown picture standing for one wanted picture at most. */
function matchPictures(desired: readonly string[], shown: readonly (string | undefined)[]): { places: readonly (number | undefined)[]; spare: readonly number[] } {
  const free = new Map<string, number[]>();
  shown.forEach((digest, at) => {
    if (digest !== undefined) free.set(digest, [...(free.get(digest) ?? []), at]);
  });
  const places = desired.map((digest, at) => {
    const candidates = free.get(digest) ?? [];
    const chosen = candidates.includes(at) ? at : candidates[0];
    free.set(
      digest,
      candidates.filter((place) => place !== chosen),
    );
    return chosen;
  });
  return { places, spare: [...free.values()].flat() };
}

/**
 * Names a picture set that is not ours any more. A picture that belongs to this card and to others is its own. In this order:
 * another card's picture (`swapped`, the buyer sees another product), a picture from nowhere (`photo-replaced`), fewer than
 * wanted (`photo-lost`), the wanted ones otherwise arranged or doubled (`photo-reordered`).
 */
export function nameMediaDrift(question: MediaQuestion): MediaNaming {
  const { desired, observed } = question;
  const unseen = observed.filter((url) => !question.pictureKnown(url));
  if (unseen.length > 0) return { state: 'unverified', urls: [...new Set(unseen)] };

  const verdicts = observed.map((url) => question.verdict(url));
  const shown = verdicts.map(({ ownDigest }) => ownDigest);
  const known = shown.filter((digest) => digest !== undefined);
  if (known.length === observed.length && sameOrder(known, desired)) return { state: 'same' };

  const { places, spare } = matchPictures(desired, shown);
  const lost = desired.flatMap((digest, at) => (places[at] === undefined ? [{ at, digest }] : []));
  const moved = desired.flatMap((digest, at) => {
    const to = places[at];
    return to === undefined || to === at ? [] : [{ digest, from: at, to }];
  });
  const wanted = new Set(desired);
  const foreign = observed.flatMap((url, at) => {
    const digest = shown[at];
    if (digest !== undefined && wanted.has(digest)) return [];
    const owners = digest === undefined ? (verdicts[at]?.owners ?? []).map(({ listingId, sku }) => ({ listingId, sku })) : [];
    return [{ at, url, owners }];
  });
  const older = known.length === observed.length ? question.olderOwn?.find(({ media }) => sameOrder(media, known)) : undefined;
  const partners = partnersOf(foreign);
  const kind = partners.length > 0 ? 'swapped' : foreign.length > 0 ? 'photo-replaced' : lost.length > 0 ? 'photo-lost' : 'photo-reordered';
  const touched = [...new Set([...foreign.map(({ at }) => at), ...lost.map(({ at }) => at), ...moved.map(({ from }) => from), ...spare])].sort((a, b) => a - b);
  return {
    state: 'drift',
    drift: {
      kind,
      cause: older ? 'ours-older' : 'unknown',
      paths: touched.map((at) => `media.${String(at)}`),
      confidence: 1,
      ...(partners.length > 0 ? { partners } : {}),
      ...(older ? { revision: older.revision } : {}),
      lost,
      foreign,
      moved,
    },
  };
}

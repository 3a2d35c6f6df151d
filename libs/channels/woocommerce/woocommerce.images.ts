import type { Doc } from '#kernel';
import { imagesOf, keptPictures, type KeptPicture } from './woocommerce.meta.js';

/** One picture of a request: kept by the id of its attachment, or fetched by the site from `src`. */
export type SentImage = KeptImage | FetchedImage;

/** Without a `name` the file's would be its title, which shops show to whoever points at the picture. */
export interface FetchedImage {
  readonly src: string;
  readonly name: string;
  readonly alt: string;
}

export interface KeptImage {
  readonly id: number;
}

export interface WantedPicture {
  readonly digest: string;
  /** A fresh public address. */
  readonly url: string;
}

/**
 * The pictures to send. Every `src` becomes one more file on the site, so a picture that is there already goes by its id: ours by our
 * own note, as long as the file behind it is the one we noted, or by its name, should the note have been lost with an answer. When that
 * would change nothing although something has to change, what is behind the ids is wrong, and all are sent anew.
 */
export function imagesToSend(live: Doc, shown: unknown, wanted: readonly WantedPicture[], title: string): readonly SentImage[] {
  const now = new Map(imagesOf(shown).map(({ id, src }) => [id, src]));
  const kept = new Map([...namedAsOurs(shown), ...keptPictures(live)].map((picture) => [picture.digest, picture]));
  const usable = (picture: KeptPicture | undefined) => picture !== undefined && fileOf(now.get(picture.id) ?? picture.src) === fileOf(picture.src);
  const plan = wanted.map(({ digest, url }): SentImage => {
    const known = kept.get(digest);
    return known !== undefined && usable(known) ? { id: Number(known.id) } : fetched(url, title);
  });
  const same = plan.length === now.size && [...now.keys()].every((id, at) => String((plan[at] as { id?: number }).id ?? '') === id);
  return same ? allAnew(wanted, title) : plan;
}

/** The site goes on calling a file as our address did, which begins with the digest of the picture. */
const OUR_NAME = /\/([0-9a-f]{64})-[^/]*$/;

function namedAsOurs(shown: unknown): readonly KeptPicture[] {
  return imagesOf(shown).flatMap(({ id, src }) => {
    const digest = OUR_NAME.exec(src)?.[1];
    return digest === undefined || id === '' ? [] : [{ digest, id, src }];
  });
}

/** The name of a file, wherever it is served from and whatever it was converted to. */
function fileOf(src: string): string {
  return /\/([^/?#]+?)(?:\.\w+)*(?:[?#].*)?$/.exec(src)?.[1] ?? src;
}

export function allAnew(wanted: readonly WantedPicture[], title: string): readonly SentImage[] {
  return wanted.map(({ url }) => fetched(url, title));
}

function fetched(src: string, title: string): FetchedImage {
  return { src, name: title, alt: title };
}

/** The pictures shown now that are not among those sent: they stay to be seen until the last new one is there. */
export function othersShown(shown: unknown, sent: readonly SentImage[]): readonly KeptImage[] {
  const known = new Set(sent.flatMap((image) => ('id' in image ? [String(image.id)] : [])));
  return imagesOf(shown)
    .filter(({ id }) => id !== '' && !known.has(id))
    .map(({ id }) => ({ id: Number(id) }));
}

/** Our pictures as the site answered them, in the order they were sent; what is noted of others stays. */
export function picturesAfter(before: readonly KeptPicture[], wanted: readonly { readonly digest: string }[], answered: unknown): readonly KeptPicture[] {
  const images = imagesOf(answered);
  const fresh = wanted.flatMap(({ digest }, at) => {
    const image = images[at];
    return image === undefined || image.id === '' ? [] : [{ digest, id: image.id, src: image.src }];
  });
  const replaced = new Set(fresh.map((picture) => picture.digest));
  return [...fresh, ...before.filter((picture) => !replaced.has(picture.digest))];
}

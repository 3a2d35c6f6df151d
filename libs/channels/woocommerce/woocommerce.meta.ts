import { type Doc, readDocOrEmpty, readId, readText } from '#kernel';

/**
 * What we write down on the site itself, in hidden meta data of a product (a leading "_" hides it from the admin page): which
 * attachment holds which of our pictures, which variation speaks for its group, and what each wants the group to show.
 */
const PICTURES_META = '_etalon_pictures';
const LEAD_META = '_etalon_lead';
const SHARED_META = '_etalon_values';
/** For `include_meta`: releases that know it leave out what page builders and other plugins keep, which may be megabytes. */
export const OUR_META = [PICTURES_META, LEAD_META, SHARED_META].join(',');

/** One of our pictures on the site. `src` tells whether the attachment still is the file it was. */
export interface KeptPicture {
  readonly digest: string;
  readonly id: string;
  readonly src: string;
}

export interface MetaEntry {
  readonly key: string;
  readonly value: unknown;
}

function metaOf(product: Doc, key: string): unknown {
  const entries: readonly unknown[] = Array.isArray(product['meta_data']) ? product['meta_data'] : [];
  return readDocOrEmpty(entries.find((entry) => readDocOrEmpty(entry)['key'] === key))['value'];
}

/** JSON that we wrote down; anything unreadable is as good as nothing. */
function noted(product: Doc, key: string): unknown {
  const text = metaOf(product, key);
  if (typeof text !== 'string') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

export function keptPictures(product: Doc): readonly KeptPicture[] {
  const list = noted(product, PICTURES_META);
  if (!Array.isArray(list)) return [];
  return list.map(readDocOrEmpty).flatMap((doc) => {
    const kept = { digest: readText(doc['digest']), id: readText(doc['id']), src: readText(doc['src']) };
    return kept.digest !== '' && /^\d+$/.test(kept.id) ? [kept] : [];
  });
}

export function picturesMeta(pictures: readonly KeptPicture[]): MetaEntry {
  return { key: PICTURES_META, value: JSON.stringify(pictures.map(({ digest, id, src }) => ({ digest, id, src }))) };
}

/** By the SKU of a variation, the values it wants its group to show, by the names of attributes. */
export type SharedNotes = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

export function sharedNotes(group: Doc): SharedNotes {
  const bySku = Object.entries(readDocOrEmpty(noted(group, SHARED_META)));
  return Object.fromEntries(
    bySku.map(([sku, own]) => [
      sku,
      Object.fromEntries(Object.entries(readDocOrEmpty(own)).flatMap(([name, texts]) => (Array.isArray(texts) ? [[name, texts.map(readText)]] : []))),
    ]),
  );
}

export function sharedNotesMeta(notes: SharedNotes): MetaEntry {
  return { key: SHARED_META, value: JSON.stringify(notes) };
}

/** The SKU of the variation whose text and pictures are the group's own; '' for a group that was there before us. */
export function leadOf(group: Doc): string {
  return readText(metaOf(group, LEAD_META));
}

export function leadMeta(sku: string): MetaEntry {
  return { key: LEAD_META, value: sku };
}

/** The pictures of a product as the site lists them. */
export function imagesOf(value: unknown): readonly { readonly id: string; readonly src: string }[] {
  const images: readonly unknown[] = Array.isArray(value) ? value : value === null || value === undefined ? [] : [value];
  return images.map(readDocOrEmpty).map((doc) => ({ id: readId(doc['id'], 'images.id'), src: readText(doc['src']) }));
}

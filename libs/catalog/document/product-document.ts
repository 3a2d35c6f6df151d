import type { Money } from '#kernel';

/** Text, yes/no, several texts, or a number with its unit as the seller wrote it. */
export type AttributeValue = string | boolean | readonly string[] | { readonly value: number; readonly unit?: string };

/** What a picture is for. Channels are shown all but documents, the main one first. */
export const MEDIA_ROLES = ['main', 'gallery', 'size-chart', 'package', 'document'] as const;
export type MediaRole = (typeof MEDIA_ROLES)[number];

export interface MediaRef {
  /** SHA-256 of the picture's bytes, hex; a row of the media store. */
  readonly digest: string;
  /** Absent: gallery. At most one is `main`; without one the first picture is. */
  readonly role?: MediaRole;
}

/** A product that is part of a bundle, and how many pieces of it one bundle takes. */
export interface BundleComponent {
  readonly sku: string;
  readonly quantity: number;
}

/** What one channel is told differently; a field that is absent follows the master. */
export interface ChannelOverride {
  readonly title?: string;
  readonly description?: string;
  readonly brand?: string;
  readonly category?: string;
  readonly country?: string;
  readonly vat?: number;
  /** One by one: an attribute that is not named here follows the master. */
  readonly attributes?: Readonly<Record<string, AttributeValue>>;
  readonly media?: readonly MediaRef[];
  readonly dimensions?: ProductDocument['dimensions'];
  readonly weight?: number;
  readonly barcodes?: readonly string[];
  readonly price?: Money;
  readonly oldPrice?: Money;
  readonly minPrice?: Money;
  /** By warehouse: at most so many pieces are told, never more than the master has there. A warehouse the master does not have is this channel's own. */
  readonly stock?: Readonly<Record<string, number>>;
  /** Not sold on this channel, or only here though the master is archived. */
  readonly archived?: boolean;
}

/**
 * A master product, whole. Sizes in whole millimetres, weight in whole grams, money in minor units with its currency,
 * stock in pieces by the seller's own warehouse code. `sku` never changes.
 */
export interface ProductDocument {
  readonly sku: string;
  readonly title: string;
  /** Plain text, or the safe subset of HTML that `safeDescription` leaves. */
  readonly description: string;
  readonly brand?: string;
  /** Names from the root to the leaf, joined by " / ". */
  readonly category: string;
  readonly country?: string;
  /** Percent: 0, 5, 7, 10, 20 or 22. */
  readonly vat?: number;
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  readonly media: readonly MediaRef[];
  readonly dimensions?: { readonly length: number; readonly width: number; readonly height: number };
  readonly weight?: number;
  readonly barcodes: readonly string[];
  readonly price?: Money;
  readonly oldPrice?: Money;
  /** The floor: no price below it may leave. */
  readonly minPrice?: Money;
  readonly stock: Readonly<Record<string, number>>;
  /** Variants of one model share `code` and differ by the attributes named in `axes`. */
  readonly model?: { readonly code: string; readonly axes: readonly string[]; readonly title?: string };
  /** A bundle: its own stock is not kept but follows from that of its components. */
  readonly components?: readonly BundleComponent[];
  /** Titles and descriptions in other languages, by language code. */
  readonly translations?: Readonly<Record<string, { readonly title?: string; readonly description?: string }>>;
  /** Ids of this product in the seller's other systems, e.g. `{"1c": "bd8c4e15-…"}`. */
  readonly externalIds?: Readonly<Record<string, string>>;
  readonly overrides?: Readonly<Record<string, ChannelOverride>>;
  readonly archived: boolean;
}

/** A product as a caller gives it: what may be left out gets its empty value. */
export type ProductInput = Pick<ProductDocument, 'sku' | 'title'> & Partial<ProductDocument>;

/** `null` removes an optional field, or one key of a keyed field; a key that is absent stays as it is. Lists are replaced whole. */
export type ProductPatch = {
  readonly [K in Exclude<keyof ProductDocument, 'sku' | KeyedField>]?: ProductDocument[K] | null;
} & { readonly [K in KeyedField]?: Readonly<Record<string, NonNullable<ProductDocument[K]>[string] | null>> };

/** Fields that hold one value per key and are patched key by key. */
export const KEYED_FIELDS = ['attributes', 'stock', 'translations', 'externalIds', 'overrides'] as const;
export type KeyedField = (typeof KEYED_FIELDS)[number];

export const DOCUMENT_FIELDS = [
  'sku',
  'title',
  'description',
  'brand',
  'category',
  'country',
  'vat',
  'attributes',
  'media',
  'dimensions',
  'weight',
  'barcodes',
  'price',
  'oldPrice',
  'minPrice',
  'stock',
  'model',
  'components',
  'translations',
  'externalIds',
  'overrides',
  'archived',
] as const satisfies readonly (keyof ProductDocument)[];

export type DocumentField = (typeof DOCUMENT_FIELDS)[number];

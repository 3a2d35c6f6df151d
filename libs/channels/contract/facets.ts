import type { Diagnostic } from '#kernel';

/** Everything of a card that is compared, in the order it is shown. Content and presence hang on the card; the rest on its offer. */
export const FACETS = ['category', 'title', 'description', 'media', 'attributes', 'dimensions', 'barcodes', 'presence', 'status', 'price', 'stock'] as const;
export type Facet = (typeof FACETS)[number];

export const CONTENT_FACETS = ['category', 'title', 'description', 'media', 'attributes', 'dimensions', 'barcodes'] as const satisfies readonly Facet[];

/** One value of an attribute: the channel's dictionary id when it has one, and the text a person reads. */
export interface AttributeValue {
  readonly id?: string;
  readonly text: string;
  /** The channel holds it as a number; `text` is its plain decimal form. */
  readonly number?: true;
}

/** Outer size in whole millimetres and weight in whole grams, packed. */
export interface Dimensions {
  readonly length: number;
  readonly width: number;
  readonly height: number;
  readonly weight: number;
}

/** Minor units of `currency`. `old` is the struck-through price; absent means none. `min` is the floor told to the channel. */
export interface PriceValue {
  readonly price: number;
  readonly old?: number;
  readonly min?: number;
  readonly currency: string;
}

export type Presence = 'listed' | 'archived' | 'absent';

/** Why a card cannot be bought, outermost cause first. `unknown` is an answer nobody has documented: shown, never guessed. */
export const STATUS_CAUSES = [
  'archived',
  'not-created',
  'hidden',
  'price-quarantine',
  'moderation-declined',
  'moderation-pending',
  'update-stuck',
  'blocked-by-error',
  'no-price',
  'no-stock',
  'unknown',
] as const;
export type StatusCause = (typeof STATUS_CAUSES)[number];

export interface StatusValue {
  /** null: the channel's answer does not tell. */
  readonly sellable: boolean | null;
  readonly moderation: 'none' | 'pending' | 'approved' | 'declined' | 'unknown';
  readonly causes: readonly { readonly code: StatusCause; readonly detail?: string }[];
  /** Values the channel reports as cut, erased or declined; `path` starts with the facet ("attributes.11254"). */
  readonly refusals: readonly Diagnostic[];
}

/**
 * The document of each facet, the same shape on every channel, so that diffing and detecting know no channel by name.
 * - `category`: the channel's own id of the leaf ("17028922:91565"), or its names from the root where the tree is the seller's own ("Дом / Посуда").
 * - `media`: desired, the digests of the master's pictures in order; observed, the channel's URLs in order.
 * - `attributes`: by the channel's attribute id, ids ascending.
 * - `stock`: pieces that can be bought in the part's warehouse.
 */
export interface FacetValues {
  category: string;
  title: string;
  description: string;
  media: readonly string[];
  attributes: Readonly<Record<string, readonly AttributeValue[]>>;
  dimensions: Dimensions;
  barcodes: readonly string[];
  presence: Presence;
  status: StatusValue;
  price: PriceValue;
  stock: number;
}

export type FacetValue = FacetValues[Facet];

/** What hangs on one offer of a card; `stock` by warehouse. */
export interface OfferValues {
  readonly barcodes?: readonly string[];
  readonly price?: PriceValue;
  readonly stock?: Readonly<Record<string, number>>;
}

/**
 * Values of a card keyed by facet; `stock` by warehouse, one facet row for each (its `part`).
 * A card with several offers (sizes, variations) has `offers` instead of `barcodes`, `price` and `stock`, keyed by a name that the
 * seller gives and that is known before the card is made (the size, the variation's article); the channel's own id of the offer, which
 * comes with the creation, goes into the card's `ids`. Each offer, and each warehouse of it, is a row of its own.
 * Duty: built in a fixed key order and already normalised, because fingerprints are taken from its JSON text.
 */
export type CardValues = { [F in Exclude<Facet, 'stock'>]?: FacetValues[F] } & {
  stock?: Readonly<Record<string, number>>;
  offers?: Readonly<Record<string, OfferValues>>;
};

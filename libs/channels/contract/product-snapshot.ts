import type { Money } from '#kernel';

/** A master attribute: text, yes/no, several texts, or a number with its unit as the seller wrote it. */
export type MasterAttribute = string | boolean | readonly string[] | { readonly value: number; readonly unit?: string };

/** The fields a channel may be told differently ("title on this channel"). */
export interface ProductOverride {
  readonly title?: string;
  readonly description?: string;
  readonly category?: string;
  readonly attributes?: Readonly<Record<string, MasterAttribute>>;
  readonly media?: readonly { readonly digest: string }[];
  readonly price?: Money;
}

/**
 * One revision of a master product as a channel sees it; overrides of the channel are already applied by `snapshotFor`.
 * Sizes in millimetres, weight in grams, money in minor units, stock in pieces by the seller's own warehouse code.
 */
export interface ProductSnapshot {
  readonly sku: string;
  readonly revision: number;
  readonly title: string;
  readonly description: string;
  readonly brand?: string;
  /** Names from the root to the leaf, joined by " / ". */
  readonly category: string;
  readonly country?: string;
  /** Percent: 0, 5, 7, 10, 20, 22. */
  readonly vat?: number;
  readonly attributes: Readonly<Record<string, MasterAttribute>>;
  readonly media: readonly { readonly digest: string }[];
  readonly dimensions?: { readonly length: number; readonly width: number; readonly height: number };
  readonly weight?: number;
  readonly barcodes: readonly string[];
  readonly price?: Money;
  readonly oldPrice?: Money;
  readonly minPrice?: Money;
  readonly stock: Readonly<Record<string, number>>;
  /** Variants of one model share `code` and differ by the attributes named in `axes`. */
  readonly model?: { readonly code: string; readonly axes: readonly string[]; readonly title?: string };
  readonly archived: boolean;
}

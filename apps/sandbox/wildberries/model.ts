/** Shapes of the marketplace's own state. Prices in whole roubles and whole percent, as it keeps them; weight in grams; times in channel milliseconds. */

import type { Picture } from '../pictures/picture-house.js';

export type { Picture };

export interface Characteristic {
  id: number;
  /** One number, or a list of words. */
  value: number | string[];
}

export interface Size {
  chrtID: number;
  techSize: string;
  wbSize: string;
  skus: string[];
  price: number;
}

/** What an update replaces. */
export interface Content {
  brand: string;
  title: string;
  description: string;
  kizMarked: boolean;
  /** Centimetres and grams. */
  dimensions: { length: number; width: number; height: number; grams: number };
  characteristics: Characteristic[];
  /** Younger members (`documents`, `gtin`): kept as they came, erased by an update that leaves them out. */
  more: Record<string, unknown>;
}

export interface Quarantine {
  price: number;
  discount: number;
}

export interface Card extends Content {
  nmID: number;
  imtID: number;
  nmUUID: string;
  vendorCode: string;
  subjectID: number;
  needKiz: boolean;
  wholesale: { enabled: boolean; quantum: number };
  sizes: Size[];
  pictures: Picture[];
  video: string;
  tags: number[];
  createdAt: number;
  updatedAt: number;
  /** 0 while it is not in the trash. */
  trashedAt: number;
  discount: number;
  clubDiscount: number;
  /** Each size may have a price of its own. */
  editableSizePrice: boolean;
  quarantine: Quarantine | null;
  /** The market sells it off and takes no other price. */
  forcedSale: boolean;
  /** Pieces by warehouse and size. */
  stocks: Record<string, Record<string, number>>;
  /** Why it is blocked; empty when it is not. */
  blocked: string;
  /** Kept out of the catalogue. */
  shadowed: boolean;
  /** Taken out of every list, as if it had never existed. */
  removed: boolean;
  /** Seconds the channel took for the last applied write. */
  lastDelaySeconds: number;
}

export const FACETS = ['category', 'title', 'description', 'media', 'attributes', 'dimensions', 'presence', 'status', 'price', 'stock', 'barcodes'] as const;
export type FacetName = (typeof FACETS)[number];

/** Facets that one update overwrites together. */
export const CONTENT_FACETS: readonly FacetName[] = ['title', 'description', 'attributes', 'dimensions', 'barcodes'];

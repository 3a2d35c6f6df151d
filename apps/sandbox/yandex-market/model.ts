/** Shapes of the marketplace's own state. Money in kopecks, lengths in millimetres, weight in grams, times in channel milliseconds. */

import type { Picture } from '../pictures/picture-house.js';

/** A picture of the seller: until it is fetched, and when it cannot be, it is known by its `source` alone. */
export interface CardPicture extends Picture {
  state: 'UPLOADING' | 'UPLOADED' | 'FAILED';
}

/** One value of a characteristic; several of one characteristic stand side by side. */
export interface ParameterValue {
  parameterId: number;
  valueId?: number;
  value?: string;
  unitId?: number;
}

export interface Dimensions {
  length: number;
  width: number;
  height: number;
  grams: number;
}

export interface Price {
  value: number;
  /** The price struck through; 0 for none. */
  base: number;
  /** The least price of the market's own promotions; 0 for none. */
  minimum: number;
  at: number;
}

export interface StorePrice {
  value: number;
  base: number;
  /** Id of the rate; 0 when none was given. */
  vat: number;
  at: number;
}

export interface Stock {
  /** Pieces that can be sold, reserved ones included. */
  fit: number;
  freeze: number;
  at: number;
}

export interface Note {
  message: string;
  comment: string;
}

export interface Card {
  /** The place in every list. */
  seq: number;
  offerId: string;
  name: string;
  description: string;
  vendor: string;
  vendorCode: string;
  /** The category the seller asked for; 0 when none. */
  categoryId: number;
  pictures: CardPicture[];
  barcodes: string[];
  dimensions: Dimensions | null;
  parameters: ParameterValue[];
  /** Every other member of an offer, as it came. */
  more: Record<string, unknown>;
  /** What the market binds the offer to; the SKU is 0 while there is no card. */
  market: { sku: number; categoryId: number };
  /** Set while the first card is being made. */
  creating: boolean;
  /** The market's own card: nobody else may change it. */
  foreignCard: boolean;
  errors: Note[];
  warnings: Note[];
  price: Price | null;
  /** The last price that was taken, the measure of jumps; 0 for none. */
  lastValid: number;
  quarantine: Price | null;
  /** By campaign. */
  storePrices: Record<string, StorePrice>;
  vats: Record<string, number>;
  /** By warehouse. */
  stocks: Record<string, Stock>;
  /** Campaigns in which the seller hid it, and those it was taken out of. */
  hidden: number[];
  absent: number[];
  archived: boolean;
  /** Why the market itself keeps it from buyers; empty when it does not. */
  blocked: string;
  /** The market has measured the goods: other dimensions are refused. */
  measured: boolean;
  createdAt: number;
  updatedAt: number;
  /** Taken out of every list, as if it had never existed. */
  removed: boolean;
  /** Seconds the channel took for the last applied write. */
  lastDelaySeconds: number;
}

export const FACETS = ['category', 'title', 'description', 'media', 'attributes', 'dimensions', 'presence', 'status', 'price', 'stock', 'barcodes'] as const;
export type FacetName = (typeof FACETS)[number];

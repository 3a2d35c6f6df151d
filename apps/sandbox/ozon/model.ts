/** Shapes of the marketplace's own state. Money in kopecks, times in channel milliseconds. */

import type { Picture } from '../pictures/picture-house.js';

export type { Picture };

export interface AttributeValue {
  dictionary_value_id: number;
  value: string;
}

export interface Attribute {
  id: number;
  complex_id: number;
  values: AttributeValue[];
}

export interface Content {
  name: string;
  categoryId: number;
  typeId: number;
  /** All attributes, 4180 (title) and 4191 (description) included. */
  attributes: Attribute[];
  complexAttributes: Attribute[];
  /** Site order, the main picture first. */
  pictures: Picture[];
  colorPicture: Picture | null;
  depth: number;
  width: number;
  height: number;
  dimensionUnit: string;
  weight: number;
  weightUnit: string;
  pdf: { file_name: string; name: string }[];
  /** Ids of attributes that the channel filled by itself. */
  defaults: number[];
}

export type ErrorLevel = 'ERROR_LEVEL_ERROR' | 'ERROR_LEVEL_WARNING';

export interface CardError {
  code: string;
  level: ErrorLevel;
  state: string;
  field: string;
  attributeId: number;
  attributeName: string;
  message: string;
}

export interface Pending {
  content: Content;
  taskId: number;
  dueAt: number;
  declined: boolean;
}

export interface PriceState {
  price: number;
  oldPrice: number;
  minPrice: number;
  netPrice: number;
  vat: string;
  currency: string;
  autoAction: boolean;
  autoAdd: boolean;
  /** Until when the floor holds against promotions (channel time, ms); 0 when it does not. */
  floorUntil: number;
  /** Last price the seller set and the channel accepted: what a price jump is measured against. */
  base: number;
  /** How many decimals info/list shows. */
  decimals: 2 | 4;
}

export interface StockState {
  /** Includes what is reserved. */
  present: number;
  reserved: number;
}

export type ArchiveKind = '' | 'manual' | 'auto' | 'seasonal';

export interface Card {
  productId: number;
  offerId: string;
  /** 0 until the first moderation passed. */
  sku: number;
  createdAt: number;
  updatedAt: number;
  statusAt: number;
  live: Content;
  pending: Pending | null;
  barcodes: string[];
  price: PriceState;
  stocks: Record<string, StockState>;
  archived: ArchiveKind;
  /** Why the channel hides it; empty when it does not. */
  hidden: string;
  /** "Не обновлен": an update never came through. */
  stuck: boolean;
  declined: boolean;
  quarantined: boolean;
  /** Taken out of every list, as if it had never existed. */
  removed: boolean;
  errors: CardError[];
  /** Addresses of lost pictures: sent again, they count as known and are not fetched. */
  lostUrls: string[];
  /** Pictures of the last write that could not be loaded. */
  pictureErrors: { url: string; message: string }[];
  /** Delays of the last accepted write, in seconds of channel time. */
  lastTaskSeconds: number;
  lastModerationSeconds: number;
}

export type FacetName = 'category' | 'title' | 'description' | 'media' | 'attributes' | 'dimensions' | 'presence' | 'status' | 'price' | 'stock' | 'barcodes';

export const FACETS: readonly FacetName[] = ['category', 'title', 'description', 'media', 'attributes', 'dimensions', 'presence', 'status', 'price', 'stock', 'barcodes'];

export const ATTR_TITLE = 4180;
export const ATTR_DESCRIPTION = 4191;
export const ATTR_RICH = 11254;
export const ATTR_HASHTAGS = 23171;
export const ATTR_MODEL = 9048;
export const ATTR_BRAND = 85;
/** Attributes whose rewriting never goes to moderation and makes the channel validate the card anew. */
export const SAFE_ATTRIBUTES: ReadonlySet<number> = new Set([9024, 4389, 10400]);

/** Shapes of the shop's own state. Prices and weights as the decimal text it keeps; times in channel milliseconds, whole seconds. */

import type { Picture } from '../pictures/picture-house.js';

export interface Meta {
  id: number;
  key: string;
  value: unknown;
}

/** A file of the media library; products that show it hold a copy. */
export interface Attachment {
  id: number;
  name: string;
  alt: string;
  picture: Picture;
  createdAt: number;
}

export interface Dimensions {
  length: string;
  width: string;
  height: string;
}

/** What goods and their variations have in common. */
export interface Item {
  id: number;
  sku: string;
  gtin: string;
  status: Status;
  description: string;
  regularPrice: string;
  salePrice: string;
  /** 0 for no bound. */
  saleFrom: number;
  saleTo: number;
  manageStock: boolean | 'parent';
  /** null while it is not managed. */
  stockQuantity: number | null;
  stockStatus: StockStatus;
  backorders: Backorders;
  weight: string;
  dimensions: Dimensions;
  meta: Meta[];
  menuOrder: number;
  createdAt: number;
  modifiedAt: number;
  /** Members that the shop keeps as they were sent. */
  plain: Record<string, unknown>;
}

export interface ProductAttribute {
  /** 0 for one that belongs to this product alone. */
  id: number;
  name: string;
  visible: boolean;
  variation: boolean;
  options: string[];
}

export interface ChosenOption {
  id: number;
  name: string;
  option: string;
}

export interface Variation extends Item {
  attributes: ChosenOption[];
  /** What it was before it went to the trash with its product; absent while it never did. */
  statusBeforeTrash?: Status;
  image: Attachment | null;
}

export interface Product extends Item {
  type: ProductType;
  name: string;
  slug: string;
  visibility: Visibility;
  shortDescription: string;
  /** Ids of terms. */
  categories: number[];
  tags: number[];
  images: Attachment[];
  attributes: ProductAttribute[];
  variations: Variation[];
  /** What it was before it went to the trash. */
  statusBeforeTrash: Status;
  sold: number;
  /** Taken out of the shop, as if it had never existed. */
  removed: boolean;
}

export const TYPES = ['simple', 'grouped', 'external', 'variable'] as const;
export type ProductType = (typeof TYPES)[number];
export const STATUSES = ['draft', 'pending', 'private', 'publish', 'future', 'auto-draft', 'trash'] as const;
export type Status = (typeof STATUSES)[number];
export const STOCK_STATUSES = ['instock', 'outofstock', 'onbackorder'] as const;
export type StockStatus = (typeof STOCK_STATUSES)[number];
export const BACKORDERS = ['no', 'notify', 'yes'] as const;
export type Backorders = (typeof BACKORDERS)[number];
export const VISIBILITIES = ['visible', 'catalog', 'search', 'hidden'] as const;
export type Visibility = (typeof VISIBILITIES)[number];

export const FACETS = ['category', 'title', 'description', 'media', 'attributes', 'dimensions', 'presence', 'status', 'price', 'stock', 'barcodes'] as const;
export type FacetName = (typeof FACETS)[number];

/** What may have an article of its own: goods, or one variation of them. */
export type Ware = Product | Variation;

export const isProduct = (ware: Ware): ware is Product => 'variations' in ware;

/** The picture of a variation: its own, else the first of its product. */
export const shownImage = (variation: Variation, product: Product): Attachment | null => variation.image ?? product.images[0] ?? null;

/** Whether it lies in the trash, by itself or with its product. */
export const isTrashed = (ware: Ware, product: Product): boolean => ware.status === 'trash' || product.status === 'trash';

/** Into the trash, variations and all, where each keeps its article. */
export function throwAway(product: Product): void {
  for (const item of [product, ...product.variations]) Object.assign(item, { statusBeforeTrash: item.status, status: 'trash' });
}

/** Out of it as the shop's own page does it: with its variations. */
export function takeBack(product: Product): void {
  for (const item of [product, ...product.variations]) if (item.status === 'trash') item.status = item.statusBeforeTrash ?? 'publish';
}

/** The name under which the control surface knows it: its article, or its number where it has none. */
export const keyOf = (ware: Ware): string => ware.sku || `id:${ware.id}`;

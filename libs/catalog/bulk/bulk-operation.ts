import type { AttributeValue, ChannelOverride, MediaRole, ProductDocument } from '../document/product-document.js';

/** Fields that one value can be set in for many products. */
export const SETTABLE_FIELDS = ['title', 'description', 'brand', 'country', 'vat', 'weight', 'dimensions', 'price', 'oldPrice', 'minPrice', 'model', 'archived'] as const;
export type SettableField = (typeof SETTABLE_FIELDS)[number];

export const TEXT_FIELDS = ['title', 'description', 'brand'] as const;
export type TextField = (typeof TEXT_FIELDS)[number];

export const PRICE_FIELDS = ['price', 'oldPrice', 'minPrice'] as const;
export type PriceField = (typeof PRICE_FIELDS)[number];

/** One change, the same for every product that a bulk edit takes. */
export type BulkOperation =
  /** null takes an optional field away. */
  | { readonly op: 'set'; readonly field: SettableField; readonly value: ProductDocument[SettableField] | null }
  /** `find` is taken as it stands; with `wildcards` a "*" in it is any text within a line, the shortest. */
  | {
      readonly op: 'replace-text';
      readonly fields: readonly TextField[];
      readonly find: string;
      readonly replace: string;
      readonly wildcards?: boolean;
      readonly anyCase?: boolean;
    }
  /** `factor` is an exact decimal ("1.1"); the result is rounded half up to whole `step`s of minor units (default 1), never below one step. */
  | { readonly op: 'multiply-price'; readonly fields: readonly PriceField[]; readonly factor: string; readonly step?: number }
  /** With `from` only that beginning of the path is exchanged and what lies under it keeps its place. */
  | { readonly op: 'move-category'; readonly from?: string; readonly to: string }
  | { readonly op: 'add-media'; readonly digest: string; readonly role?: MediaRole; readonly at?: 'start' | 'end' }
  | { readonly op: 'remove-media'; readonly digest: string }
  /** These pictures come first, in this order; the others follow as they stood. */
  | { readonly op: 'reorder-media'; readonly digests: readonly string[] }
  | { readonly op: 'set-attribute'; readonly name: string; readonly value: AttributeValue }
  | { readonly op: 'remove-attribute'; readonly name: string }
  | { readonly op: 'set-override'; readonly channel: string; readonly field: keyof ChannelOverride; readonly value: ChannelOverride[keyof ChannelOverride] | null }
  | { readonly op: 'archive'; readonly archived: boolean };

export const BULK_OPERATIONS = [
  'set',
  'replace-text',
  'multiply-price',
  'move-category',
  'add-media',
  'remove-media',
  'reorder-media',
  'set-attribute',
  'remove-attribute',
  'set-override',
  'archive',
] as const satisfies readonly BulkOperation['op'][];

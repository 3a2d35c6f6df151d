import { any, flag, listOf, oneOf, text, whole, type Shapes } from '../params.js';

interface Plain {
  readonly shape: Shapes[string];
  readonly initial: unknown;
}

const one = (shape: Shapes[string], initial: unknown): Plain => ({ shape, initial });

/** Members that goods and variations keep as they were sent, and what they are until then. */
export const ITEM_PLAIN: Readonly<Record<string, Plain>> = {
  virtual: one(flag, false),
  downloadable: one(flag, false),
  downloads: one(listOf(any), []),
  download_limit: one(whole, -1),
  download_expiry: one(whole, -1),
  tax_status: one(oneOf(['taxable', 'shipping', 'none']), 'taxable'),
  tax_class: one(text, ''),
  low_stock_amount: one(whole, null),
  shipping_class: one(text, ''),
};

export const PRODUCT_PLAIN: Readonly<Record<string, Plain>> = {
  ...ITEM_PLAIN,
  featured: one(flag, false),
  external_url: one(text, ''),
  button_text: one(text, ''),
  sold_individually: one(flag, false),
  reviews_allowed: one(flag, true),
  upsell_ids: one(listOf(whole), []),
  cross_sell_ids: one(listOf(whole), []),
  purchase_note: one(text, ''),
  grouped_products: one(listOf(whole), []),
  default_attributes: one(listOf({ type: 'object', members: {} }), []),
  post_password: one(text, ''),
};

export const initialPlain = (plain: Readonly<Record<string, Plain>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(plain).map(([name, { initial }]) => [name, structuredClone(initial)]));

export const shapesOf = (plain: Readonly<Record<string, Plain>>): Shapes => Object.fromEntries(Object.entries(plain).map(([name, { shape }]) => [name, shape]));

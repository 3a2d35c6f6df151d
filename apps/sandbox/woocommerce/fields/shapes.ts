import { BACKORDERS, STATUSES, STOCK_STATUSES, TYPES, VISIBILITIES, type FacetName } from '../model.js';
import { any, flag, listOf, object, oneOf, text, whole, type Shapes } from '../params.js';
import { ITEM_PLAIN, PRODUCT_PLAIN, shapesOf } from './plain-fields.js';

const image = object({ id: whole, src: text, name: text, alt: text });
const meta = listOf(object({ id: whole, key: text, value: any }));
const term = listOf(object({ id: whole }));

const item: Shapes = {
  status: oneOf(STATUSES),
  description: text,
  sku: text,
  global_unique_id: text,
  regular_price: text,
  sale_price: text,
  date_on_sale_from: text,
  date_on_sale_from_gmt: text,
  date_on_sale_to: text,
  date_on_sale_to_gmt: text,
  stock_quantity: whole,
  stock_status: oneOf(STOCK_STATUSES),
  backorders: oneOf(BACKORDERS),
  weight: text,
  dimensions: object({ length: text, width: text, height: text }),
  menu_order: whole,
  meta_data: meta,
};

export const PRODUCT_SHAPES: Shapes = {
  ...shapesOf(PRODUCT_PLAIN),
  ...item,
  name: text,
  slug: text,
  type: oneOf(TYPES),
  catalog_visibility: oneOf(VISIBILITIES),
  short_description: text,
  manage_stock: flag,
  categories: term,
  tags: term,
  images: listOf(image),
  attributes: listOf(object({ id: whole, name: text, position: whole, visible: flag, variation: flag, options: listOf(text) })),
};

export const VARIATION_SHAPES: Shapes = {
  ...shapesOf(ITEM_PLAIN),
  ...item,
  manage_stock: any,
  image,
  gallery_image_ids: listOf(whole),
  attributes: listOf(object({ id: whole, name: text, option: text })),
};

const FACET_OF: Readonly<Record<string, FacetName>> = {
  name: 'title',
  description: 'description',
  short_description: 'description',
  categories: 'category',
  tags: 'attributes',
  attributes: 'attributes',
  images: 'media',
  image: 'media',
  gallery_image_ids: 'media',
  weight: 'dimensions',
  dimensions: 'dimensions',
  status: 'status',
  catalog_visibility: 'status',
  regular_price: 'price',
  sale_price: 'price',
  date_on_sale_from: 'price',
  date_on_sale_from_gmt: 'price',
  date_on_sale_to: 'price',
  date_on_sale_to_gmt: 'price',
  manage_stock: 'stock',
  stock_quantity: 'stock',
  stock_status: 'stock',
  backorders: 'stock',
  global_unique_id: 'barcodes',
};

/** The facets that a body names. */
export function facetsNamed(body: Readonly<Record<string, unknown>>): Set<FacetName> {
  return new Set(Object.keys(body).flatMap((name) => FACET_OF[name] ?? []));
}

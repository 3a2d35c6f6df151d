import type { ProductDocument } from '../document/product-document.js';

/** The text whose words, in any Russian form, a product is found by. */
export function searchWords({ title, brand }: Pick<ProductDocument, 'title' | 'brand'>): string {
  return brand === undefined ? title : `${title} ${brand}`;
}

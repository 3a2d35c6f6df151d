import type { ProductDocument } from './product-document.js';

/** One revision of a product as a channel sees it: what the channel is told differently is already applied. */
export type ProductView = Omit<ProductDocument, 'overrides' | 'translations' | 'externalIds'> & { readonly revision: number };

/** Applies the channel's override: single fields replace, attributes replace one by one. */
export function viewForChannel(document: ProductDocument, revision: number, channel: string): ProductView {
  const { overrides, translations: _translations, externalIds: _externalIds, ...master } = document;
  const own = overrides?.[channel];
  if (!own) return { ...master, revision };
  const { attributes, ...fields } = own;
  return { ...master, ...fields, attributes: { ...master.attributes, ...attributes }, revision };
}

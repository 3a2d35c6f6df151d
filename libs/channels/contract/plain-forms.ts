import { line, paragraphs } from '#kernel';
import type { Dimensions, Facet, FacetValue, FacetValues, PriceValue } from './facets.js';

/** The canonical form of each facet's document; applying a form twice changes nothing. */
export type FacetForms = { readonly [F in Facet]: (value: FacetValues[F]) => FacetValues[F] };

/** Normal forms that do not depend on the channel. A channel adds `attributes` and replaces what it holds more coarsely. */
export const plainForms: Omit<FacetForms, 'attributes'> = {
  category: (value) => value.trim(),
  title: line,
  description: paragraphs,
  media: (value) => value.map((url) => url.trim()).filter((url) => url !== ''),
  dimensions: (value): Dimensions => ({ length: Math.round(value.length), width: Math.round(value.width), height: Math.round(value.height), weight: Math.round(value.weight) }),
  barcodes: (value) => [...new Set(value.map((code) => code.trim()).filter((code) => code !== ''))].sort(),
  presence: (value) => value,
  status: ({ sellable, moderation, causes, refusals }) => ({ sellable, moderation, causes, refusals }),
  price: (value): PriceValue => ({
    price: value.price,
    ...(value.old === undefined || value.old === 0 ? {} : { old: value.old }),
    ...(value.min === undefined || value.min === 0 ? {} : { min: value.min }),
    currency: value.currency,
  }),
  stock: (value) => Math.trunc(value),
};

/** A channel's `normalise`, made of its forms. */
export function normaliser(forms: FacetForms): <F extends Facet>(facet: F, value: FacetValue) => FacetValue {
  return (facet, value) => (forms[facet] as (value: FacetValue) => FacetValue)(value);
}

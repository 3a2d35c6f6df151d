import type { CardValues, Facet, FacetValue, OfferValues } from './facets.js';

/** Facets that hang on an offer; the rest hang on the card. */
export const OFFER_FACETS = ['barcodes', 'price', 'stock'] as const satisfies readonly Facet[];
export type OfferFacet = (typeof OFFER_FACETS)[number];

export function isOfferFacet(facet: Facet): facet is OfferFacet {
  return (OFFER_FACETS as readonly Facet[]).includes(facet);
}

/** One row of a facet: `part` names the offer, for stock the warehouse, or both; empty for what the card has once. */
export interface FacetDocument {
  readonly facet: Facet;
  readonly part: string;
  readonly value: FacetValue;
}

/** The part of an offer, of a warehouse of it when given. Offer names are escaped, so that the two never run together. */
export function offerPart(offer: string, warehouse?: string): string {
  const name = encodeURIComponent(offer);
  return warehouse === undefined ? name : `${name}/${warehouse}`;
}

/** The documents of the card's offers, in the order of the offers. */
export function offerDocuments(offers: NonNullable<CardValues['offers']>, facet: OfferFacet): FacetDocument[] {
  return Object.entries(offers).flatMap(([offer, values]): FacetDocument[] => {
    if (facet === 'stock') return Object.entries(values.stock ?? {}).map(([warehouse, value]) => ({ facet, part: offerPart(offer, warehouse), value }));
    const value = values[facet];
    return value === undefined ? [] : [{ facet, part: offerPart(offer), value }];
  });
}

/** The value of one row; undefined when the card has no such offer, warehouse or value. */
export function valueOfPart(values: CardValues | undefined, facet: Facet, part: string): FacetValue | undefined {
  if (values === undefined) return undefined;
  if (!isOfferFacet(facet)) return values[facet];
  if (values.offers === undefined) return facet === 'stock' ? values.stock?.[part] : part === '' ? values[facet] : undefined;
  const { offer, warehouse } = readPart(part);
  const own = values.offers[offer];
  return facet === 'stock' ? own?.stock?.[warehouse] : own?.[facet];
}

/** Puts the documents of some rows together again; `multi` when the card has several offers. */
export function valuesOfParts(documents: readonly FacetDocument[], multi: boolean): CardValues {
  const values: Record<string, unknown> = {};
  const stock: Record<string, number> = {};
  const offers: Record<string, { -readonly [F in keyof OfferValues]: OfferValues[F] }> = {};
  for (const { facet, part, value } of documents) {
    if (!isOfferFacet(facet)) values[facet] = value;
    else if (!multi && facet === 'stock') stock[part] = value as number;
    else if (!multi) values[facet] = value;
    else {
      const { offer, warehouse } = readPart(part);
      const own = (offers[offer] ??= {});
      if (facet === 'stock') own.stock = { ...own.stock, [warehouse]: value as number };
      else Object.assign(own, { [facet]: value });
    }
  }
  if (Object.keys(stock).length > 0) values['stock'] = stock;
  if (Object.keys(offers).length > 0) values['offers'] = offers;
  return values as CardValues;
}

/** Only these facets, of the card and of its offers. */
export function pickFacets(values: CardValues, facets: readonly Facet[]): CardValues {
  const wanted = new Set<string>(facets);
  const { offers, ...rest } = values;
  const own = Object.fromEntries(Object.entries(rest).filter(([facet]) => wanted.has(facet)));
  if (offers === undefined || !OFFER_FACETS.some((facet) => wanted.has(facet))) return own as CardValues;
  const picked = Object.entries(offers).map(([offer, of]) => [offer, Object.fromEntries(Object.entries(of).filter(([facet]) => wanted.has(facet)))]);
  return { ...own, offers: Object.fromEntries(picked) } as CardValues;
}

function readPart(part: string): { offer: string; warehouse: string } {
  const at = part.indexOf('/');
  const offer = at < 0 ? part : part.slice(0, at);
  return { offer: decodeURIComponent(offer), warehouse: at < 0 ? '' : part.slice(at + 1) };
}

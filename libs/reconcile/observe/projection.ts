import { fingerprint, fingerprintOf } from '#kernel';
import {
  FACETS,
  isOfferFacet,
  offerDocuments,
  valueOfPart,
  type AttributeValue,
  type CardValues,
  type Facet,
  type FacetDocument,
  type FacetValue,
  type ObservedCard,
} from '#channels/contract';

export type { FacetDocument };

/** Splits a card's values into facet documents: one for each offer and warehouse of what hangs on them. */
export function facetDocuments(values: CardValues): FacetDocument[] {
  return FACETS.flatMap((facet): FacetDocument[] => {
    if (values.offers !== undefined && isOfferFacet(facet)) return offerDocuments(values.offers, facet);
    if (facet === 'stock') return Object.entries(values.stock ?? {}).map(([part, value]) => ({ facet, part, value }));
    const value = values[facet];
    return value === undefined ? [] : [{ facet, part: '', value }];
  });
}

export const valueOf = valueOfPart;

/** The one number that gates a card in a bulk read: the same as last time needs no further look. Another projection of the channel reads every card anew. */
export function cardPrint(card: ObservedCard, projection: number): string {
  return fingerprint(`${projection} ${card.externalId} ${card.print ?? JSON.stringify(card.values)}`);
}

type Attributes = Readonly<Record<string, readonly AttributeValue[]>>;

/** Attribute paths ("attributes.10096") that are neither compared nor sent; a bare facet name is handled by its row's state. */
function maskedIds(masks: readonly string[]): ReadonlySet<string> {
  return new Set(masks.filter((path) => path.startsWith('attributes.')).map((path) => path.slice('attributes.'.length)));
}

/** What is wanted, without the paths that were refused or are ignored. */
export function desiredView(facet: Facet, desired: FacetValue, masks: readonly string[]): FacetValue {
  if (facet !== 'attributes' || masks.length === 0) return desired;
  const masked = maskedIds(masks);
  return Object.fromEntries(Object.entries(desired as Attributes).filter(([id]) => !masked.has(id)));
}

/** What is live, reduced to what we own: attributes nobody asked for are not ours to judge. */
export function observedView(facet: Facet, observed: FacetValue, desired: FacetValue | undefined, masks: readonly string[]): FacetValue {
  if (facet !== 'attributes' || desired === undefined) return observed;
  const masked = maskedIds(masks);
  const owned = desired as Attributes;
  return Object.fromEntries(Object.entries(observed as Attributes).filter(([id]) => id in owned && !masked.has(id)));
}

export function printOf(value: FacetValue): string {
  return fingerprintOf(value);
}

import { fingerprint, fingerprintOf } from '#kernel';
import { FACETS, type AttributeValue, type CardValues, type Facet, type FacetValue, type ObservedCard } from '#channels/contract';

/** One facet of a card, `stock` of one warehouse. */
export interface FacetDocument {
  readonly facet: Facet;
  readonly part: string;
  readonly value: FacetValue;
}

/** Splits a card's values into facet documents; stock gives one for each warehouse. */
export function facetDocuments(values: CardValues): FacetDocument[] {
  const documents: FacetDocument[] = [];
  for (const facet of FACETS) {
    if (facet === 'stock') {
      for (const [part, value] of Object.entries(values.stock ?? {})) documents.push({ facet, part, value });
      continue;
    }
    const value = values[facet];
    if (value !== undefined) documents.push({ facet, part: '', value });
  }
  return documents;
}

export function valueOf(values: CardValues | undefined, facet: Facet, part: string): FacetValue | undefined {
  return facet === 'stock' ? values?.stock?.[part] : values?.[facet];
}

/** The one number that gates a card in a bulk read: the same text as last time needs no further look. */
export function cardPrint(card: ObservedCard): string {
  return fingerprint(`${card.externalId} ${JSON.stringify(card.values)}`);
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

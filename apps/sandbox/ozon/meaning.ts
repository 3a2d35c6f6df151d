import { digest } from '../digest.js';
import { plainText } from '../plain-text.js';
import { ATTR_DESCRIPTION, ATTR_TITLE, type Attribute, type Card, type Content, type FacetName } from './model.js';

export { digest, plainText };

export function attributeText(content: Content, id: number): string {
  return content.attributes.find((a) => a.id === id)?.values[0]?.value ?? '';
}

function attributesMeaning(attributes: readonly Attribute[]): string {
  return JSON.stringify(
    attributes
      .filter((a) => a.id !== ATTR_TITLE && a.id !== ATTR_DESCRIPTION && a.values.length > 0)
      .map((a) => [a.id, a.complex_id, a.values.map((v) => (v.dictionary_value_id ? `#${v.dictionary_value_id}` : plainText(v.value))).sort()])
      .sort((a, b) => Number(a[0]) - Number(b[0])),
  );
}

const MILLIMETRES: Record<string, number> = { mm: 1, cm: 10, in: 25.4 };
const GRAMS: Record<string, number> = { g: 1, kg: 1000, lb: 453.592 };

function dimensionsMeaning(c: Content): string {
  const mm = MILLIMETRES[c.dimensionUnit] ?? 1;
  const g = GRAMS[c.weightUnit] ?? 1;
  return JSON.stringify([...[c.depth, c.width, c.height].map((x) => Math.round(x * mm)), Math.round(c.weight * g)]);
}

type ContentFacet = 'category' | 'title' | 'description' | 'media' | 'attributes' | 'dimensions';
export const CONTENT_FACETS: readonly ContentFacet[] = ['category', 'title', 'description', 'media', 'attributes', 'dimensions'];

/** What a content facet means, free of everything the channel may change without harm: equal strings mean the same. */
export function contentMeaning(content: Content, facet: ContentFacet): string {
  switch (facet) {
    case 'category':
      return `${content.categoryId}/${content.typeId}`;
    case 'title':
      return plainText(content.name);
    case 'description':
      return plainText(attributeText(content, ATTR_DESCRIPTION));
    case 'media':
      return content.pictures.map((p) => p.hash).join(',');
    case 'attributes':
      return attributesMeaning([...content.attributes, ...content.complexAttributes]);
    case 'dimensions':
      return dimensionsMeaning(content);
  }
}

export function meaning(card: Card, facet: FacetName): string {
  switch (facet) {
    case 'presence':
      return card.removed ? 'absent' : card.archived ? 'archived' : 'listed';
    case 'status':
      return statusMeaning(card);
    case 'price':
      return JSON.stringify([card.price.price, card.price.oldPrice, card.price.minPrice, card.price.currency]);
    case 'stock':
      return stockMeaning(card);
    case 'barcodes':
      return [...card.barcodes].sort().join(',');
    default:
      return contentMeaning(card.live, facet);
  }
}

/** What is offered for sale, per warehouse, without what is reserved. */
function stockMeaning(card: Card): string {
  return JSON.stringify(
    Object.entries(card.stocks)
      .map(([warehouse, s]) => [warehouse, s.present - s.reserved] as const)
      .filter(([, free]) => free !== 0)
      .sort((a, b) => (a[0] < b[0] ? -1 : 1)),
  );
}

function statusMeaning(card: Card): string {
  if (card.stuck) return 'stuck';
  if (card.hidden) return 'hidden';
  if (card.quarantined) return 'quarantined';
  if (card.sku === 0) return card.declined ? 'declined' : 'new';
  return 'ok';
}

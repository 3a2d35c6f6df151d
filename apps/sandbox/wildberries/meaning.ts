import { plainText } from '../plain-text.js';
import type { Card, Characteristic, FacetName } from './model.js';
import { characteristicOf } from './subjects.js';

/** What a facet of a card means, free of everything the market may change without harm: equal texts mean the same. */
export function meaning(card: Card, facet: FacetName): string {
  switch (facet) {
    case 'category':
      return String(card.subjectID);
    case 'title':
      return plainText(card.title);
    case 'description':
      return plainText(card.description);
    case 'media':
      return card.pictures.map((picture) => picture.hash).join(',');
    case 'attributes':
      return JSON.stringify([plainText(card.brand), card.kizMarked, attributesMeaning(card.subjectID, card.characteristics), sorted(card.more)]);
    case 'dimensions':
      return JSON.stringify([card.dimensions.length, card.dimensions.width, card.dimensions.height, card.dimensions.grams]);
    case 'presence':
      return card.removed ? 'absent' : card.trashedAt > 0 ? 'trashed' : 'listed';
    case 'status':
      return card.blocked ? 'blocked' : card.shadowed ? 'hidden' : card.quarantine ? 'quarantined' : 'ok';
    case 'price':
      return JSON.stringify([...card.sizes.map((size) => [size.chrtID, size.price]), card.discount, card.clubDiscount]);
    case 'stock':
      return stockMeaning(card);
    case 'barcodes':
      return card.sizes
        .flatMap((size) => size.skus.map((sku) => `${size.techSize}/${sku}`))
        .sort()
        .join(',');
  }
}

function attributesMeaning(subjectId: number, characteristics: readonly Characteristic[]): unknown {
  return characteristics
    .map(
      ({ id, value }) =>
        [
          id,
          characteristicOf(subjectId, id)?.type === 4
            ? Number(value)
            : [value]
                .flat()
                .map((word) => plainText(String(word)).toLowerCase())
                .sort(),
        ] as const,
    )
    .filter(([, value]) => typeof value === 'number' || value.length > 0)
    .sort((a, b) => a[0] - b[0]);
}

function stockMeaning(card: Card): string {
  return JSON.stringify(
    Object.entries(card.stocks)
      .flatMap(([warehouse, sizes]) => Object.entries(sizes).map(([chrt, amount]) => [warehouse, chrt, amount] as const))
      .filter(([, , amount]) => amount !== 0)
      .sort((a, b) => (`${a[0]}/${a[1]}` < `${b[0]}/${b[1]}` ? -1 : 1)),
  );
}

function sorted(more: Record<string, unknown>): unknown {
  return Object.entries(more).sort(([a], [b]) => (a < b ? -1 : 1));
}

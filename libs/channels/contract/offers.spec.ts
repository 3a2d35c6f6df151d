import { describe, expect, it } from '@jest/globals';
import type { CardValues } from './facets.js';
import { offerDocuments, offerPart, pickFacets, valueOfPart, valuesOfParts } from './offers.js';

const price = (minor: number) => ({ price: minor, currency: 'RUB' });
const shirt: CardValues = {
  title: 'Рубашка',
  offers: {
    '42/44': { barcodes: ['4600000000017'], price: price(100_00), stock: { 'склад/1': 3, main: 5 } },
    XL: { barcodes: ['4600000000024'], price: price(120_00), stock: { main: 0 } },
  },
};

describe('offers of a card', () => {
  it('name every offer and warehouse, whatever signs their names hold', () => {
    expect(offerDocuments(shirt.offers ?? {}, 'stock').map(({ part, value }) => [part, value])).toEqual([
      ['42%2F44/склад/1', 3],
      ['42%2F44/main', 5],
      ['XL/main', 0],
    ]);
    expect(offerDocuments(shirt.offers ?? {}, 'price').map(({ part }) => part)).toEqual(['42%2F44', 'XL']);
  });

  it('find the value of each part and nothing for a part that is not there', () => {
    expect(valueOfPart(shirt, 'stock', offerPart('42/44', 'склад/1'))).toBe(3);
    expect(valueOfPart(shirt, 'price', offerPart('XL'))).toEqual(price(120_00));
    expect([valueOfPart(shirt, 'price', ''), valueOfPart(shirt, 'stock', 'main'), valueOfPart(shirt, 'stock', offerPart('S', 'main'))]).toEqual([undefined, undefined, undefined]);
    expect(valueOfPart({ price: price(1), stock: { main: 2 } }, 'stock', 'main')).toBe(2);
    expect(valueOfPart({ price: price(1) }, 'price', '')).toEqual(price(1));
  });

  it('are the same after being taken apart and put together', () => {
    const documents = [
      { facet: 'title' as const, part: '', value: 'Рубашка' },
      ...(['barcodes', 'price', 'stock'] as const).flatMap((facet) => offerDocuments(shirt.offers ?? {}, facet)),
    ];
    expect(valuesOfParts(documents, true)).toEqual(shirt);
    const single = [
      { facet: 'price' as const, part: '', value: price(1) },
      { facet: 'stock' as const, part: 'main', value: 4 },
    ];
    expect(valuesOfParts(single, false)).toEqual({ price: price(1), stock: { main: 4 } });
  });

  it('are carried only with the facets asked for', () => {
    expect(pickFacets(shirt, ['price'])).toEqual({ offers: { '42/44': { price: price(100_00) }, XL: { price: price(120_00) } } });
    expect(pickFacets(shirt, ['title'])).toEqual({ title: 'Рубашка' });
  });
});

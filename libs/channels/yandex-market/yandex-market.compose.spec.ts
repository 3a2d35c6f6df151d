import { describe, expect, it } from '@jest/globals';
import { Refused } from '#kernel';
import type { CardValues, ProductSnapshot } from '#channels/contract';
import { callOf } from './fixtures/scripted-yandex-market.js';

const DOCUMENT = { categoryId: '91657', priceOf: 'business' } as const;
const PARAMETERS = [
  { parameterId: 14871214, unitId: 2, value: '0.5' },
  { parameterId: 7893318, valueId: 153061, value: 'Makita' },
];
const ATTRIBUTES = { '7893318': [{ id: '153061', text: 'Makita' }], '14871214': [{ id: 'unit:1', text: '710 Вт' }], vendor: [{ text: 'Makita' }] };
const WHOLE: CardValues = {
  category: '91657',
  title: 'Дрель',
  description: 'Сверлит.',
  media: ['d1'],
  attributes: ATTRIBUTES,
  dimensions: { length: 355, width: 280, height: 98, weight: 2100 },
  barcodes: ['4607001234562'],
  price: { price: 899_000, old: 999_000, currency: 'RUB' },
};
const product = { sku: 'A', country: 'Япония', vat: 22, minPrice: { minor: 850_000, currency: 'RUB' }, price: { minor: 899_000, currency: 'RUB' } } as ProductSnapshot;
const body = (...args: Parameters<typeof callOf>) => callOf(...args).body as { call: string; item: { offer: Record<string, unknown> } & Record<string, unknown> };

describe('a new card', () => {
  it('has all that is asked for; its price goes by a call of its own, which can name the floor', () => {
    expect(body('card', { key: 'A', values: WHOLE, mediaUrls: ['https://shop.test/1.jpg'], product })).toEqual({
      call: 'updateOffers',
      item: {
        offer: {
          offerId: 'A',
          marketCategoryId: 91657,
          name: 'Дрель',
          description: 'Сверлит.',
          pictures: ['https://shop.test/1.jpg'],
          weightDimensions: { length: 35.5, width: 28, height: 9.8, weight: 2.1 },
          vendor: 'Makita',
          barcodes: ['4607001234562'],
          manufacturerCountries: ['Япония'],
          parameterValues: [
            { parameterId: 7893318, valueId: 153061, value: 'Makita' },
            { parameterId: 14871214, unitId: 1, value: '710' },
          ],
        },
      },
    });
  });

  it('without a brand says so, in the words Market asks for; one that is there gets no such words', () => {
    const schema = [{ id: '7893318', name: 'Бренд', type: 'ENUM', required: true, customValues: true, values: [], units: [] }];
    const references = (key: string) => (key === 'parameters:91657' ? schema : undefined);
    const values = { ...WHOLE, attributes: {} };
    const made = body('card', { key: 'A', values, mediaUrls: ['https://shop.test/1.jpg'] }, references).item.offer;
    expect([made['vendor'], made['parameterValues']]).toEqual(['Нет бренда', [{ parameterId: 7893318, value: 'Нет бренда' }]]);
    const change = { key: 'A', values: { attributes: {}, title: 'Новое' }, document: { ...DOCUMENT, parameters: [] } };
    expect(body('offer', change, references).item.offer).toEqual({ offerId: 'A', name: 'Новое' });
    expect(body('offer', { ...change, dropAttributes: ['vendor', '7893318'] }, references).item.offer).toEqual({
      ...{ offerId: 'A', name: 'Новое', marketCategoryId: 91657 },
      ...{ vendor: 'Нет бренда', parameterValues: [{ parameterId: 7893318, value: 'Нет бренда' }] },
    });
  });

  it('is not composed without its title', () => {
    const { title: _title, ...rest } = WHOLE;
    expect(() => body('card', { key: 'A', values: rest, mediaUrls: ['u'] })).toThrow(Refused);
  });
});

describe('a change', () => {
  it('names only what changes', () => {
    expect(body('offer', { key: 'A', values: { title: 'Новое' } }).item).toEqual({ offer: { offerId: 'A', name: 'Новое' } });
  });

  it('of the category alone names nothing else', () => {
    const { item } = body('card', { key: 'A', values: { category: '555' }, carry: { barcodes: ['77'] }, document: { ...DOCUMENT, parameters: PARAMETERS } });
    expect(item.offer).toEqual({ offerId: 'A', marketCategoryId: 555 });
  });

  it('of the category with its characteristics leaves out what the new one has no place for', () => {
    const references = (key: string) => (key === 'parameters:555' ? [{ id: '7893318' }, { id: '8' }] : undefined);
    const values: CardValues = { category: '555', attributes: { '8': [{ text: 'да' }] } };
    const { item } = body('card', { key: 'A', values, document: { ...DOCUMENT, parameters: PARAMETERS } }, references);
    expect(item.offer).toEqual({
      offerId: 'A',
      marketCategoryId: 555,
      parameterValues: [
        { parameterId: 8, value: 'да' },
        { parameterId: 7893318, valueId: 153061, value: 'Makita' },
      ],
    });
  });

  it('of barcodes keeps those of others', () => {
    expect(body('barcodes', { key: 'A', values: { barcodes: ['1'] }, carry: { barcodes: ['1', '2'] }, document: DOCUMENT }).item.offer).toEqual({
      offerId: 'A',
      barcodes: ['1', '2'],
    });
  });

  it('of characteristics is the full set, ours over the live ones as they are, with empty values for what is to go', () => {
    const parameters = [...PARAMETERS, { parameterId: 5, value: 'чужое', unitId: 3 }, { parameterId: 6, valueId: 61 }, { parameterId: 9, value: 'прочь' }];
    expect(body('offer', { key: 'A', values: { attributes: ATTRIBUTES }, dropAttributes: ['9'], document: { ...DOCUMENT, parameters } })).toEqual({
      call: 'updateOffers',
      item: {
        offer: {
          offerId: 'A',
          marketCategoryId: 91657,
          vendor: 'Makita',
          parameterValues: [
            { parameterId: 5, value: 'чужое', unitId: 3 },
            { parameterId: 6, valueId: 61 },
            { parameterId: 7893318, valueId: 153061, value: 'Makita' },
            { parameterId: 14871214, unitId: 1, value: '710' },
            { parameterId: 9, value: '' },
          ],
        },
      },
    });
  });

  it('of characteristics takes along what else of the offer changes, and leaves the brand alone that is not ours', () => {
    const values: CardValues = { attributes: { '8': [{ text: 'да' }] }, title: 'Новое', dimensions: WHOLE.dimensions };
    expect(body('offer', { key: 'A', values, document: { ...DOCUMENT, parameters: [] } }).item.offer).toEqual({
      offerId: 'A',
      marketCategoryId: 91657,
      name: 'Новое',
      weightDimensions: { length: 35.5, width: 28, height: 9.8, weight: 2.1 },
      parameterValues: [{ parameterId: 8, value: 'да' }],
    });
  });

  it('says nothing by an empty text or list', () => {
    expect(() => body('offer', { key: 'A', values: { attributes: {} }, document: DOCUMENT })).toThrow(Refused);
    expect(body('offer', { key: 'A', values: { title: 'Новое', description: '', media: [] }, mediaUrls: [] }).item).toEqual({ offer: { offerId: 'A', name: 'Новое' } });
  });
});

describe('a price', () => {
  const price = { price: 899_050, old: 999_000, currency: 'RUB' };
  it('of all stores never erases the floor for promotions', () => {
    expect(body('prices', { key: 'A', values: { price }, product, document: DOCUMENT })).toEqual({
      call: 'commonPrices',
      item: { offerId: 'A', price: { value: 8990.5, currencyId: 'RUR', discountBase: 9990, minimumForBestseller: 8500 } },
    });
    expect(body('prices', { key: 'A', values: { price }, document: { ...DOCUMENT, promotionFloor: 700_000 } }).item).toMatchObject({ price: { minimumForBestseller: 7000 } });
    expect(body('prices', { key: 'A', values: { price: { price: 100, currency: 'KZT' } }, document: DOCUMENT }).item).toEqual({
      offerId: 'A',
      price: { value: 1, currencyId: 'KZT' },
    });
  });

  it('of one store goes there with the VAT', () => {
    const { call, item } = body('prices', { key: 'A', values: { price }, product, document: { ...DOCUMENT, priceOf: 'store' } });
    expect([call, item]).toEqual(['storePrices', { offerId: 'A', price: { value: 8990.5, currencyId: 'RUR', discountBase: 9990, vat: 14 } }]);
  });
});

describe('a release', () => {
  it('is nothing where no call can help', () => {
    expect(() => body('release', { key: 'A', values: {}, product, document: { ...DOCUMENT, storeStatus: 'REJECTED_BY_MARKET' } })).toThrow(/nothing-to-release/);
  });
});

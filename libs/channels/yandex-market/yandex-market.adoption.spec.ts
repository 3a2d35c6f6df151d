import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { AttributeValue, CardValues, FacetValues } from '#channels/contract';
import { adoptedProduct, changedByAdoption } from '#channels/testkit';
import { yandexMarket } from './index.js';
import { normalise } from './yandex-market.normalise.js';
import type { Parameter } from './yandex-market.references.js';

const parameter = (id: string, name: string, type: Parameter['type'], part: Partial<Parameter> = {}): Parameter => ({
  ...{ id, name, type, required: false, multivalue: false, customValues: false, units: [], defaultUnit: '', values: [] },
  ...part,
});
const POWER = [
  { id: '1', name: 'Вт' },
  { id: '2', name: 'кВт' },
];
const SCHEMA: readonly Parameter[] = [
  parameter('7893318', 'Бренд', 'ENUM', { required: true, customValues: true, values: [{ id: '153061', value: 'Makita' }] }),
  parameter('14871214', 'Мощность', 'NUMERIC', { units: POWER, defaultUnit: '1', min: 0, max: 5000 }),
  parameter('3', 'Длины', 'NUMERIC', { multivalue: true }),
  parameter('4', 'Цвет', 'ENUM', {
    multivalue: true,
    values: [
      { id: '41', value: 'красный' },
      { id: '42', value: 'Красный' },
      { id: '43', value: 'синий, матовый' },
    ],
  }),
  parameter('5', 'Патрон', 'BOOLEAN'),
  parameter('6', 'Комплект', 'TEXT', { maxLength: 30 }),
  parameter('7', 'Особенности', 'TEXT', { multivalue: true }),
  parameter('8', 'Страна производства', 'ENUM', { values: [{ id: '81', value: 'Китай' }] }),
  parameter('200', 'Название группы', 'TEXT'),
];
const KNOWN: Readonly<Record<string, unknown>> = {
  tree: [
    { id: '91657', names: ['Инструменты', 'Ударные дрели'] },
    { id: '91658', names: ['Инструменты', 'Дрели'] },
    { id: '91659', names: ['Кукольный дом', 'Дрели'] },
    { id: '91660', names: ['Дом', 'Полка'] },
    { id: '91661', names: ['Дом', 'Полки'] },
  ],
  ...Object.fromEntries(['91657', '91658', '91659', '91660', '91661'].map((id) => [`parameters:${id}`, SCHEMA])),
  cabinet: { currency: 'RUB' },
  warehouses: [{ id: '555', name: 'Склад', active: true, version: 3 }],
};
const references = (key: string) => KNOWN[key];

const card = (part: CardValues = {}) => ({
  key: 'A-1',
  ids: { marketSku: '100' },
  values: {
    category: '91657',
    title: 'Дрель Makita HP1630',
    description: '<p>Мощность <b>710</b> Вт.</p>',
    media: ['https://cdn.test/1.jpg'],
    attributes: {
      '4': [
        { id: '41', text: 'красный' },
        { id: '43', text: 'синий, матовый' },
      ],
      '5': [{ text: 'true' }],
      '8': [{ id: '81', text: 'Китай' }],
      '200': [{ text: 'HP1630' }],
      '999': [{ text: 'чужое' }],
      '7893318': [{ id: '153061', text: 'Makita' }],
      '14871214': [{ id: 'unit:2', text: '0.71 кВт' }],
      vendor: [{ text: 'Makita' }],
    },
    dimensions: { length: 355, width: 280, height: 98, weight: 2100 },
    barcodes: ['4607001234562'],
    presence: 'listed',
    status: { sellable: true, moderation: 'approved', causes: [], refusals: [] },
    price: { price: 8990_00, old: 9990_00, currency: 'RUB' },
    stock: { '555': 7 },
    ...part,
  } satisfies CardValues as CardValues,
});

describe('a card of Yandex Market made into a product', () => {
  it('says by name what the card says by number', () => {
    expect(adoptedProduct(yandexMarket, card(), references)).toEqual({
      sku: 'A-1',
      revision: 1,
      title: 'Дрель Makita HP1630',
      description: '<p>Мощность <b>710</b> Вт.</p>',
      category: 'Инструменты / Ударные дрели',
      brand: 'Makita',
      country: 'Китай',
      attributes: { Мощность: { value: 0.71, unit: 'кВт' }, Цвет: ['красный', 'синий, матовый'], Патрон: true, 'Название группы': 'HP1630' },
      media: [{ digest: 'of https://cdn.test/1.jpg' }],
      dimensions: { length: 355, width: 280, height: 98 },
      weight: 2100,
      barcodes: ['4607001234562'],
      price: { minor: 8990_00, currency: 'RUB' },
      oldPrice: { minor: 9990_00, currency: 'RUB' },
      stock: { '555': 7 },
      archived: false,
    });
  });

  it.each([
    ['one of two categories of one name', '91659', 'Кукольный дом / Дрели'],
    ['a category that another one stands before', '91661', 'Дом / Полки'],
    ['a category that is not in the tree', '1', ''],
  ])('finds the way back to %s', (_what, category, path) => {
    expect(adoptedProduct(yandexMarket, card({ category }), references).category).toBe(path);
  });

  it('has no brand where Market shows that there is none', () => {
    const none = 'Нет бренда';
    const shown = card({ attributes: { '7893318': [{ text: none }], vendor: [{ text: none }] } });
    expect(adoptedProduct(yandexMarket, shown, references).brand).toBeUndefined();
    expect(changedByAdoption(yandexMarket, shown, references)).toEqual([]);
  });

  it('is left without a brand where the card names none', () => {
    const shown = card({ attributes: { '5': [{ text: 'true' }] } });
    expect(changedByAdoption(yandexMarket, shown, references)).toEqual([]);
    const { values } = yandexMarket.render(adoptedProduct(yandexMarket, shown, references), { categories: {}, attributes: {}, currency: 'RUB' }, references);
    expect(values.attributes).toEqual({ '5': [{ text: 'true' }] });
  });

  it('is shown unchanged, whatever stood on the card', () => {
    const text = fc.oneof(
      fc.constantFrom('красный', 'синий, матовый', 'красный; синий', '10', '1,5', 'Да', 'true', 'Китай', '0.5 кВт', '350 мл', 'Makita'),
      fc.string({ minLength: 1, maxLength: 20, unit: fc.constantFrom(...'абв ;,.1%<>&Ёё"') }),
    );
    const value: fc.Arbitrary<AttributeValue> = fc.oneof(
      text.map((one) => ({ text: one })),
      fc.constantFrom(
        { id: '41', text: 'красный' },
        { id: '42', text: 'Красный' },
        { id: '43', text: 'синий, матовый' },
        { id: '81', text: 'Китай' },
        { id: '9999', text: 'не из списка' },
      ),
      fc
        .tuple(fc.constantFrom('1', '2', '9'), fc.integer({ min: -10, max: 9000 }))
        .map(([unit, n]) => ({ id: `unit:${unit}`, text: `${n} ${POWER.find(({ id }) => id === unit)?.name ?? ''}`.trim() })),
    );
    const ids = SCHEMA.map(({ id }) => id).filter((id) => id !== '7893318');
    const attributes = fc
      .tuple(fc.dictionary(fc.constantFrom(...ids, '999'), fc.array(value, { minLength: 1, maxLength: 4 }), { maxKeys: 10 }), fc.constantFrom('Makita', 'Ясень', 'Нет бренда', ''))
      .map(([own, vendor]) => (vendor === '' ? own : { ...own, '7893318': [vendor === 'Makita' ? { id: '153061', text: vendor } : { text: vendor }], vendor: [{ text: vendor }] }));
    const live = fc.record({
      category: fc.constantFrom('91657', '91658', '91659', '91660', '91661', '1'),
      title: text,
      description: text,
      attributes,
      price: fc.tuple(fc.integer({ min: 1, max: 100_000_00 }), fc.integer({ min: 5, max: 99 }), fc.boolean()).map(([price, percent, discounted]) => {
        const old = Math.ceil(price / (100 - percent)) * 100;
        return { price, ...(discounted && ((old - price) * 100) / old <= 99 ? { old } : {}), currency: 'RUB' };
      }),
      stock: fc.nat(100_000).map((pieces) => ({ '555': pieces })),
      dimensions: fc.record({ length: fc.nat(2000), width: fc.nat(2000), height: fc.nat(2000), weight: fc.nat(50_000) }),
      presence: fc.constantFrom('listed' as const, 'archived' as const),
    });
    fc.assert(
      fc.property(live, (shown) => {
        const canonical = Object.fromEntries(
          Object.entries(shown).map(([facet, one]) => [facet, facet === 'stock' ? one : normalise(facet as keyof FacetValues, one as never)]),
        ) as CardValues;
        expect(changedByAdoption(yandexMarket, card(canonical), references)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

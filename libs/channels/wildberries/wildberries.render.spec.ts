import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { AccountRules, ProductSnapshot } from '#channels/contract';
import { characteristic } from './fixtures/characteristic.js';
import { isEcho } from './wildberries.echo.js';
import { normalise } from './wildberries.normalise.js';
import { formOfCanonical, valueOfForm } from './wildberries.price-form.js';
import type { Characteristic } from './wildberries.references.js';
import { needs, render } from './wildberries.render.js';
import { findSubject, suggestSubjects } from './wildberries.subjects.js';

const RULES: AccountRules = { categories: {}, attributes: {}, currency: 'RUB' };
const SUBJECTS = [
  { id: '815', name: 'Чайники электрические', parent: 'Техника для кухни' },
  { id: '816', name: 'Кружки', parent: 'Посуда и инвентарь' },
  { id: '817', name: 'Кружки', parent: 'Сувениры' },
];
const SCHEMA: readonly Characteristic[] = [
  characteristic('14177449', 'Цвет', { maxCount: 5 }),
  characteristic('90702', 'Мощность', { type: 'number', unit: 'Вт' }),
  characteristic('89', 'Материал корпуса', { required: true, maxCount: 3 }),
  characteristic('14177451', 'Страна производства', { maxCount: 1 }),
  characteristic('1', 'Бренд', { named: true, required: true }),
  characteristic('2', 'Старое поле', { type: 'unused', required: true }),
];
const KNOWN: Readonly<Record<string, unknown>> = {
  subjects: SUBJECTS,
  warehouses: [
    { id: '6', name: 'DBS', active: false },
    { id: '7', name: 'FBS', active: true },
    { id: '9', name: 'FBS 2', active: true },
  ],
  'charcs:815': SCHEMA,
  'directory:colors': ['красный', 'тёмно-синий'],
  'directory:countries': ['Россия', 'Китай'],
};
const references = (key: string) => KNOWN[key];
const product = (part: Partial<ProductSnapshot> = {}): ProductSnapshot => ({
  sku: 'KETTLE-1',
  revision: 1,
  title: 'Чайник электрический',
  description: '<p>Кипятит быстро.</p><p>Не шумит.</p>',
  brand: 'Ясень',
  category: 'Бытовая техника / Техника для кухни / Чайник электрический',
  country: 'Россия',
  attributes: { Цвет: 'Красный; темно-синий', Мощность: { value: 2, unit: 'кВт' }, 'Материал корпуса': ['сталь', 'пластик'] },
  media: [{ digest: 'd1' }],
  dimensions: { length: 201, width: 149, height: 250 },
  weight: 1234,
  barcodes: ['2000000000015'],
  price: { minor: 699_30, currency: 'RUB' },
  oldPrice: { minor: 999_00, currency: 'RUB' },
  stock: { main: 3, far: 4 },
  archived: false,
  ...part,
});
const codes = (given: ProductSnapshot, rules = RULES) => render(given, rules, references).diagnostics.map((one) => `${one.severity} ${one.path} ${one.code}`);

describe('rendering for Wildberries', () => {
  it('makes a whole card of a product', () => {
    const { values, diagnostics } = render(product(), RULES, references);
    expect(diagnostics).toEqual([]);
    expect(values).toEqual({
      category: '815',
      title: 'Чайник электрический',
      description: 'Кипятит быстро.\nНе шумит.',
      media: ['d1'],
      attributes: {
        '89': [{ text: 'сталь' }, { text: 'пластик' }],
        '90702': [{ text: '2000', number: true }],
        '14177449': [{ text: 'красный' }, { text: 'тёмно-синий' }],
        '14177451': [{ text: 'Россия' }],
        brand: [{ text: 'Ясень' }],
      },
      dimensions: { length: 200, width: 150, height: 250, weight: 1234 },
      barcodes: ['2000000000015'],
      presence: 'listed',
      status: { sellable: true, moderation: 'none', causes: [], refusals: [] },
      price: { price: 699_30, old: 999_00, currency: 'RUB' },
      stock: { '7': 7 },
    });
  });

  it('asks for the subject first, then for its characteristics and the lists they need', () => {
    expect(needs(product(), RULES, () => undefined)).toEqual(['subjects', 'warehouses']);
    expect(needs(product(), RULES, references)).toEqual(['subjects', 'warehouses', 'charcs:815', 'directory:colors', 'directory:countries']);
  });

  it.each([
    [{ attributes: {} }, ['error attributes.89 wildberries.attribute-required']],
    [{ category: 'Мебель / Диван' }, ['error category wildberries.category-unknown']],
    [{ title: ' ' }, ['error title wildberries.title-required']],
    [{ title: 'слово '.repeat(20) }, ['warning title wildberries.title-cut']],
    [{ description: 'слово '.repeat(500) }, ['warning description wildberries.description-cut']],
    [{ media: [] }, ['error media wildberries.no-pictures']],
    [{ media: Array.from({ length: 31 }, (_, at) => ({ digest: String(at) })) }, ['warning media wildberries.pictures-cut']],
    [{ weight: undefined }, ['error dimensions wildberries.dimensions-required']],
    [{ price: undefined }, ['error price wildberries.price-required']],
    [{ price: { minor: 699_50, currency: 'RUB' }, oldPrice: undefined }, ['warning price wildberries.price-rounded']],
    [{ barcodes: [] }, ['warning barcodes wildberries.barcode-generated']],
    [{ sku: 'x'.repeat(73) }, ['error  wildberries.article-too-long']],
    [{ attributes: { 'Материал корпуса': 'сталь', Мощность: 'большая' } }, ['error attributes.90702 wildberries.not-a-number']],
    [{ attributes: { 'Материал корпуса': 'сталь', Мощность: { value: 5, unit: 'кг' } } }, ['error attributes.90702 wildberries.unit-mismatch']],
    [{ attributes: { 'Материал корпуса': 'сталь', Цвет: 'краснее красного' } }, ['warning attributes.14177449 wildberries.value-not-in-list']],
    [{ attributes: { 'Материал корпуса': 'а; б; в; г' } }, ['warning attributes.89 wildberries.values-cut']],
    [{ attributes: { 'Материал корпуса': 'сталь', Чужое: 'да', Размер: 'M' } }, ['warning attributes.Чужое wildberries.attribute-unknown']],
  ] as readonly (readonly [Partial<ProductSnapshot>, readonly string[]])[])('says what stands in the way: %#', (part, told) => {
    expect(codes(product(part))).toEqual(told);
  });

  it('never cuts within a word while there is a blank near the limit', () => {
    const { values } = render(product({ title: `${'длинное название товара '.repeat(4)}конец` }), RULES, references);
    expect(values.title).toBe('длинное название товара длинное название товара длинное');
  });

  it('follows the seller in categories and attributes', () => {
    const rules: AccountRules = { ...RULES, categories: { 'Моё / Кипятильники': '815' }, attributes: { Корпус: '89' } };
    const { values, diagnostics } = render(product({ category: 'Моё / Кипятильники', attributes: { Корпус: 'сталь' } }), rules, references);
    expect(diagnostics).toEqual([]);
    expect(values.attributes?.['89']).toEqual([{ text: 'сталь' }]);
  });

  it.each([
    [{ main: '7' }, { '7': 3 }, ['wildberries.warehouse-unmapped far']],
    [{ main: '7', far: '7' }, { '7': 7 }, []],
    [{ main: '7', far: '9' }, { '7': 3, '9': 4 }, []],
    [{ far: '9' }, { '9': 4 }, ['wildberries.warehouse-unmapped main']],
    [{ main: '7', far: '8' }, { '7': 3 }, ['wildberries.warehouse-closed 8']],
    [{ main: '7', none: '9' }, { '7': 3, '9': 0 }, ['wildberries.warehouse-unmapped far']],
    [{ main: '6' }, {}, ['wildberries.warehouse-closed 6', 'wildberries.warehouse-unmapped far']],
    [{ main: '8', far: '8' }, {}, ['wildberries.warehouse-closed 8']],
  ])('sends stock where the account’s table leads it: %j', (warehouses, stock, told) => {
    const { values, diagnostics } = render(product(), { ...RULES, warehouses }, references);
    expect(values.stock).toEqual(stock);
    expect(diagnostics.map(({ code, params }) => `${code} ${params?.['warehouse'] ?? ''}`)).toEqual(told);
  });

  it('never sends more to one warehouse than Wildberries takes, and tells it of each', () => {
    const { values, diagnostics } = render(product({ stock: { main: 100_001, far: 100_000 } }), { ...RULES, warehouses: { main: '7', far: '9' } }, references);
    expect(values.stock).toEqual({ '7': 100_000, '9': 100_000 });
    expect(diagnostics).toEqual([{ severity: 'warning', path: 'stock', code: 'wildberries.stock-cut', params: { limit: 100_000, given: 100_001 } }]);
  });

  it('knows a characteristic by its other names, its own one first, and tells what it leaves out', () => {
    const colour = (attributes: ProductSnapshot['attributes']) => render(product({ attributes: { 'Материал корпуса': 'сталь', ...attributes } }), RULES, references);
    expect(colour({ 'Цвет товара': 'красный' }).values.attributes?.['14177449']).toEqual([{ text: 'красный' }]);
    const both = colour({ 'Цвет товара': 'красный', Цвет: 'тёмно-синий' });
    expect(both.values.attributes?.['14177449']).toEqual([{ text: 'тёмно-синий' }]);
    expect(both.diagnostics).toEqual([{ severity: 'warning', path: 'attributes.Цвет товара', code: 'wildberries.attribute-unknown', params: { name: 'Цвет товара' } }]);
  });

  it('finds the size and the article in their own members', () => {
    expect(codes(product({ attributes: { 'Материал корпуса': 'сталь', 'Российский размер': '46', Артикул: 'KETTLE-1' } }))).toEqual([]);
  });

  it('makes canonical values only, and a price that a form can hold', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 80 });
    fc.assert(
      fc.property(text, text, fc.integer({ min: 1, max: 10_000_000 }), fc.option(fc.integer({ min: 1, max: 10_000_000 }), { nil: undefined }), (title, description, price, old) => {
        const oldPrice = old === undefined ? undefined : { minor: old, currency: 'RUB' };
        const { values } = render(product({ title, description, price: { minor: price, currency: 'RUB' }, oldPrice }), RULES, references);
        for (const facet of ['title', 'description', 'attributes', 'dimensions', 'price'] as const) {
          const value = values[facet];
          if (value !== undefined) expect(normalise(facet, value)).toEqual(value);
        }
        expect(values.price?.price).toBeGreaterThanOrEqual(price);
        if (values.price !== undefined) expect(valueOfForm(formOfCanonical(values.price), 'RUB')).toEqual(values.price);
      }),
    );
  });
});

describe('subjects', () => {
  it('are found by their own name, by its singular, and by the parent where names repeat', () => {
    expect(findSubject(SUBJECTS, 'Дом / чайники электрические')?.id).toBe('815');
    expect(findSubject(SUBJECTS, 'Сувениры / Кружка')?.id).toBe('817');
    expect(findSubject(SUBJECTS, 'Разное / Кружка')).toBeUndefined();
  });

  it('are suggested by the words they share', () => {
    expect(suggestSubjects(SUBJECTS, 'Кружка сувенирная')[0]?.id).toBe('817');
    expect(suggestSubjects(SUBJECTS, 'Диван')).toEqual([]);
  });
});

describe('what counts as equal', () => {
  const nobody = { same: () => undefined };

  it.each([
    ['title', 'Чайник «Ясень»', 'Чайник&nbsp;&laquo;Ясень&raquo;', 'yes'],
    ['attributes', { '1': [{ text: 'сталь' }, { text: 'пластик' }] }, { '1': [{ text: 'Пластик' }, { text: 'сталь' }], '9': [{ text: 'чужое' }] }, 'yes'],
    ['attributes', { '1': [{ text: '10' }] }, { '1': [{ text: '10.0', number: true }] }, 'yes'],
    ['attributes', { '1': [{ text: 'сталь' }] }, { '1': [{ text: 'сталь' }, { text: 'пластик' }] }, 'no'],
    ['attributes', { '1': [{ text: 'сталь' }] }, {}, 'no'],
    ['dimensions', { length: 200, width: 150, height: 250, weight: 1234 }, { length: 200, width: 150, height: 250, weight: 1235 }, 'yes'],
    ['dimensions', { length: 200, width: 150, height: 250, weight: 1234 }, { length: 210, width: 150, height: 250, weight: 1234 }, 'no'],
    ['barcodes', ['1'], ['1', '2'], 'yes'],
    ['barcodes', ['1', '3'], ['1', '2'], 'no'],
    ['price', { price: 700, old: 1000, currency: 'RUB' }, { price: 700, currency: 'RUB' }, 'no'],
    ['media', ['a', 'b'], ['u1'], 'no'],
    ['media', ['a'], ['u1'], 'unverified'],
  ] as const)('%s: %j shown as %j: %s', (facet, desired, observed, echo) => {
    expect(isEcho(facet, desired, observed, nobody)).toBe(echo);
  });

  it.each([
    [[], [], true, 'yes'],
    [[], ['no-stock'], false, 'yes'],
    [[], ['hidden'], false, 'no'],
    [[], ['unknown'], null, 'unverified'],
    [['no-price'], ['no-price'], false, 'yes'],
    [[], ['update-stuck'], true, 'no'],
  ] as const)('status: wanted %j, shown %j: %s %s', (wanted, shown, sellable, echo) => {
    const causes = (codes: readonly ('no-stock' | 'hidden' | 'unknown' | 'no-price' | 'update-stuck')[]) => codes.map((code) => ({ code }));
    const status = { moderation: 'unknown', refusals: [] } as const;
    expect(isEcho('status', { ...status, sellable: wanted.length === 0, causes: causes(wanted) }, { ...status, sellable, causes: causes(shown) }, nobody)).toBe(echo);
  });
});

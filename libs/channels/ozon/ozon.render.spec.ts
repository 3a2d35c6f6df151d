import { convert, measureOf, numberText } from '#kernel';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { AccountRules, ProductSnapshot } from '#channels/contract';
import { suggestCategories } from './ozon.categories.js';
import { ozon } from './index.js';
import { hashtags } from './ozon.hashtags.js';
import { descriptionHtml } from './ozon.description-html.js';
import { needs, render } from './ozon.render.js';

const CATEGORY = '17039631:94968';
const attribute = (id: string, name: string, part: Record<string, unknown> = {}) => ({
  id,
  name,
  type: 'String',
  required: false,
  collection: false,
  maxValues: 0,
  dictionaryId: '',
  categoryDependent: false,
  aspect: false,
  complexId: '',
  ...part,
});
const dictionary = (...values: readonly (readonly [string, string])[]) => ({ complete: true, values: values.map(([id, value]) => ({ id, value })) });

const REFERENCES: Readonly<Record<string, unknown>> = {
  tree: [
    { id: CATEGORY, names: ['Бытовая техника', 'Электрические чайники и термопоты', 'Электрический чайник'], disabled: false },
    { id: '1:2', names: ['Бытовая техника', 'Утюги и отпариватели', 'Утюг'], disabled: false },
    { id: '3:9', names: ['Дом', 'Чайники', 'Чайник'], disabled: true },
    { id: '4:9', names: ['Дом', 'Чайники', 'Чайник'], disabled: false },
    { id: '5:7', names: ['Дача', 'Мебель', 'Стул'], disabled: false },
    { id: '6:7', names: ['Дом', 'Мебель', 'Стул'], disabled: false },
  ],
  warehouses: [
    { id: '9', name: 'Своя доставка', active: true, own: true },
    { id: '8', name: 'Закрыт', active: false, own: false },
    { id: '22142605386000', name: 'Основной', active: true, own: false },
  ],
  seller: { currency: 'RUB' },
  [`attributes:${CATEGORY}`]: [
    attribute('85', 'Бренд', { required: true, dictionaryId: '1' }),
    attribute('9048', 'Название модели (для объединения в одну карточку)', { required: true }),
    attribute('4180', 'Название', { required: true }),
    attribute('4191', 'Аннотация', { required: true }),
    attribute('9024', 'Артикул'),
    attribute('4389', 'Страна-изготовитель', { dictionaryId: '2', collection: true, maxValues: 3 }),
    attribute('10096', 'Цвет товара', { dictionaryId: '3', collection: true, maxValues: 2 }),
    attribute('23171', '#Хештеги'),
    attribute('11254', 'Rich-контент JSON'),
    attribute('9000016', 'Мощность, Вт', { type: 'Integer', required: true }),
    attribute('9000018', 'Объем, л', { type: 'Decimal' }),
    attribute('9000022', 'Длина, см', { type: 'Decimal' }),
    attribute('9000034', 'Подсветка', { type: 'Boolean' }),
    attribute('9000013', 'Комплект поставки'),
    attribute('21841', 'Видео', { complexId: '100001', required: true }),
  ],
  [`values:85:${CATEGORY}`]: dictionary(['126745801', 'Нет бренда'], ['5', 'Ясень']),
  [`values:4389:${CATEGORY}`]: dictionary(['7', 'Россия'], ['8', 'Китай']),
  [`values:10096:${CATEGORY}`]: { ...dictionary(['30', 'белый'], ['31', 'тёмно-синий'], ['32', 'черный'], ['33', 'белый, матовый']), complete: false },
};
const known = (key: string): unknown => REFERENCES[key];
const RULES: AccountRules = { categories: {}, attributes: {}, currency: 'RUB' };
const PRODUCT: ProductSnapshot = {
  sku: 'KT-1',
  revision: 3,
  title: 'Чайник  электрический\u00a0«Ясень»',
  description: '<p onclick="x()">Хороший <b>чайник</b></p><script>alert(1)</script>',
  brand: 'Ясень',
  category: 'Бытовая техника / Электрические чайники и термопоты / Электрический чайник',
  country: 'россия',
  vat: 22,
  attributes: {
    'Мощность, Вт': { value: 2.2, unit: 'кВт' },
    Объём: '1,7 л',
    'Цвет товара': ['Белый', 'темно-синий'],
    Подсветка: true,
    Хештеги: 'чайник, для-дома #кухня',
    'Комплект поставки': ['чайник', 'инструкция'],
  },
  media: [{ digest: 'd1' }, { digest: 'd2' }],
  dimensions: { length: 200, width: 150, height: 250 },
  weight: 1200,
  barcodes: ['4600000000002', '4600000000001'],
  price: { minor: 1990_00, currency: 'RUB' },
  oldPrice: { minor: 2990_00, currency: 'RUB' },
  stock: { main: 5, second: 2 },
  archived: false,
};
const errorsOf = (product: Partial<ProductSnapshot>, rules: Partial<AccountRules> = {}) =>
  render({ ...PRODUCT, ...product }, { ...RULES, ...rules }, known).diagnostics.filter((found) => found.severity === 'error');

describe('render', () => {
  it('makes the whole card, in its canonical form', () => {
    const { values, diagnostics } = render(PRODUCT, RULES, known);
    expect(diagnostics).toEqual([]);
    expect(JSON.stringify(values)).toBe(
      JSON.stringify({
        category: CATEGORY,
        title: 'Чайник электрический «Ясень»',
        description: '<p>Хороший <b>чайник</b></p>',
        media: ['d1', 'd2'],
        attributes: {
          '85': [{ id: '5', text: 'Ясень' }],
          '4389': [{ id: '7', text: 'Россия' }],
          '9024': [{ text: 'KT-1' }],
          '9048': [{ text: 'KT-1' }],
          '10096': [
            { id: '30', text: 'белый' },
            { id: '31', text: 'тёмно-синий' },
          ],
          '23171': [{ text: '#чайник #для_дома #кухня' }],
          '9000013': [{ text: 'чайник, инструкция' }],
          '9000016': [{ text: '2200' }],
          '9000018': [{ text: '1.7' }],
          '9000034': [{ text: 'true' }],
        },
        dimensions: { length: 200, width: 150, height: 250, weight: 1200 },
        barcodes: ['4600000000001', '4600000000002'],
        presence: 'listed',
        status: { sellable: true, moderation: 'none', causes: [], refusals: [] },
        price: { price: 1990_00, old: 2990_00, currency: 'RUB' },
        stock: { '22142605386000': 7 },
      }),
    );
    for (const [facet, value] of Object.entries(values)) {
      if (facet !== 'stock') expect(ozon.normalise(facet as never, value as never)).toEqual(value);
    }
  });

  it.each<{ reason: string; product: Partial<ProductSnapshot>; path: string; code: string }>([
    { reason: 'a required attribute', product: { attributes: {} }, path: 'attributes.9000016', code: 'ozon.attribute-required' },
    { reason: 'a value outside the dictionary', product: { brand: 'Ясеневый' }, path: 'attributes.85', code: 'ozon.value-not-in-dictionary' },
    { reason: 'a number that is none', product: { attributes: { 'Мощность, Вт': 'много' } }, path: 'attributes.9000016', code: 'ozon.not-a-number' },
    { reason: 'a unit of another kind', product: { attributes: { 'Мощность, Вт': { value: 2, unit: 'кг' } } }, path: 'attributes.9000016', code: 'ozon.unit-mismatch' },
    { reason: 'half a watt', product: { attributes: { 'Мощность, Вт': { value: 0.5 } } }, path: 'attributes.9000016', code: 'ozon.not-a-whole-number' },
    { reason: 'neither yes nor no', product: { attributes: { ...PRODUCT.attributes, Подсветка: 'синяя' } }, path: 'attributes.9000034', code: 'ozon.not-yes-or-no' },
    { reason: 'broken rich content', product: { attributes: { ...PRODUCT.attributes, 'Rich-контент JSON': '{' } }, path: 'attributes.11254', code: 'ozon.rich-content-invalid' },
    { reason: 'an unknown category', product: { category: 'Бытовая техника / Чайники' }, path: 'category', code: 'ozon.category-unknown' },
    { reason: 'a category twice in the tree', product: { category: 'Мебель / Стул' }, path: 'category', code: 'ozon.category-unknown' },
    { reason: 'no weight', product: { weight: undefined }, path: 'dimensions', code: 'ozon.dimensions-required' },
    { reason: 'no pictures', product: { media: [] }, path: 'media', code: 'ozon.no-pictures' },
    { reason: 'no price', product: { price: undefined }, path: 'price', code: 'ozon.price-required' },
    { reason: 'another currency', product: { price: { minor: 1990_00, currency: 'CNY' } }, path: 'price', code: 'ozon.currency-differs' },
    { reason: 'a struck-through price too near', product: { oldPrice: { minor: 2000_00, currency: 'RUB' } }, path: 'price', code: 'ozon.discount-too-small' },
    { reason: 'a struck-through price below', product: { oldPrice: { minor: 1000_00, currency: 'RUB' } }, path: 'price', code: 'ozon.old-price-too-small' },
    { reason: 'a floor under half the price', product: { minPrice: { minor: 900_00, currency: 'RUB' } }, path: 'price', code: 'ozon.min-price-too-small' },
    { reason: 'a VAT rate Ozon has not', product: { vat: 18 }, path: 'price', code: 'ozon.vat-unknown' },
    { reason: 'an article too long', product: { sku: 'x'.repeat(51) }, path: 'offer_id', code: 'ozon.article-too-long' },
  ])('holds back: $reason', ({ product, path, code }) => {
    expect(errorsOf(product)).toContainEqual(expect.objectContaining({ path, code }));
  });

  it('names what is near when a value or a category is not found', () => {
    expect(errorsOf({ brand: 'Ясен' })[0]?.params).toMatchObject({ name: 'Бренд', value: 'Ясен', suggestions: 'Ясень' });
    const [found] = errorsOf({ category: 'Техника / Чайник электрический' });
    expect(String(found?.params?.['suggestions'])).toContain('Электрический чайник');
    expect(suggestCategories(REFERENCES['tree'] as never, 'утюги').map((leaf) => leaf.id)).toEqual(['1:2']);
  });

  it("follows the seller's own rules", () => {
    const rules = { categories: { 'Мои / Чайники': CATEGORY }, attributes: { Ватты: '9000016' } };
    const product = { ...PRODUCT, category: 'Мои / Чайники', attributes: { Ватты: '2200' } };
    const { values, diagnostics } = render(product, { ...RULES, ...rules }, known);
    expect(diagnostics).toEqual([]);
    expect(values.category).toBe(CATEGORY);
    expect(values.attributes?.['9000016']).toEqual([{ text: '2200' }]);
  });

  it('cuts a long title and too many values with a warning', () => {
    const { values, diagnostics } = render(
      { ...PRODUCT, title: 'я'.repeat(300), attributes: { ...PRODUCT.attributes, 'Цвет товара': ['белый', 'черный', 'тёмно-синий'] } },
      RULES,
      known,
    );
    expect(values.title).toHaveLength(255);
    expect(values.attributes?.['10096']).toHaveLength(2);
    expect(diagnostics.map((found) => [found.severity, found.code])).toEqual([
      ['warning', 'ozon.title-cut'],
      ['warning', 'ozon.values-cut'],
    ]);
  });

  it('stock goes where the account’s table of warehouses says, and a stock without a place is told', () => {
    const references = (key: string): unknown =>
      key === 'warehouses' ? [...(REFERENCES['warehouses'] as object[]), { id: '5', name: 'Юг', active: true, own: false }] : known(key);
    const rendered = (warehouses: Record<string, string>, stock: Record<string, number>) => {
      const { values, diagnostics } = render({ ...PRODUCT, stock }, { ...RULES, warehouses }, references);
      return { stock: values.stock, told: diagnostics.filter(({ path }) => path === 'stock').map(({ code, params }) => [code, params?.['warehouse']]) };
    };
    expect(rendered({ msk: '22142605386000', spb: '22142605386000', rnd: '5' }, { msk: 3, spb: 4, rnd: 2 })).toEqual({ stock: { '22142605386000': 7, '5': 2 }, told: [] });
    expect(rendered({ rnd: '5' }, { msk: 3, rnd: 0 })).toEqual({ stock: { '5': 0 }, told: [['ozon.warehouse-unmapped', 'msk']] });
    expect(rendered({ msk: '8', rnd: '5' }, { msk: 3 })).toEqual({ stock: { '5': 0 }, told: [['ozon.warehouse-closed', '8']] });
    expect(rendered({}, { msk: 3, rnd: 2 })).toEqual({ stock: { '22142605386000': 5 }, told: [] });
  });

  it('a card without stock is meant not to be sold, and so is an archived one', () => {
    expect(render({ ...PRODUCT, stock: {} }, RULES, known).values.status).toMatchObject({ sellable: false, causes: [{ code: 'no-stock' }] });
    expect(render({ ...PRODUCT, archived: true }, RULES, known).values).toMatchObject({ presence: 'archived', status: { sellable: false } });
  });
});

describe('needs', () => {
  it('names more as more is known', () => {
    const nothing = () => undefined;
    const first = ['tree', 'warehouses', 'seller'];
    expect(needs(PRODUCT, RULES, nothing)).toEqual(first);
    const tree = (key: string) => (first.includes(key) ? known(key) : undefined);
    expect(needs(PRODUCT, RULES, tree)).toEqual([...first, `attributes:${CATEGORY}`]);
    const all = needs({ ...PRODUCT, attributes: { 'Цвет товара': ['белый', 'серо-буро-малиновый'] } }, RULES, known);
    expect(all).toEqual([
      ...first,
      `attributes:${CATEGORY}`,
      `values:10096:${CATEGORY}`,
      `value:10096:${CATEGORY}:серо-буро-малиновый`,
      `values:85:${CATEGORY}`,
      `values:4389:${CATEGORY}`,
    ]);
  });
});

describe('units and texts', () => {
  it.each([
    [2.2, 'кВт', 'Вт', 2200],
    [1.7, 'л', 'мл', 1700],
    [250, 'г', 'кг', 0.25],
    [12, 'мм', 'см', 1.2],
    [5000, 'мАч', 'А·ч', 5],
    [1, 'кг', 'см', undefined],
  ])('%d %s in %s', (value, from, to, expected) => {
    expect(convert(value, from, to)).toBe(expected);
  });

  it('a number written and read again is itself', () => {
    fc.assert(
      fc.property(fc.integer({ min: -9_999_999, max: 9_999_999 }), fc.integer({ min: 0, max: 6 }), (digits, places) => {
        const value = Number((digits / 10 ** places).toFixed(places));
        expect(measureOf(numberText(value))).toEqual({ value });
        expect(numberText(value)).toMatch(/^-?\d+(\.\d*[1-9])?$/);
      }),
    );
  });

  it('a description keeps only allowed tags, whatever comes in, and cleaning it again changes nothing', () => {
    const piece = fc.constantFrom(
      '<b>',
      '</b>',
      '<br>',
      '<script>',
      '</script>',
      '<img src=x onerror=y>',
      '<div class="a">',
      '</div>',
      'текст',
      '<',
      '>',
      '<!--',
      '-->',
      ' ',
      '<li style="x">',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const once = descriptionHtml(pieces.join(''));
        expect(descriptionHtml(once)).toBe(once);
        for (const tag of once.match(/<\/?[a-z][^>]*>/gi) ?? []) expect(tag).toMatch(/^<(br\/|\/?(p|ul|ol|li|b|strong|i|em))>$/);
      }),
    );
  });

  it('hashtags', () => {
    expect(hashtags('#чай#дом')).toEqual({ text: '#чай #дом', dropped: [] });
    expect(hashtags(['для дома', 'c++', 'дом', 'дом'])).toEqual({ text: '#для_дома #дом', dropped: ['c++'] });
  });
});

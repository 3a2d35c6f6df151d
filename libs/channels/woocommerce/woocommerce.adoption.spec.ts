import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CardValues, FacetValues, ObservedCard } from '#channels/contract';
import { adoptedProduct, changedByAdoption } from '#channels/testkit';
import { CATEGORIES, liveGroup, liveProduct, liveVariation } from './fixtures/scripted-woocommerce.js';
import { CategoryTree } from './woocommerce.categories.js';
import { woocommerce } from './index.js';
import { normalise } from './woocommerce.normalise.js';
import { simpleCard, variationCard, type Shop } from './woocommerce.observe.js';

const categories = CATEGORIES.map(({ id, name, parent }) => ({ id: String(id), name: name.replace('&amp;', '&'), parent: parent === 0 ? '' : String(parent) }));
const shop: Shop = { settings: { currency: 'RUB', weightUnit: 'kg', lengthUnit: 'cm', countsStock: true }, tree: new CategoryTree(categories) };
const KNOWN: Readonly<Record<string, unknown>> = { settings: shop.settings, categories, attributes: { цвет: '3' } };
const references = (key: string) => KNOWN[key];
const unchanged = (card: ObservedCard) => changedByAdoption(woocommerce, card, references);

describe('a product of a WooCommerce shop made into one of the catalog', () => {
  it('says what a reader sees, and is shown unchanged', () => {
    const card = simpleCard(liveProduct({ categories: [{ id: 18 }, { id: 17 }] }), shop);
    expect(adoptedProduct(woocommerce, card, references)).toEqual({
      sku: 'KETTLE-1',
      revision: 1,
      title: 'Чайник «Ясень»',
      description: 'Кипятит быстро.\n\nДержит тепло & молчит.',
      category: 'Акции',
      attributes: { Цвет: 'Красный', Чужое: ['не наше', 'и это'] },
      media: [{ digest: 'of https://shop.test/wp-content/uploads/a.jpg' }],
      dimensions: { length: 200, width: 155, height: 250 },
      weight: 1200,
      barcodes: ['4600000000017'],
      price: { minor: 1290_50, currency: 'RUB' },
      oldPrice: { minor: 1500_00, currency: 'RUB' },
      stock: { site: 7 },
      archived: false,
    });
    expect(unchanged(card)).toEqual([]);
  });

  it('a variation belongs to the model that its group is, with its own choice', () => {
    const card = variationCard(liveVariation(), liveGroup(), shop);
    expect(adoptedProduct(woocommerce, card, references)).toMatchObject({
      sku: 'TEE-1-S',
      title: 'Футболка',
      model: { code: 'TEE-1', axes: ['Размер'], title: 'Футболка' },
      attributes: { Размер: 'S', Материал: 'Хлопок' },
    });
    expect(unchanged(card)).toEqual([]);
  });

  it.each([
    ['sold without being counted', { manage_stock: false }],
    ['without a price', { price: '', regular_price: '', sale_price: '' }],
    ['without sizes', { weight: '', dimensions: { length: '', width: '', height: '' } }],
    ['with one side only', { dimensions: { length: '20', width: '', height: '' } }],
    ['a draft', { status: 'draft' }],
    [
      'with a brand and a country',
      {
        attributes: [
          { id: 0, name: 'Бренд', options: ['Ясень'] },
          { id: 0, name: 'Страна производства', options: ['Россия'] },
        ],
      },
    ],
    ['with several brands', { attributes: [{ id: 0, name: 'Бренд', options: ['Ясень', 'Ладога'] }] }],
    ['with one value twice', { attributes: [{ id: 0, name: 'Цвет', options: ['Красный', 'Красный'] }] }],
    ['without pictures', { images: [] }],
    ['with a code that is no barcode', { global_unique_id: '123-45' }],
  ])('is shown unchanged %s', (_what, part) => {
    expect(unchanged(simpleCard(liveProduct(part), shop))).toEqual([]);
  });

  it('takes brand and country into their own fields', () => {
    const attributes = [
      { id: 0, name: 'Бренд', options: ['Ясень'] },
      { id: 0, name: 'Страна производства', options: ['Россия'] },
    ];
    expect(adoptedProduct(woocommerce, simpleCard(liveProduct({ attributes }), shop), references)).toMatchObject({ brand: 'Ясень', country: 'Россия', attributes: {} });
  });

  it.each([
    [
      '<p>Кипятит <strong>быстро</strong>.</p>\n<ul>\n<li>1,7 л</li>\n<li>2 кВт</li>\n</ul>\n',
      '<p>Кипятит <strong>быстро</strong>.</p>\n<ul>\n<li>1,7 л</li>\n<li>2 кВт</li>\n</ul>',
    ],
    ['<h2 class="x">Чайник</h2><p>Сталь &amp; стекло&nbsp;— <a href="https://x.test">подробнее</a></p>', '<h2>Чайник</h2><p>Сталь &amp; стекло\u00a0—  подробнее </p>'],
    ['<table><tr><td>Объём</td><td><b>1,7 л</b></td></tr><tr><td>Цвет</td><td>синий</td></tr></table>', expect.stringMatching(/Объём +<b>1,7 л<\/b> *<br \/> *Цвет +синий/)],
    ['<p>Первая строка</p>\n<p>Вторая</p>\n', 'Первая строка\n\nВторая'],
    ['<p>Цена &copy; <b>2026</b></p>', 'Цена &amp;copy; 2026'],
  ])('keeps the mark-up of a description where it says the same: %j', (description, kept) => {
    const card = simpleCard(liveProduct({ description }), shop);
    expect(adoptedProduct(woocommerce, card, references).description).toEqual(kept);
    expect(unchanged(card)).toEqual([]);
  });

  it('takes the text of a variation from where it is shown', () => {
    const group = liveGroup({ description: '<p>Для <b>всех</b>.</p>' });
    const own = variationCard(liveVariation({ sku: 'TEE-1-M', description: '<ul><li>Размер M</li></ul>' }), group, shop);
    const inherited = variationCard(liveVariation({ description: '' }), group, shop);
    expect([own, inherited].map((card) => adoptedProduct(woocommerce, card, references).description)).toEqual(['<ul><li>Размер M</li></ul>', '<p>Для <b>всех</b>.</p>']);
  });

  it('is shown unchanged, whatever stood there', () => {
    const text = fc.oneof(
      fc.constantFrom('красный', 'сталь, 80%', 'а; б', 'а|б', '1,5 л', '10', 'Да', '<b>жирно</b>'),
      fc.string({ minLength: 1, maxLength: 20, unit: fc.constantFrom(...'абв ;,.1%<>&Ёё"|/') }),
    );
    const live = fc.record({
      title: text,
      description: fc.array(text, { maxLength: 4 }).map((lines) => lines.join('\n')),
      category: fc.constantFrom('Дом & сад / Чайники', 'Акции | Дом & сад / Чайники', ''),
      attributes: fc.dictionary(
        fc.constantFrom('Цвет', 'Бренд', 'Страна производства', 'Чужое', 'Вес, кг'),
        fc.array(
          text.map((one) => ({ text: one })),
          { minLength: 1, maxLength: 4 },
        ),
      ),
      dimensions: fc.record({ length: fc.nat(2000), width: fc.nat(2000), height: fc.nat(2000), weight: fc.nat(50_000) }),
      price: fc.tuple(fc.nat(100_000_00), fc.nat(1000)).map(([price, more]) => ({ price, ...(price > 0 && more > 0 ? { old: price + more } : {}), currency: 'RUB' })),
      stock: fc.nat(1_000_000).map((site) => ({ site })),
    });
    fc.assert(
      fc.property(live, (shown) => {
        const canonical = Object.fromEntries(
          Object.entries(shown).map(([facet, one]) => [facet, facet === 'stock' ? one : normalise(facet as keyof FacetValues, one as never)]),
        ) as CardValues;
        const { values, ...card } = simpleCard(liveProduct(), shop);
        expect(unchanged({ ...card, values: { ...values, ...canonical } })).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

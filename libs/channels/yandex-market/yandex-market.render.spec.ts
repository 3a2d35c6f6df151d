import { describe, expect, it } from '@jest/globals';
import type { AccountRules, PictureJudge, ProductSnapshot } from '#channels/contract';
import { scriptedRun } from '#channels/testkit';
import { PARAMETERS, market, ok } from './fixtures/scripted-yandex-market.js';
import { yandexMarket } from './index.js';

const RULES: AccountRules = { categories: {}, attributes: {}, currency: 'RUB' };
const PRODUCT: ProductSnapshot = {
  sku: 'A-1',
  revision: 1,
  title: 'Дрель  ударная',
  description: 'Сверлит.',
  brand: 'Makita',
  category: 'Инструменты / Дрели / Дрель ударная',
  attributes: { 'Мощность, кВт': { value: 0.71, unit: 'кВт' }, Чужое: 'нет места' },
  media: [{ digest: 'd1' }],
  dimensions: { length: 355, width: 280, height: 98 },
  weight: 2100,
  barcodes: ['4607001234562'],
  price: { minor: 8990_00, currency: 'RUB' },
  oldPrice: { minor: 9990_40, currency: 'RUB' },
  stock: { main: 5, second: 2 },
  archived: false,
};
const TREE = {
  id: 90000,
  name: 'Все товары',
  children: [
    {
      id: 1,
      name: 'Инструменты',
      children: [
        { id: 91657, name: 'Ударные дрели' },
        { id: 91658, name: 'Дрели' },
      ],
    },
    { id: 2, name: 'Кукольный дом', children: [{ id: 91659, name: 'Дрели' }] },
  ],
};

/** Reference documents as the channel itself fetches them. */
async function referencesFor(product: ProductSnapshot, rules = RULES) {
  const { channel } = market((request) => (request.path === '/v2/categories/tree' ? ok(TREE) : ok({ categoryId: 1, parameters: PARAMETERS })));
  const known = new Map<string, unknown>();
  const get = (key: string) => known.get(key);
  for (let missing = yandexMarket.needs(product, rules, get); missing.length > 0; missing = yandexMarket.needs(product, rules, get).filter((key) => !known.has(key))) {
    for (const [key, value] of await channel.references(missing, scriptedRun())) known.set(key, value);
  }
  return get;
}
const render = async (part: Partial<ProductSnapshot> = {}, rules = RULES) => {
  const product = { ...PRODUCT, ...part };
  return yandexMarket.render(product, rules, await referencesFor(product, rules));
};

describe('a product', () => {
  it('becomes a card: category by its name, numbers in the usual unit, values of lists by their ids', async () => {
    const { values, diagnostics } = await render();
    expect(values).toEqual({
      category: '91657',
      title: 'Дрель ударная',
      description: 'Сверлит.',
      media: ['d1'],
      attributes: { '7893318': [{ id: '153061', text: 'Makita' }], '14871214': [{ id: 'unit:1', text: '710 Вт' }], vendor: [{ text: 'Makita' }] },
      dimensions: { length: 355, width: 280, height: 98, weight: 2100 },
      barcodes: ['4607001234562'],
      presence: 'listed',
      status: { sellable: true, moderation: 'none', causes: [], refusals: [] },
      price: { price: 8990_00, old: 9990_00, currency: 'RUB' },
      stock: { '555': 7 },
    });
    expect(diagnostics.map((one) => `${one.severity} ${one.code}`)).toEqual(['warning yandex-market.attribute-unknown', 'warning yandex-market.old-price-rounded']);
  });

  it.each([
    ['of two categories of one name the nearer one', { category: 'Инструменты / Дрели' }, '91658'],
    ['the rule of the account before any name', { category: 'Всё моё' }, '91659'],
    ['none where no name fits', { category: 'Мебель / Стул' }, undefined],
  ])('finds %s', async (_what, part, id) => {
    const { values, diagnostics } = await render(part, { ...RULES, categories: { 'Всё моё': '91659' } });
    expect(values.category).toBe(id);
    expect(diagnostics.some((one) => one.code === 'yandex-market.category-unknown')).toBe(id === undefined);
  });

  it.each<readonly [string, Partial<ProductSnapshot>, string]>([
    ['an article with blanks', { sku: ' A ' }, 'error : yandex-market.article-blanks'],
    ['no pictures', { media: [] }, 'error media: yandex-market.no-pictures'],
    ['no description', { description: '' }, 'error description: yandex-market.description-required'],
    ['no weight', { weight: 0 }, 'error dimensions: yandex-market.dimensions-required'],
    ['no price', { price: undefined }, 'error price: yandex-market.price-required'],
    ['another currency', { price: { minor: 100, currency: 'USD' }, oldPrice: undefined }, 'error price: yandex-market.currency-differs'],
    ['a discount under 5 %', { oldPrice: { minor: 9100_00, currency: 'RUB' } }, 'warning price: yandex-market.old-price-left-out'],
    ['a number out of range', { attributes: { Мощность: '9000 Вт' } }, 'error attributes.14871214: yandex-market.out-of-range'],
    ['a number in another measure', { attributes: { Мощность: '5 кг' } }, 'error attributes.14871214: yandex-market.unit-mismatch'],
    ['a long title', { title: 'слово '.repeat(60) }, 'warning title: yandex-market.title-cut'],
  ])('with %s is told so', async (_what, part, told) => {
    const { diagnostics } = await render(part as Partial<ProductSnapshot>);
    expect(diagnostics.map((one) => `${one.severity} ${one.path}: ${one.code}`)).toContain(told);
  });

  it.each<readonly [string, Readonly<Record<string, string>>, Readonly<Record<string, number>>, readonly string[]]>([
    ['the pieces of the warehouses that lead to the store', { main: '555' }, { '555': 5 }, ['warehouse-unmapped']],
    ['the sum of them', { main: '555', second: '555' }, { '555': 7 }, []],
    ['nothing where the only ones it names are not the store’s', { main: '777' }, {}, ['warehouse-closed', 'warehouse-unmapped']],
  ])('gives the store, by the account’s table, %s', async (_what, warehouses, stock, told) => {
    const { values, diagnostics } = await render({}, { ...RULES, warehouses });
    expect(values.stock).toEqual(stock);
    expect(diagnostics.filter(({ path }) => path === 'stock').map(({ severity, code }) => `${severity} ${code}`)).toEqual(told.map((code) => `warning yandex-market.${code}`));
    expect(values.status?.sellable).toBe(Object.keys(stock).length > 0);
  });

  it('without a brand wants none, also where the category asks for one', async () => {
    const { values, diagnostics } = await render({ brand: undefined });
    expect(Object.keys(values.attributes ?? {})).toEqual(['14871214']);
    expect(diagnostics.filter((one) => one.severity === 'error')).toEqual([]);
  });
});

describe('what the channel shows', () => {
  const nobody: PictureJudge = { same: () => undefined };
  const echo = (desired: object, observed: object) =>
    yandexMarket.isEcho('attributes', { '1': [desired] } as never, { '1': [observed], '2': [{ text: 'чужое' }] } as never, nobody);
  it.each([
    ['the same number in another unit', { id: 'unit:1', text: '710 Вт' }, { id: 'unit:2', text: '0.71 кВт' }, 'yes'],
    ['another number', { id: 'unit:1', text: '710 Вт' }, { id: 'unit:1', text: '711 Вт' }, 'no'],
    ['the same number of another unit', { id: 'unit:1', text: '710 Вт' }, { id: 'unit:2', text: '710 кВт' }, 'no'],
    ['a number without its unit', { id: 'unit:1', text: '710 Вт' }, { text: '710' }, 'yes'],
    ['a renamed value of a list', { id: '5', text: 'серый' }, { id: '5', text: 'Серый металлик' }, 'yes'],
    ['another value of a list', { id: '5', text: 'серый' }, { id: '6', text: 'серый' }, 'no'],
    ['yes in other words', { text: 'true' }, { text: 'Да' }, 'yes'],
  ])('%s is an echo: %s → %s: %s', (_what, desired, observed, answer) => {
    expect(echo(desired, observed)).toBe(answer);
  });

  it('leaves the floor for promotions out of the price', () => {
    const price = { price: 100, currency: 'RUB' };
    expect(yandexMarket.isEcho('price', price, { ...price, min: 5 }, nobody)).toBe('yes');
    expect(yandexMarket.isEcho('price', price, { ...price, old: 200 }, nobody)).toBe('no');
    expect(yandexMarket.normalise('price', { ...price, min: 5, old: 0 })).toEqual(price);
  });
});

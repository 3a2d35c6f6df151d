import { describe, expect, it } from '@jest/globals';
import type { AccountRules, ProductSnapshot } from '#channels/contract';
import { masterProduct } from './fixtures/scripted-woocommerce.js';
import { needs, render } from './woocommerce.render.js';

const REFERENCES: Readonly<Record<string, unknown>> = {
  settings: { currency: 'RUB', weightUnit: 'kg', lengthUnit: 'cm' },
  categories: [
    { id: '16', name: 'Дом', parent: '' },
    { id: '17', name: 'Посуда', parent: '16' },
  ],
  attributes: { цвет: '3' },
};
const RULES: AccountRules = { categories: {}, attributes: {}, currency: 'RUB' };
const rendered = (part: Partial<ProductSnapshot> = {}, rules: Partial<AccountRules> = {}, references = REFERENCES) =>
  render(masterProduct(part), { ...RULES, ...rules }, (key) => references[key]);
const codes = (part: Partial<ProductSnapshot>, rules: Partial<AccountRules> = {}) => rendered(part, rules).diagnostics.map(({ severity, path, code }) => [severity, path, code]);

describe('a product rendered for a site', () => {
  it('is complete and without complaint', () => {
    expect(rendered()).toEqual({
      values: {
        category: 'Дом & сад / Чайники',
        title: 'Чайник «Ясень»',
        description: 'Кипятит быстро.\nДержит тепло & молчит.',
        media: ['a'.repeat(64)],
        attributes: { Бренд: [{ text: 'Ясень' }], Мощность: [{ text: '1200 Вт' }], Цвет: [{ id: '3', text: 'красный' }] },
        dimensions: { length: 200, width: 155, height: 250, weight: 1200 },
        barcodes: ['4600000000017'],
        presence: 'listed',
        status: { sellable: true, moderation: 'none', causes: [], refusals: [] },
        price: { price: 129_050, old: 150_000, currency: 'RUB' },
        stock: { site: 7 },
      },
      diagnostics: [],
    });
  });

  it('waits for what it must know of the shop', () => {
    const { diagnostics } = rendered({}, {}, {});
    expect(diagnostics.filter(({ code }) => code === 'woocommerce.reference-missing').map(({ params }) => params?.['key'])).toEqual([...needs()]);
  });

  it('is there or not where the shop does not count', () => {
    const uncounted = { ...REFERENCES, settings: { ...(REFERENCES['settings'] as object), countsStock: false } };
    const { values, diagnostics } = rendered({}, {}, uncounted);
    expect(values.stock).toEqual({ site: 1_000_000 });
    expect(diagnostics).toEqual([{ severity: 'warning', path: 'stock', code: 'woocommerce.stock-not-counted', params: { given: 7 } }]);
    expect(rendered({ stock: {} }, {}, uncounted).values.stock).toEqual({ site: 0 });
  });

  it('has values that the site does not take for tags', () => {
    expect(rendered({ attributes: { Зазор: ['<5 мм', 'a < b'] } }).values.attributes).toMatchObject({ Зазор: [{ text: '< 5 мм' }, { text: 'a < b' }] });
  });

  it('goes where a rule says, by path or by id', () => {
    const category = 'Дом & сад / Чайники';
    expect(rendered({}, { categories: { [category]: 'Кухня / Чай' } }).values.category).toBe('Кухня / Чай');
    expect(rendered({}, { categories: { [category]: '17' } }).values.category).toBe('Дом / Посуда');
    expect(codes({}, { categories: { [category]: '99' } })).toEqual([['error', 'category', 'woocommerce.category-unknown']]);
  });

  it('of a model has the name of the model, and each axis one value', () => {
    const model = { code: 'TEE-1', axes: ['Размер'], title: 'Футболка' };
    expect(rendered({ title: 'Футболка S', model, attributes: { Размер: ['S', 'M'] } }).values).toMatchObject({ title: 'Футболка', attributes: { Размер: [{ text: 'S' }] } });
    expect(codes({ model, attributes: { Размер: ['S', 'M'] } })).toEqual([['warning', 'attributes.Размер', 'woocommerce.axis-several']]);
    expect(codes({ model, attributes: {} })).toEqual([['error', 'attributes.Размер', 'woocommerce.axis-missing']]);
  });

  it.each<[string, Partial<ProductSnapshot>, readonly string[]]>([
    ['a price in a currency the shop does not trade in', { price: { minor: 1000, currency: 'USD' } }, ['error', 'price', 'woocommerce.currency-differs']],
    ['an old price that is not higher', { oldPrice: { minor: 129_050, currency: 'RUB' } }, ['warning', 'price', 'woocommerce.old-price-lower']],
    ['a SKU longer than the site can look up', { sku: 'A'.repeat(101) }, ['error', '', 'woocommerce.article-too-long']],
    ['a SKU that cannot be looked up', { sku: 'A,B' }, ['error', '', 'woocommerce.sku-comma']],
    ['a SKU that the site would keep as another one', { sku: 'A%20 B' }, ['error', '', 'woocommerce.sku-altered']],
    ['a barcode of letters', { barcodes: ['4600000000017', 'ABC'] }, ['warning', 'barcodes', 'woocommerce.barcode-not-gtin']],
    ['more than one barcode', { barcodes: ['4600000000017', '4600000000024'] }, ['warning', 'barcodes', 'woocommerce.barcodes-cut']],
    ['a bar in a value', { attributes: { Состав: 'хлопок|лён' } }, ['warning', 'attributes.Состав', 'woocommerce.value-bar']],
  ])('tells of %s', (_name, part, expected) => {
    expect(codes(part)).toEqual([expected]);
  });
});

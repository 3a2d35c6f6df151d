import { describe, expect, it } from '@jest/globals';
import type { Doc } from '#kernel';
import { CATEGORIES, liveGroup, liveProduct, liveVariation } from './fixtures/scripted-woocommerce.js';
import { CategoryTree } from './woocommerce.categories.js';
import { simpleCard, variationCard, UNCOUNTED } from './woocommerce.observe.js';

const shop = {
  settings: { currency: 'RUB', weightUnit: 'kg', lengthUnit: 'cm' } as const,
  tree: new CategoryTree(CATEGORIES.map(({ id, name, parent }) => ({ id: String(id), name: name.replace('&amp;', '&'), parent: parent === 0 ? '' : String(parent) }))),
};
const read = (part: Doc) => simpleCard(liveProduct(part), shop).values;

describe('a product of a site', () => {
  it('is read with everything a buyer sees', () => {
    expect(simpleCard(liveProduct(), shop)).toMatchObject({
      key: 'KETTLE-1',
      externalId: '101',
      values: {
        category: 'Дом & сад / Чайники',
        title: 'Чайник «Ясень»',
        description: 'Кипятит быстро.\n\nДержит тепло & молчит.',
        media: ['https://shop.test/wp-content/uploads/a.jpg'],
        attributes: { Цвет: [{ id: '3', text: 'Красный' }], Чужое: [{ text: 'не наше' }, { text: 'и это' }] },
        dimensions: { length: 200, width: 155, height: 250, weight: 1200 },
        barcodes: ['4600000000017'],
        presence: 'listed',
        status: { sellable: true, moderation: 'none', causes: [] },
        price: { price: 129_050, old: 150_000, currency: 'RUB' },
        stock: { site: 7 },
      },
    });
  });

  it.each([
    ['a draft', { status: 'draft' }, 'draft'],
    ['in the trash', { status: 'trash' }, 'trash'],
    ['hidden from catalog and search', { catalog_visibility: 'hidden' }, 'hidden'],
  ])('that is %s is put away, and says how', (_name, part, detail) => {
    expect(read(part)).toMatchObject({ presence: 'archived', status: { sellable: false, causes: [{ code: 'archived', detail }] } });
  });

  it.each([
    [{ manage_stock: false, stock_quantity: null, stock_status: 'instock' }, UNCOUNTED],
    [{ manage_stock: false, stock_quantity: null, stock_status: 'outofstock' }, 0],
    [{ stock_quantity: -3 }, 0],
    [{ stock_quantity: null }, 0],
  ])('has the stock that can be bought: %j', (part, pieces) => {
    expect(read(part).stock).toEqual({ site: pieces });
  });

  it('without a price or without stock cannot be bought', () => {
    expect(read({ price: '', regular_price: '', sale_price: '' }).status?.causes).toEqual([{ code: 'no-price' }]);
    expect(read({ stock_quantity: 0 }).status?.causes).toEqual([{ code: 'no-stock' }]);
  });

  it('stands in the places of its leaves: a parent beside its child says nothing', () => {
    expect(read({ categories: [{ id: 16 }, { id: 17 }, { id: 18 }] }).category).toBe('Акции | Дом & сад / Чайники');
  });

  it('without a SKU is known by its id', () => {
    expect(simpleCard(liveProduct({ sku: '' }), shop).key).toBe('id:101');
  });

  it('remembers that its sale has dates', () => {
    expect(simpleCard(liveProduct({ date_on_sale_from_gmt: '2026-12-01T00:00:00' }), shop).ids).toEqual({ sale: 'dated' });
  });
});

describe('a variation', () => {
  it('that leads its group shows the text and the gallery of the group', () => {
    const { ids, values } = variationCard(liveVariation(), liveGroup(), shop);
    expect(ids).toEqual({ group: '200', model: 'TEE-1', axes: '["Размер"]' });
    expect(values).toMatchObject({
      title: 'Футболка',
      category: 'Дом & сад / Чайники',
      description: 'Из хлопка.',
      media: ['https://shop.test/u/front.jpg', 'https://shop.test/u/back.jpg'],
      attributes: { Материал: [{ text: 'Хлопок' }], Размер: [{ text: 'S' }] },
    });
  });

  it('that does not lead shows its own text, or the one it inherits, and its one picture', () => {
    const other = (part: Doc) => variationCard(liveVariation({ id: 202, sku: 'TEE-1-M', ...part }), liveGroup(), shop).values;
    expect(other({}).description).toBe('Из хлопка.');
    expect(other({ description: '<p>Размер M.</p>' }).description).toBe('Размер M.');
    expect(other({ image: { id: 611, src: 'https://shop.test/u/m.jpg' } }).media).toEqual(['https://shop.test/u/m.jpg#only']);
    expect(other({ image: undefined, images: [{ id: 1, src: 'https://shop.test/u/m.jpg' }] }).media).toEqual(['https://shop.test/u/m.jpg#only']);
  });

  it('that shows the file of the one that leads has lost its own picture; in a group that is not ours it may never have had one', () => {
    const other = (group: Doc) => variationCard(liveVariation({ id: 202, sku: 'TEE-1-M' }), group, shop).values.media;
    expect(other(liveGroup())).toEqual([]);
    expect(other(liveGroup({ meta_data: [] }))).toEqual(['https://shop.test/u/front.jpg#only']);
  });

  it('is put away with its group', () => {
    expect(variationCard(liveVariation(), liveGroup({ status: 'draft' }), shop).values).toMatchObject({
      presence: 'archived',
      status: { causes: [{ code: 'archived', detail: 'group' }] },
    });
  });
});

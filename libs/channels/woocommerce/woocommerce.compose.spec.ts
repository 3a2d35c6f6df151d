import { describe, expect, it } from '@jest/globals';
import { Refused } from '#kernel';
import { item, liveGroup, liveProduct, liveVariation, masterProduct, type Doc } from './fixtures/scripted-woocommerce.js';
import { compose } from './woocommerce.compose.js';

const references = (key: string) => (key === 'settings' ? { currency: 'RUB', weightUnit: 'kg', lengthUnit: 'cm' } : undefined);
const variation = { key: 'TEE-1-M', externalId: '202', ids: { group: '200' } };
const document = { product: liveVariation({ id: 202, sku: 'TEE-1-M', attributes: [{ id: 0, name: 'Размер', option: 'M' }] }), group: liveGroup() };

describe('what is sent for a product of its own', () => {
  const live = { document: { product: liveProduct() } };

  it('is stock as a whole number, counted from now on', () => {
    expect(compose('stock', item({ values: { stock: { site: 4 } } }))).toEqual({ id: 101, fields: { manage_stock: true, stock_quantity: 4 } });
  });

  it('is stock in words where the shop does not count', () => {
    const uncounted = (key: string) => (key === 'settings' ? { currency: 'RUB', weightUnit: 'kg', lengthUnit: 'cm', countsStock: false } : undefined);
    const sent = (pieces: number) => compose('stock', item({ values: { stock: { site: pieces } } }), uncounted);
    expect([sent(1_000_000), sent(0)]).toEqual([
      { id: 101, fields: { stock_status: 'instock' } },
      { id: 101, fields: { stock_status: 'outofstock' } },
    ]);
  });

  it('doubles a backslash, which the site would take for the mark of an escape; not in the text of a variation, which it takes as it is', () => {
    const values = { title: 'Сервер \\\\nas', description: 'C:\\дом' };
    expect(compose('card', item({ ...live, values }))).toMatchObject({ fields: { name: 'Сервер \\\\\\\\nas', description: 'C:\\\\дом' } });
    expect(compose('card', item({ ...variation, document, values: { description: 'C:\\дом' } }))).toMatchObject({ fields: { description: 'C:\\дом' } });
  });

  it('names only what changes', () => {
    expect(compose('card', item({ ...live, values: { title: 'Новое' } }))).toEqual({ id: 101, fields: { name: 'Новое' } });
  });

  it('lays attributes over the live ones: a foreign one goes back as it is, a dropped one goes', () => {
    const body = compose('card', item({ ...live, values: { attributes: { Мощность: [{ text: '2 кВт' }] } }, dropAttributes: ['Цвет'] }));
    expect(body).toEqual({
      id: 101,
      fields: {
        attributes: [
          { name: 'Чужое', position: 1, visible: false, variation: false, options: ['не наше', 'и это'] },
          { name: 'Мощность', position: 2, visible: true, variation: false, options: ['2 кВт'] },
        ],
      },
    });
  });

  it('gives sizes as texts in the units of the shop, and only those that are known', () => {
    const body = compose('card', item({ ...live, values: { dimensions: { length: 205, width: 0, height: 10, weight: 1250 }, barcodes: [] } }), references);
    expect(body).toEqual({ id: 101, fields: { global_unique_id: '', weight: '1.25', dimensions: { length: '20.5', height: '1' } } });
  });

  it('keeps the mark-up of the master where it reads the same', () => {
    const product = masterProduct({ description: '<p>Раз.</p><ul><li>два</li></ul>' });
    expect(compose('card', item({ ...live, product, values: { description: 'Раз.\nдва' } }))).toMatchObject({ fields: { description: product.description } });
    expect(compose('card', item({ ...live, product, values: { description: 'Другое' } }))).toMatchObject({ fields: { description: 'Другое' } });
  });

  it('has a field to name when there is nothing to send', () => {
    const refused = (() => {
      try {
        return compose('prices', item({}));
      } catch (error) {
        return error;
      }
    })();
    expect(refused).toBeInstanceOf(Refused);
    expect((refused as Refused).diagnostics).toMatchObject([{ path: 'price', code: 'woocommerce.nothing-to-send' }]);
  });
});

describe('what is sent for a variation', () => {
  it('goes to the group where the group holds it, to itself where it tells it apart', () => {
    const values = { title: 'Футболка хлопковая', category: 'Одежда', attributes: { Материал: [{ text: 'Лён' }], Размер: [{ text: 'L' }] } };
    expect(compose('card', item({ ...variation, document, values }))).toEqual({
      id: 202,
      parent: 200,
      fields: { attributes: [{ name: 'Размер', option: 'L' }] },
      category: 'Одежда',
      group: {
        id: 200,
        fields: { name: 'Футболка хлопковая' },
        member: { sku: 'TEE-1-M', edit: { set: { Материал: [{ text: 'Лён' }] }, drop: [], offer: { Размер: [{ text: 'L' }] } } },
        live: liveGroup()['attributes'],
        noted: {},
      },
    });
  });

  it('chooses in the words of its group: spelled otherwise it could not be bought', () => {
    const body = compose('card', item({ ...variation, document, values: { attributes: { РАЗМЕР: [{ text: 's' }] } } }));
    expect((body as { fields: unknown }).fields).toEqual({ attributes: [{ name: 'Размер', option: 'S' }] });
    // An axis by another spelling is that axis still, and loses no value of the others.
    expect(body).toMatchObject({ group: { member: { edit: { set: {}, offer: { РАЗМЕР: [{ text: 's' }] } } } } });
  });

  it('writes the text of the group only for the variation that leads it', () => {
    const text = { values: { description: 'Новый текст' } };
    expect(compose('card', item({ ...variation, document, ...text }))).toEqual({ id: 202, parent: 200, fields: { description: 'Новый текст' } });
    const leads = { key: 'TEE-1-S', externalId: '201', ids: { group: '200' }, document: { ...document, product: liveVariation() } };
    expect(compose('card', item({ ...leads, ...text }))).toMatchObject({ fields: {}, group: { fields: { description: 'Новый текст' } } });
  });

  it('brings its group back with it, and sends nothing of its own that is right already', () => {
    const hidden = { group: { id: 200, fields: { status: 'publish', catalog_visibility: 'visible' } } };
    const put = (variationPart: Doc, groupPart: Doc) =>
      compose('publish', item({ ...variation, document: { product: liveVariation({ id: 202, ...variationPart }), group: liveGroup(groupPart) } }));
    expect(put({}, { status: 'trash' })).toMatchObject({ fields: {}, ...hidden });
    expect(put({ status: 'private' }, { status: 'draft' })).toMatchObject({ fields: { status: 'publish' }, ...hidden });
    expect(put({ status: 'private' }, {})).toEqual({ id: 202, parent: 200, fields: { status: 'publish' } });
  });

  it('is made of a model with axes', () => {
    const product = masterProduct({
      sku: 'TEE-1-M',
      model: { code: 'TEE-1', axes: ['Размер'], title: 'Футболка' },
      attributes: { Размер: 'M', Материал: 'Хлопок' },
      description: 'Из хлопка.',
    });
    const values = {
      title: 'Футболка',
      attributes: { Материал: [{ text: 'Хлопок' }], Size: [{ id: '4', text: 'M' }] },
      price: { price: 100_00, currency: 'RUB' },
      stock: { site: 3 },
    };
    expect(compose('create', item({ key: 'TEE-1-M', externalId: undefined, product, values }))).toEqual({
      sku: 'TEE-1-M',
      fields: { status: 'publish', regular_price: '100', sale_price: '', manage_stock: true, stock_quantity: 3, description: 'Из хлопка.', attributes: [{ id: 4, option: 'M' }] },
      group: {
        sku: 'TEE-1',
        fields: { type: 'variable', status: 'publish', name: 'Футболка', description: 'Из хлопка.' },
        attributes: { set: { Материал: [{ text: 'Хлопок' }] }, drop: [], offer: { Size: [{ id: '4', text: 'M' }] } },
      },
    });
  });
});

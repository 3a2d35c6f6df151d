import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalText, documentDigest } from './canonical-document.js';
import { completeDocument, patchDocument, patchedPaths, takeFields } from './patch-document.js';
import type { ProductDocument } from './product-document.js';
import { viewForChannel } from '../channels/channel-view.js';
import { validateDocument } from './validate-document.js';

const mug: ProductDocument = completeDocument({
  sku: 'MG-1',
  title: 'Кружка',
  attributes: { Материал: ['Керамика'], 'Объем, л': { value: 0.3, unit: 'л' } },
  barcodes: ['8809288404089'],
  price: { minor: 49900, currency: 'RUB' },
  stock: { main: 3 },
});

describe('the digest of a document', () => {
  it('does not depend on the order of keys, nor on absent fields', () => {
    const turned = Object.fromEntries(Object.entries(mug).reverse()) as unknown as ProductDocument;
    expect(documentDigest({ ...turned, attributes: Object.fromEntries(Object.entries(mug.attributes).reverse()), brand: undefined })).toBe(documentDigest(mug));
  });

  it('depends on every value', () => {
    const changed = [
      { ...mug, title: 'Кружка ' },
      { ...mug, archived: true },
      { ...mug, stock: { main: 4 } },
      { ...mug, attributes: { ...mug.attributes, Материал: ['Фарфор'] } },
      { ...mug, barcodes: [] },
    ];
    expect(new Set([mug, ...changed].map(documentDigest)).size).toBe(changed.length + 1);
  });

  it('keeps an attribute whatever its name', () => {
    const text = canonicalText({ ...mug, attributes: JSON.parse('{"б":"1","__proto__":"2","а":"3"}') as ProductDocument['attributes'] });
    expect(text).toContain('"attributes":{"__proto__":"2","а":"3","б":"1"}');
  });

  it('survives a way through JSON', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.boolean(), fc.array(fc.string()))), (attributes) => {
        const document = { ...mug, attributes };
        expect(canonicalText(JSON.parse(canonicalText(document)) as ProductDocument)).toBe(canonicalText(document));
      }),
    );
  });
});

describe('a patch', () => {
  it('replaces fields, merges keyed ones, and removes what is null', () => {
    const patched = patchDocument({ ...mug, brand: 'Ясень' }, { brand: null, title: 'Чашка', stock: { north: 2, main: null }, attributes: { Цвет: 'синий' } });
    expect(patched).toMatchObject({ title: 'Чашка', stock: { north: 2 }, attributes: { Материал: ['Керамика'], Цвет: 'синий' } });
    expect(patched.brand).toBeUndefined();
    expect(patched.stock).not.toHaveProperty('main');
  });

  it('never changes the sku', () => {
    const patch = { sku: 'OTHER', title: 'Чашка' };
    expect(patchDocument(mug, patch).sku).toBe('MG-1');
  });

  it('names what it touches', () => {
    expect(patchedPaths({ title: 'x', attributes: { Цвет: null }, stock: { main: 1 } })).toEqual(['title', 'attributes.Цвет', 'stock.main']);
  });

  it('that takes all fields from another document gives that document', () => {
    const other = completeDocument({ sku: 'MG-1', title: 'Другая', brand: 'Ясень' });
    expect(takeFields(mug, other)).toEqual(other);
    expect(takeFields(mug, other, ['brand'])).toEqual({ ...mug, brand: 'Ясень' });
  });
});

describe('what a channel sees', () => {
  it('is the master with the channel’s own words, and nobody else’s', () => {
    const document = { ...mug, overrides: { ozon: { title: 'Кружка для Ozon', attributes: { Цвет: 'белый' } } }, externalIds: { '1c': 'x' } };
    expect(viewForChannel(document, 7, 'ozon')).toMatchObject({ revision: 7, title: 'Кружка для Ozon', attributes: { Материал: ['Керамика'], Цвет: 'белый' } });
    expect(viewForChannel(document, 7, 'wildberries').title).toBe('Кружка');
    expect(viewForChannel(document, 7, 'ozon')).not.toHaveProperty('overrides');
    expect(viewForChannel(document, 7, 'ozon')).not.toHaveProperty('externalIds');
  });
});

describe('what one channel is told of stock and archiving', () => {
  const told = (override: object) => viewForChannel({ ...mug, stock: { main: 3, north: 8 }, overrides: { ozon: override } }, 1, 'ozon');

  it('is at most what the master has, warehouse by warehouse; a warehouse of its own is told as it is', () => {
    expect(told({ stock: { main: 5, north: 2, outlet: 4 } }).stock).toEqual({ main: 3, north: 2, outlet: 4 });
    expect(viewForChannel({ ...mug, stock: { main: 3 }, overrides: { ozon: { stock: { main: 0 } } } }, 1, 'wildberries').stock).toEqual({ main: 3 });
  });

  it('may be archived here only, or sold here only', () => {
    expect([told({ archived: true }).archived, told({}).archived]).toEqual([true, false]);
    expect(viewForChannel({ ...mug, archived: true, overrides: { ozon: { archived: false } } }, 1, 'ozon').archived).toBe(false);
  });

  it('is refused with the place of what is wrong', () => {
    const fault = (override: object) => validateDocument({ ...mug, overrides: { ozon: override } }).map(({ field, code }) => [field, code]);
    expect(fault({ stock: { main: 1.5 } })).toEqual([['overrides.ozon.stock.main', 'pieces']]);
    expect(fault({ archived: 'yes' })).toEqual([['overrides.ozon.archived', 'yes-no']]);
  });
});

describe('validation', () => {
  it('has nothing against a good document', () => expect(validateDocument(mug)).toEqual([]));

  it.each<[string, object, string]>([
    ['an empty title', { title: '   ' }, 'title'],
    ['a NUL', { description: 'a\u0000' }, 'description'],
    ['half a surrogate pair in an attribute', { attributes: { Цвет: '\ud800' } }, 'attributes.Цвет'],
    ['an attribute without a value', { attributes: { Цвет: '' } }, 'attributes.Цвет'],
    ['a number that is none', { attributes: { Вес: { value: Number.NaN } } }, 'attributes.Вес'],
    ['a fraction of a kopeck', { price: { minor: 0.5, currency: 'RUB' } }, 'price'],
    ['a negative price', { minPrice: { minor: -1, currency: 'RUB' } }, 'minPrice'],
    ['a currency in words', { oldPrice: { minor: 1, currency: 'руб' } }, 'oldPrice'],
    ['a size of 0', { dimensions: { length: 0, width: 1, height: 1 } }, 'dimensions.length'],
    ['a size too few', { dimensions: { length: 1, width: 1 } }, 'dimensions.height'],
    ['a weight below 0', { weight: -5 }, 'weight'],
    ['a wrong check digit', { barcodes: ['8809288404088'] }, 'barcodes'],
    ['one barcode twice', { barcodes: ['8809288404089', '8809288404089'] }, 'barcodes'],
    ['pieces that are not whole', { stock: { main: 1.5 } }, 'stock.main'],
    ['a rate that does not exist', { vat: 19 }, 'vat'],
    ['a digest that is none', { media: [{ digest: 'xyz' }] }, 'media'],
    ['a category with an empty name', { category: 'Дом /  / Кружка' }, 'category'],
    ['a sku with spaces around', { sku: ' MG-1' }, 'sku'],
    ['a sku of 256 characters', { sku: 'x'.repeat(256) }, 'sku'],
    ['a field nobody knows', { colour: 'red' }, 'colour'],
    ['an override of an unknown field', { overrides: { ozon: { colour: 1 } } }, 'overrides.ozon.colour'],
    ['a role no picture has', { media: [{ digest: 'a'.repeat(64), role: 'poster' }] }, 'media.0.role'],
    [
      'two main pictures',
      {
        media: [
          { digest: 'a'.repeat(64), role: 'main' },
          { digest: 'b'.repeat(64), role: 'main' },
        ],
      },
      'media.1.role',
    ],
    ['half a component', { components: [{ sku: 'A', quantity: 0.5 }] }, 'components.0'],
    [
      'a component twice',
      {
        components: [
          { sku: 'A', quantity: 1 },
          { sku: 'A', quantity: 2 },
        ],
      },
      'components.1',
    ],
    ['a weight of a channel that is none', { overrides: { ozon: { weight: -1 } } }, 'overrides.ozon.weight'],
    ['axes that are no list', { model: { code: 'M', axes: 'Цвет' } }, 'model.axes'],
  ])('refuses %s, naming field, value and remedy', (_, change, field) => {
    const issues = validateDocument({ ...mug, ...change });
    expect(issues.map((i) => i.field)).toEqual([field]);
    for (const issue of issues) for (const text of [issue.value, issue.reason, issue.remedy]) expect(text.length).toBeGreaterThan(0);
  });

  it('judges what changed, and nothing that stands as it was', () => {
    const before = { ...mug, vat: 18 };
    expect(validateDocument({ ...before, title: 'Чашка' }, before)).toEqual([]);
    expect(validateDocument({ ...before, title: '' }, before).map((i) => i.field)).toEqual(['title']);
    expect(validateDocument({ ...before, vat: 17 }, before).map((i) => i.field)).toEqual(['vat']);
  });

  it('never throws, whatever comes in', () => {
    fc.assert(fc.property(fc.object(), (input) => validateDocument({ ...input, title: '' }).some((i) => i.field === 'title')));
  });
});

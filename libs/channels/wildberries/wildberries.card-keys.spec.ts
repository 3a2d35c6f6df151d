import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ProductSnapshot } from '#channels/contract';
import { articleOf, keyOf, keysOfSizes, sizeKey, sizeOfKey } from './wildberries.card-keys.js';

const size = (id: number, name: string) => ({ id: String(id), name });
const dress = (part: Partial<ProductSnapshot> = {}): ProductSnapshot => ({
  sku: 'DR-1-RED-S',
  revision: 1,
  title: 'Платье',
  description: '',
  category: 'Одежда / Платье',
  attributes: { Цвет: 'красный', Размер: 'S', 'Российский размер': '44' },
  media: [],
  barcodes: [],
  stock: {},
  model: { code: 'DR-1', axes: ['Цвет', 'Размер'] },
  archived: false,
  ...part,
});

describe('the key of a product', () => {
  it.each([
    ['size and colour tell variants apart', dress(), 'DR-1/красный · S'],
    ['size alone does', dress({ model: { code: 'DR-1', axes: ['Размер'] } }), 'DR-1 · S'],
    ['only the Russian size is named', dress({ model: { code: 'DR-1', axes: ['Российский размер'] }, attributes: { 'Российский размер': { value: 44 } } }), 'DR-1 · 44'],
    ['colour alone does', dress({ model: { code: 'DR-1', axes: ['Цвет'] } }), 'DR-1-RED-S'],
    ['it has no size', dress({ attributes: { Цвет: 'красный' } }), 'DR-1-RED-S'],
    ['it is of no model', dress({ model: undefined }), 'DR-1-RED-S'],
  ] as const)('where %s', (_why, product, key) => {
    expect(keyOf(product)).toBe(key);
  });

  it('joins the card that has its other sizes, whatever article that is under', () => {
    const listed = (product: ProductSnapshot, key: string) => [{ product, key }];
    const medium = dress({ sku: 'DR-1-RED-M', attributes: { Цвет: 'красный', Размер: 'M' } });
    expect(keyOf(dress(), listed(medium, 'OLD-7 · M'))).toBe('OLD-7 · S');
    expect(keyOf(dress(), listed(medium, 'OLD-7'))).toBe('OLD-7 · S');
    expect(keyOf(dress(), listed(medium, medium.sku))).toBe('DR-1/красный · S');
    const blue = dress({ sku: 'DR-1-BLUE-M', attributes: { Цвет: 'синий', Размер: 'M' } });
    expect(keyOf(dress(), listed(blue, 'OLD-7 · M'))).toBe('DR-1/красный · S');
  });
});

describe('the keys of a card', () => {
  it('are its article while it has one size, which may be known by its name already', () => {
    expect(keysOfSizes('A', [size(5, '0')])).toEqual([{ key: 'A', also: [] }]);
    expect(keysOfSizes('A', [size(5, 'S')])).toEqual([{ key: 'A', also: ['A · S'] }]);
    expect(keysOfSizes('A', [])).toEqual([{ key: 'A', also: [] }]);
  });

  it('name each of several sizes; the oldest may be known by the article still', () => {
    expect(keysOfSizes('A', [size(10, 'M'), size(9, 'S')])).toEqual([
      { key: 'A · M', also: [] },
      { key: 'A · S', also: ['A'] },
    ]);
  });

  it('never meet, however sizes are called', () => {
    const sizes = fc.uniqueArray(fc.record({ id: fc.integer({ min: 1, max: 1e9 }).map(String), name: fc.constantFrom('S', 'M', '', '0') }), {
      selector: (one) => one.id,
      minLength: 2,
    });
    fc.assert(
      fc.property(sizes, (given) => {
        const keys = keysOfSizes('A', given).map((one) => one.key);
        expect(new Set(keys).size).toBe(given.length);
        expect(keys.map(articleOf)).toEqual(given.map(() => 'A'));
      }),
    );
  });

  it('are read back', () => {
    expect([articleOf('A/b · XL'), sizeOfKey('A/b · XL'), articleOf('A'), sizeOfKey('A')]).toEqual(['A/b', 'XL', 'A', undefined]);
    expect(articleOf(sizeKey('A · B', 'XL'))).toBe('A · B');
  });
});

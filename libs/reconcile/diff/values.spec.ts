import { describe, expect, it } from '@jest/globals';
import type { StatusValue } from '#channels/contract';
import { nameAttributesDrift } from './attributes-drift.js';
import { namePresenceDrift, nameStatusDrift } from './buyability-drift.js';
import { causeOf } from './cause.js';
import { explainChange } from './explain-change.js';
import { maskIgnored } from './mask-ignored.js';
import { nameTextDrift } from './text-drift.js';
import { nameBarcodesDrift, nameCategoryDrift, nameDimensionsDrift, namePriceDrift, nameStockDrift } from './value-drift.js';

const red = [{ id: '61', text: 'красный' }];
const status = (sellable: boolean | null, causes: StatusValue['causes'] = []): StatusValue => ({ sellable, moderation: 'approved', causes, refusals: [] });

describe('attributes', () => {
  const table = [
    ['a renamed dictionary value is the same', { a: red }, { a: [{ id: '61', text: 'алый' }] }, undefined],
    ['what the channel added is not ours', { a: red }, { a: red, z: red }, undefined],
    ['order of values means nothing', { a: [...red, { text: 'шёлк' }] }, { a: [{ text: 'шёлк' }, ...red] }, undefined],
    ['gone', { a: red }, {}, ['attribute-lost', 'attributes.a']],
    ['one of several values gone', { a: [...red, { text: 'шёлк' }] }, { a: red }, ['attribute-lost', 'attributes.a']],
    ['another value', { a: red }, { a: [{ id: '62', text: 'синий' }] }, ['attribute-changed', 'attributes.a']],
    ['a wrong value outranks a missing one', { a: red, b: red }, { b: [{ id: '62', text: 'синий' }] }, ['attribute-changed', 'attributes.b', 'attributes.a']],
    ['a broken free text', { a: [{ text: 'Чайник и подставка' }], b: red }, { a: [{ text: 'Р§Р°Р№РЅРёРє Рё подставка' }] }, ['gibberish', 'attributes.a', 'attributes.b']],
    ['a changed free text', { a: [{ text: 'Чайник и подставка' }] }, { a: [{ text: 'Чайник и крышка' }] }, ['attribute-changed', 'attributes.a']],
  ] as const;
  it.each(table)('%s', (_what, desired, observed, expected) => {
    const named = nameAttributesDrift(desired, observed);
    expect(named && [named.kind, ...named.paths]).toEqual(expected);
  });
});

describe('plain values', () => {
  it('names what differs by its path, and nothing when nothing does', () => {
    const box = { length: 100, width: 50, height: 20, weight: 300 };
    expect(nameCategoryDrift('1:2', '1:3')?.kind).toBe('category-moved');
    expect(nameCategoryDrift('1:2', '1:2')).toBeUndefined();
    expect(nameDimensionsDrift(box, { ...box, weight: 301 })?.paths).toEqual(['dimensions.weight']);
    expect(namePriceDrift({ price: 1000, old: 1200, currency: 'RUB' }, { price: 900, currency: 'RUB' })?.paths).toEqual(['price.price', 'price.old']);
    expect(nameStockDrift(5, 100)?.kind).toBe('stock');
    expect(nameBarcodesDrift(['46'], ['46', 'OZN1'])).toBeUndefined();
    expect(nameBarcodesDrift(['46'], ['OZN1'])).toMatchObject({ kind: 'attribute-changed', paths: ['barcodes'] });
  });

  it('explains a card that cannot be bought, outermost cause first and each once', () => {
    const observed = status(false, [{ code: 'blocked-by-error' }, { code: 'update-stuck' }, { code: 'blocked-by-error', detail: 'brand' }]);
    expect(nameStatusDrift(status(true), observed)?.chain).toEqual([{ code: 'update-stuck' }, { code: 'blocked-by-error', detail: 'brand' }]);
    expect(nameStatusDrift(status(true), status(false))?.chain).toEqual([{ code: 'unknown' }]);
    expect(nameStatusDrift(status(true), status(null))).toBeUndefined();
    expect(nameStatusDrift(status(false), status(false))).toBeUndefined();
  });

  it.each([
    ['listed', 'absent', 'missing'],
    ['listed', 'archived', 'not-buyable'],
    ['absent', 'listed', 'orphan'],
    ['archived', 'listed', 'orphan'],
    ['archived', 'absent', undefined],
    ['listed', 'listed', undefined],
  ] as const)('wanted %s, found %s: %s', (desired, observed, kind) => {
    expect(namePresenceDrift(desired, observed)?.kind).toBe(kind);
  });

  it('blames ourselves before others', () => {
    const nothing = { lastWriteCarriedLive: false, verifiedSinceLastWrite: false };
    expect(causeOf({ ...nothing, lastWriteCarriedLive: true, verifiedSinceLastWrite: true })).toBe('ours');
    expect(causeOf({ ...nothing, olderRevision: 2, verifiedSinceLastWrite: true })).toBe('ours-older');
    expect(causeOf({ ...nothing, verifiedSinceLastWrite: true })).toBe('outside');
    expect(causeOf(nothing)).toBe('unknown');
  });
});

describe('texts', () => {
  const ask = (observed: string, texts: Readonly<Record<string, string>>, older: readonly string[] = []) =>
    nameTextDrift({
      facet: 'title',
      desired: 'Плед красный',
      observed,
      owners: () => Object.entries(texts).map(([sku, text]) => ({ listingId: sku, sku, text })),
      olderOwn: older.map((text, at) => ({ revision: at + 1, text })),
    });
  it('an own earlier text goes before another card’s equal one', () => {
    expect(ask('Плед синий', { X: 'Плед синий' }, ['Плед', 'Плед синий'])).toMatchObject({ kind: 'text-changed', cause: 'ours-older', revision: 2 });
  });
  it('a candidate that only shares an element is no owner', () => {
    expect(ask('Плед синий', { X: 'Плед синий большой' }).kind).toBe('text-changed');
  });
  it('a model mate with our own text owns nothing', () => {
    expect(ask('Плед, красный!', { X: 'Плед красный' }).partners).toBeUndefined();
  });
});

describe('for people and for fingerprints', () => {
  it('shows the fields that differ, texts word by word', () => {
    expect(explainChange('title', 'Плед <b>красный</b>', 'Плед синий')).toEqual([
      {
        path: 'title',
        expected: 'Плед красный',
        live: 'Плед синий',
        words: [
          { same: true, expected: 'Плед', live: 'Плед' },
          { same: false, expected: 'красный', live: 'синий' },
        ],
      },
    ]);
    expect(explainChange('attributes', { a: red, b: red }, { b: red })).toEqual([{ path: 'attributes.a', expected: 'красный', live: null }]);
    expect(explainChange('media', ['d1', 'd2'], ['u1'])).toEqual([
      { path: 'media.0', expected: 'd1', live: 'u1' },
      { path: 'media.1', expected: 'd2', live: null },
    ]);
    expect(explainChange('stock', 5, 5)).toEqual([]);
    expect(explainChange('status', status(true), status(false, [{ code: 'hidden' }, { code: 'no-price' }]))).toEqual([
      { path: 'status.sellable', expected: true, live: 'hidden → no-price' },
    ]);
  });

  it('drops what is ignored or not ours, and keeps the order of the rest', () => {
    const price = { price: 1000, old: 1200, currency: 'RUB' };
    expect(JSON.stringify(maskIgnored('price', price, ['price.old']))).toBe('{"price":1000,"currency":"RUB"}');
    expect(maskIgnored('attributes', { a: red, b: red, c: red }, ['attributes.b'], { a: red, b: red })).toEqual({ a: red });
    expect(maskIgnored('media', ['u'], ['media'])).toBeUndefined();
    expect(maskIgnored('title', 'Плед', ['attributes.*'])).toBe('Плед');
  });
});

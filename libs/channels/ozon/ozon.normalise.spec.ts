import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Facet, FacetValue } from '#channels/contract';
import { normalise } from './ozon.normalise.js';

const messy = fc.string({ unit: fc.constantFrom('а', 'б', ' ', '\u00a0', '\n', '\r\n', '\t', '\u202f', '<', '1', 'й', 'и\u0306'), maxLength: 30 });
const attributes = fc.dictionary(
  fc.oneof(fc.nat({ max: 9_999_999 }).map(String), fc.constant('100001/21841'), fc.constant('color_image'), fc.constant('9999999999')),
  fc.array(fc.record({ id: fc.option(fc.nat().map(String), { nil: undefined }), text: messy }), { maxLength: 3 }),
);
const VALUES: readonly (readonly [Facet, fc.Arbitrary<FacetValue>])[] = [
  ['category', messy],
  ['title', messy],
  ['description', messy],
  ['media', fc.array(messy)],
  ['attributes', attributes],
  ['dimensions', fc.record({ length: fc.float({ noNaN: true, min: 0, max: 5000 }), width: fc.nat(), height: fc.nat(), weight: fc.nat() })],
  ['barcodes', fc.array(messy)],
  ['presence', fc.constantFrom('listed' as const, 'archived' as const)],
  ['price', fc.record({ price: fc.nat(), old: fc.option(fc.nat(), { nil: undefined }), min: fc.option(fc.nat(), { nil: undefined }), currency: fc.constant('RUB') })],
  ['stock', fc.nat()],
];

describe('normalise', () => {
  it.each(VALUES)('%s: twice is once, byte for byte', (facet, values) => {
    fc.assert(
      fc.property(values, (value) => {
        const once = normalise(facet, value);
        expect(JSON.stringify(normalise(facet, once))).toBe(JSON.stringify(once));
      }),
    );
  });

  it.each([
    { facet: 'title', value: ' Чайник\u00a0 электрический\n', canonical: 'Чайник электрический' },
    { facet: 'description', value: 'Первая\r\n\r\n\r\n\r\nВторая ', canonical: 'Первая\n\nВторая' },
    { facet: 'barcodes', value: ['460002', ' 460001', '460002'], canonical: ['460001', '460002'] },
    { facet: 'price', value: { price: 100_00, old: 0, currency: 'RUB' }, canonical: { price: 100_00, currency: 'RUB' } },
    { facet: 'media', value: [' https://a/1.jpg', ''], canonical: ['https://a/1.jpg'] },
  ] as const)('$facet', ({ facet, value, canonical }) => {
    expect(normalise(facet, value)).toEqual(canonical);
  });

  it('puts attribute ids in the order of their numbers, wherever they came', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat({ max: 99_999_999_999 }), { minLength: 2, maxLength: 12 }), (ids) => {
        const build = (order: readonly number[]) => Object.fromEntries(order.map((id) => [String(id), [{ text: `v${id}` }]]));
        const text = JSON.stringify(normalise('attributes', build(ids)));
        expect(text).toBe(JSON.stringify(normalise('attributes', build([...ids].reverse()))));
        expect(Object.keys(JSON.parse(text) as object)).toEqual([...ids].sort((a, b) => a - b).map(String));
      }),
    );
  });
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BrokenContract } from '#kernel';
import { contentCard } from './ozon.observe-content.js';

/* Few values a field, so that equal prints and equal values do come up; among them all that Ozon writes for "nothing". */
const none = fc.constantFrom(null, '', undefined);
const id = fc.oneof(fc.constantFrom(0, 7, '7', '0', 17028922, '12345678901234567890'), none);
const text = fc.oneof(fc.constantFrom('a', 'b', ' a', 'a\nb', 'a\n', '5', 5, 'й', 'true', 'null', '\n', '1,n'), none);
const amount = fc.oneof(fc.constantFrom(0, 1, '1', 1.4, '10', 10), none);
const value = fc.oneof(fc.record({ dictionary_value_id: id, value: text }), fc.record({ dictionaryValueId: id, value: text }));
const values = fc.oneof(fc.array(value, { maxLength: 3 }), fc.constant(null));
const attribute = fc.record({ id: fc.constantFrom(85, '85', 10096, 4191, 4180, 4294967296), complex_id: fc.constantFrom(0, 1), values });
const complex = fc.record({ id: fc.constantFrom(21841, '21845'), complex_id: fc.constantFrom(100001, '100002'), values });
const texts = fc.oneof(fc.array(text, { maxLength: 3 }), fc.constantFrom('a', '', null));
const file = fc.record({ name: text, file_name: text });

const FIELDS = {
  sku: id,
  name: text,
  description_category_id: id,
  type_id: id,
  attributes: fc.oneof(fc.array(attribute, { maxLength: 4 }), fc.constant(null)),
  complex_attributes: fc.oneof(fc.array(fc.oneof(complex, fc.record({ attributes: fc.array(complex, { maxLength: 2 }) })), { maxLength: 2 }), fc.constant(null)),
  color_image: texts,
  pdf_list: fc.oneof(fc.array(file, { maxLength: 2 }), fc.constant(null)),
  primary_image: texts,
  images: fc.oneof(fc.array(text, { maxLength: 3 }), fc.constant(null)),
  depth: amount,
  width: amount,
  height: amount,
  weight: amount,
  dimension_unit: fc.constantFrom('mm', 'cm', 'in', '', null),
  weight_unit: fc.constantFrom('g', 'kg', 'lb', '', null),
  barcode: text,
  barcodes: fc.oneof(fc.array(text, { maxLength: 3 }), fc.constant(null)),
};
type Field = keyof typeof FIELDS;
const item = fc.record(FIELDS).map((fields) => ({ id: 1, offer_id: 'A-1', ...fields }));
/** A card and the same with one field, or one deep inside a field, written anew. */
const pair = fc
  .record({ first: item, field: fc.constantFrom(...(Object.keys(FIELDS) as Field[])) })
  .chain(({ first, field }) => fc.record({ first: fc.constant(first), second: (FIELDS[field] as fc.Arbitrary<unknown>).map((other) => ({ ...first, [field]: other })) }));

const meaning = (raw: unknown): string => {
  const { ids, values: built } = contentCard(raw);
  return JSON.stringify([ids, built]);
};

describe('the print of a card', () => {
  it('is never shared by cards that differ in their values or ids', () => {
    fc.assert(
      fc.property(pair, ({ first, second }) => {
        if (meaning(first) !== meaning(second)) expect(contentCard(first).print).not.toBe(contentCard(second).print);
        expect(contentCard(structuredClone(first)).print).toBe(contentCard(first).print);
      }),
      { numRuns: 3000 },
    );
  });

  it('takes in every field that the values are read from', () => {
    fc.assert(
      fc.property(item, (raw) => {
        const fieldsRead = (read: (raw: unknown) => unknown): Set<string | symbol> => {
          const seen = new Set<string | symbol>();
          read(new Proxy(raw, { get: (target, name) => (seen.add(name), Reflect.get(target, name) as unknown) }));
          return seen;
        };
        const printed = fieldsRead((one) => contentCard(one).print);
        for (const name of fieldsRead((one) => contentCard(one).values)) expect(printed).toContain(name);
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    { what: 'a text that looks like a border', first: { name: 'a\nb', depth: '1' }, second: { name: 'a', depth: 'b\n1' } },
    { what: 'a value moved to the next attribute', first: { attributes: [one(85, 'a', 'b'), one(31)] }, second: { attributes: [one(85, 'a'), one(31, 'b')] } },
    { what: 'a list in place of its text', first: { name: ['a'] }, second: { name: '["a"]' } },
  ])('tells apart $what', ({ first, second }) => {
    expect(contentCard({ id: 1, offer_id: 'A-1', ...first }).print).not.toBe(contentCard({ id: 1, offer_id: 'A-1', ...second }).print);
  });

  it('does not change with what nobody compares', () => {
    const raw = { id: 1, offer_id: 'A-1', name: 'a', attributes: [one(85, 'a')] };
    expect(contentCard({ ...raw, model_info: { count: 2 }, updated_at: 'today' }).print).toBe(contentCard(raw).print);
  });
});

it('an item that cannot be read says so when its values are asked for', () => {
  const card = contentCard({ id: 1, offer_id: 'A-1', dimension_unit: 'ell' });
  expect(card.key).toBe('A-1');
  expect(() => card.values).toThrow(BrokenContract);
});

function one(attribute: number, ...held: string[]) {
  return { id: attribute, values: held.map((text) => ({ dictionary_value_id: 0, value: text })) };
}

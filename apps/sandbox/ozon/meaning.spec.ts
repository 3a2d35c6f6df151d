import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { contentMeaning, plainText } from './meaning.js';
import type { Content } from './model.js';

const content = (over: Partial<Content>): Content => ({
  name: 'Кружка',
  categoryId: 1,
  typeId: 2,
  attributes: [],
  complexAttributes: [],
  pictures: [],
  colorPicture: null,
  depth: 100,
  width: 200,
  height: 300,
  dimensionUnit: 'mm',
  weight: 2000,
  weightUnit: 'g',
  pdf: [],
  defaults: [],
  ...over,
});

describe('meaning', () => {
  it('of a text does not depend on entities, tags, spaces and invisible signs', () => {
    expect(plainText('Кружка&nbsp;&laquo;Волна&raquo;<br/>300&#1084;л')).toBe(plainText('Кружка «Волна»\n 300м\u200bл'));
    expect(plainText('<b>Сталь</b>, стекло')).toBe('Сталь, стекло');
  });

  it('of a text depends on every word', () => {
    const words = fc.array(fc.constantFrom('сталь', 'стекло', 'медь', 'дуб'), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(words, words, (a, b) => {
        expect(plainText(a.join(' ')) === plainText(b.join('\u00a0'))).toBe(a.join(' ') === b.join(' '));
      }),
    );
  });

  it('of sizes does not depend on units', () => {
    const other = content({ depth: 10, width: 20, height: 30, dimensionUnit: 'cm', weight: 2, weightUnit: 'kg' });
    expect(contentMeaning(other, 'dimensions')).toBe(contentMeaning(content({}), 'dimensions'));
    expect(contentMeaning(content({ depth: 101 }), 'dimensions')).not.toBe(contentMeaning(content({}), 'dimensions'));
  });

  it('of attributes does not depend on their order or on a renamed dictionary value, but does on the value chosen', () => {
    const colour = (id: number, value: string): Content['attributes'][number] => ({ id: 10096, complex_id: 0, values: [{ dictionary_value_id: id, value }] });
    const text = { id: 9024, complex_id: 0, values: [{ dictionary_value_id: 0, value: 'A-1' }] };
    const of = (attributes: Content['attributes']): string => contentMeaning(content({ attributes }), 'attributes');
    expect(of([colour(7, 'синий'), text])).toBe(of([text, colour(7, 'тёмно-синий')]));
    expect(of([colour(7, 'синий'), text])).not.toBe(of([colour(8, 'синий'), text]));
    expect(of([text])).not.toBe(of([colour(7, 'синий'), text]));
  });

  it('of pictures is their content and order, not where they are served', () => {
    const picture = (hash: string, cdn: string): Content['pictures'][number] => ({ hash, cdn, source: '', quality: 85, half: false });
    const of = (...pictures: Content['pictures']): string => contentMeaning(content({ pictures }), 'media');
    expect(of(picture('a', '1'), picture('b', '2'))).toBe(of(picture('a', '3'), { ...picture('b', '4'), half: true }));
    expect(of(picture('a', '1'), picture('b', '2'))).not.toBe(of(picture('b', '2'), picture('a', '1')));
  });
});

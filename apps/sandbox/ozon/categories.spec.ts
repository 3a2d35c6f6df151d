import { describe, expect, it } from '@jest/globals';
import { allTypes, attributeSchema, dictionary, treeAnswer } from './categories.js';

describe('category tree', () => {
  it('has at least 60 leaf categories over many roots', () => {
    expect(new Set(allTypes().map((t) => t.categoryId)).size).toBeGreaterThanOrEqual(60);
    expect(treeAnswer().length).toBeGreaterThanOrEqual(15);
  });

  it('gives every type 8 to 25 attributes with distinct ids, some required, and non-empty dictionaries', () => {
    for (const type of allTypes()) {
      const schema = attributeSchema(type.typeId);
      expect(schema.length).toBeGreaterThanOrEqual(8);
      expect(schema.length).toBeLessThanOrEqual(25);
      expect(new Set(schema.map((a) => a.id)).size).toBe(schema.length);
      expect(schema.filter((a) => a.required).map((a) => a.id)).toEqual(expect.arrayContaining([85, 9048]));
      for (const a of schema) if (a.dictionaryId) expect(dictionary(a.dictionaryId).length).toBeGreaterThan(1);
    }
  });

  it('answers nothing for a type it does not have', () => {
    expect(attributeSchema(1)).toEqual([]);
  });
});

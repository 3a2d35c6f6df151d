import { describe, expect, it } from '@jest/globals';
import { EDITED_FIELDS } from './edit-journal.js';
import { fieldValue, patched, patchFor } from './field-values.js';
import type { MasterDocument } from './hub-door.js';

const original: MasterDocument = {
  sku: 'A-1',
  title: 'Чайник',
  description: 'Греет воду.',
  attributes: { 'Мощность, Вт': { value: 2200, unit: 'Вт' }, Цвет: ['белый'] },
  media: [{ digest: 'a' }, { digest: 'b' }],
  price: { minor: 150_00, currency: 'RUB' },
  minPrice: { minor: 105_00, currency: 'RUB' },
  stock: { main: 12 },
};

describe('edits of the soak', () => {
  it.each(EDITED_FIELDS.filter((field) => field !== 'media'))('never write the same %s twice, so that a value tells its edit', (field) => {
    let document = original;
    const values = [fieldValue(document, field)];
    for (let mark = 1; mark <= 40; mark++) {
      document = patched(document, patchFor(document, original, field, mark) ?? {});
      values.push(fieldValue(document, field));
    }
    expect(new Set(values).size).toBe(41);
  });

  it('never ask for a price under the floor', () => {
    const prices = Array.from({ length: 60 }, (_, index) => patchFor(original, original, 'price', index + 1)).flatMap((patch) =>
      patch === undefined ? [] : Number(fieldValue(patched(original, patch), 'price')),
    );
    expect(prices).toHaveLength(40);
    expect(Math.min(...prices)).toBeGreaterThan(105_00);
  });
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formOfCanonical, formOfValue, valueOfForm } from './wildberries.price-form.js';

const amount = fc.integer({ min: 100, max: 5_000_000 });

describe('prices in whole roubles and whole percents', () => {
  it.each([
    [{ price: 999_00 }, { price: 999, discount: 0 }],
    [{ price: 999_01 }, { price: 1000, discount: 0 }],
    [
      { price: 700_00, old: 1000_00 },
      { price: 1000, discount: 30 },
    ],
    [
      { price: 999_00, old: 999_00 },
      { price: 999, discount: 0 },
    ],
  ])('%o becomes %o', (value, form) => {
    expect(formOfValue(value)).toEqual(form);
  });

  it('never lowers the price, and adds less than one rouble of it while the discount is usual', () => {
    fc.assert(
      fc.property(amount, fc.integer({ min: 5, max: 70 }), (price, percent) => {
        const old = Math.round((price * 100) / (100 - percent));
        const shown = valueOfForm(formOfValue({ price, old }), 'RUB');
        expect(shown.price).toBeGreaterThanOrEqual(price);
        expect(shown.price - price).toBeLessThan(100);
        if (price > 100_00) expect(Math.abs((shown.old ?? 0) - old) / old).toBeLessThanOrEqual(0.05);
      }),
    );
  });

  it('comes back to the form it was made from', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), fc.integer({ min: 0, max: 99 }), (price, discount) => {
        expect(formOfCanonical(valueOfForm({ price, discount }, 'RUB'))).toEqual({ price, discount });
      }),
    );
  });
});

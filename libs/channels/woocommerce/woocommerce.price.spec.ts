import { describe, expect, it } from '@jest/globals';
import { priceFields, priceOf } from './woocommerce.price.js';

const stored = (regular: string, sale = '', now = sale === '' ? regular : sale) =>
  priceOf({ regular_price: regular, sale_price: sale, price: now, date_on_sale_from_gmt: '', date_on_sale_to_gmt: '' }, 'RUB');

describe('prices of a site', () => {
  it.each([
    [
      { price: 10_050, currency: 'RUB' },
      { regular_price: '100.5', sale_price: '' },
    ],
    [
      { price: 10_000, currency: 'RUB' },
      { regular_price: '100', sale_price: '' },
    ],
    [
      { price: 5, currency: 'RUB' },
      { regular_price: '0.05', sale_price: '' },
    ],
    [
      { price: 9_999, old: 12_000, currency: 'RUB' },
      { regular_price: '120', sale_price: '99.99' },
    ],
    [
      { price: 9_999, old: 9_999, currency: 'RUB' },
      { regular_price: '99.99', sale_price: '' },
    ],
    [
      { price: 1500, currency: 'JPY' },
      { regular_price: '1500', sale_price: '' },
    ],
  ])('are exact decimal texts with a point: %j', (value, fields) => {
    expect(priceFields(value, false)).toEqual(fields);
    expect(Object.values(priceFields(value, false)).join('')).not.toContain(',');
  });

  it('end the dates of a sale that would keep ours from being in force', () => {
    expect(priceFields({ price: 100, currency: 'RUB' }, true)).toMatchObject({ date_on_sale_from_gmt: '', date_on_sale_to_gmt: '' });
  });

  it.each([
    [stored('100.50'), { price: 10_050, currency: 'RUB' }],
    [stored('10050'), { price: 1_005_000, currency: 'RUB' }],
    [stored('100.559'), { price: 10_056, currency: 'RUB' }],
    [stored('99.994999'), { price: 9_999, currency: 'RUB' }],
    [stored('120', '99.99'), { price: 9_999, old: 12_000, currency: 'RUB' }],
    [stored('120', '99.99', '120'), { price: 12_000, currency: 'RUB' }],
    [stored(''), { price: 0, currency: 'RUB' }],
  ])('are read without a float, as a buyer pays them: %#', (value, expected) => {
    expect(value).toEqual(expected);
  });

  it('come back as they were sent, whatever the amount', () => {
    for (let minor = 1; minor < 40_000; minor += 37) {
      const value = { price: minor, old: minor + 13, currency: 'RUB' };
      const { regular_price: regular = '', sale_price: sale = '' } = priceFields(value, false);
      expect(stored(regular, sale)).toEqual(value);
    }
  });
});

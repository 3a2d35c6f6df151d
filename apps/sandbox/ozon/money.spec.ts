import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatMoney, parseMoney } from './money.js';

describe('money', () => {
  it('reads what it writes, with two decimals or four', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e13 }), fc.constantFrom(2 as const, 4 as const), (kopecks, decimals) => {
        expect(parseMoney(formatMoney(kopecks, decimals))).toBe(kopecks);
      }),
    );
  });

  it.each(['', '-1', '1e3', '10.123', 'сто', '1,5', null])('does not take %p for a price', (text) => {
    expect(parseMoney(text)).toBeUndefined();
  });

  it('takes trailing zeros for nothing', () => {
    expect([parseMoney('1000'), parseMoney('1000.0'), parseMoney('1000.0000'), parseMoney(1000.5)]).toEqual([100000, 100000, 100000, 100050]);
  });
});

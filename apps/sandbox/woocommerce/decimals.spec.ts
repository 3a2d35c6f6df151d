import { describe, expect, it } from '@jest/globals';
import { compareDecimals, plainDecimal, readDecimal } from './decimals.js';

describe('a price', () => {
  it.each([
    ['100,50', '.', '10050'],
    ['100,50', ',', '100.50'],
    ['1.234,5', ',', '1234.5'],
    ['12 руб.', '.', '12'],
    ['-3', '.', '-3'],
    ['бесплатно', '.', ''],
  ])('%j where the separator is %j is read as %j', (sent, separator, read) => {
    expect(readDecimal(sent, separator)).toBe(read);
  });

  it('is compared exactly, whatever its zeros', () => {
    expect(compareDecimals('100.50', '100.5')).toBe(0);
    expect(compareDecimals('9.99', '10')).toBe(-1);
    expect(compareDecimals('90071992547409.93', '90071992547409.92')).toBe(1);
  });

  it.each([
    ['0100.50', '100.5'],
    ['100.00', '100'],
    ['.5', '0.5'],
    ['', ''],
  ])('%j is the same as %j', (given, plain) => expect(plainDecimal(given)).toBe(plain));
});

import { describe, expect, it } from '@jest/globals';
import { BinaryArray } from './binary-array.js';

const int32 = (...values: readonly number[]): Buffer => Buffer.concat(values.map((value) => Buffer.from([value >>> 24, value >>> 16, value >>> 8, value])));

describe('an array in binary', () => {
  it('has its dimension, no nulls, its type, its length and bound, and each value behind its size', () => {
    const array = new BinaryArray('bigint', 0);
    array.addBigint(1n);
    array.addBigint(-2n);
    expect(array.encode()).toEqual(Buffer.concat([int32(1, 0, 20, 2, 1), int32(8, 0, 1), int32(8, -1, -2)]));
  });

  it('has no dimension without a value', () => expect(new BinaryArray('jsonb').encode()).toEqual(int32(0, 0, 3802)));

  it('counts texts in bytes and grows with them', () => {
    const array = new BinaryArray('jsonb', 0);
    for (const text of ['"я"', '{}', `"${'ш'.repeat(5_000)}"`]) array.addJson(text);
    const bytes = array.encode();
    expect([array.length, bytes.readInt32BE(20), bytes[24], bytes.toString('utf8', 25, 29)]).toEqual([3, 5, 1, '"я"']);
    expect(bytes.length).toBe(20 + (4 + 5) + (4 + 3) + (4 + 1 + 10_002));
  });
});

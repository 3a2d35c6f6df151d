import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { NEAR_BITS, bandProbesOf, bandsOf, hashDistance, nearPictures } from './near-pictures.js';

const hash = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const signed = (value: bigint): string => BigInt.asIntN(64, value).toString();

describe('near pictures', () => {
  it('the probes find every hash within the threshold, whichever bits differ', () => {
    fc.assert(
      fc.property(hash, fc.uniqueArray(fc.nat(63), { maxLength: NEAR_BITS }), (value, flips) => {
        const other = signed(flips.reduce((changed, bit) => changed ^ (1n << BigInt(bit)), value));
        expect(hashDistance(signed(value), other)).toBe(flips.length);
        const bands = bandsOf(other);
        expect(bandProbesOf(signed(value)).some((probes, at) => probes.includes(bands[at] ?? -1))).toBe(true);
      }),
    );
  });

  it('bands put together are the hash', () => {
    fc.assert(
      fc.property(hash, (value) => {
        expect(signed(bandsOf(signed(value)).reduce((sum, band, at) => sum + (BigInt(band) << BigInt(16 * at)), 0n))).toBe(signed(value));
      }),
    );
  });

  it('answers the nearest first and nothing beyond the threshold', () => {
    const candidates = [
      { phash: '7', sku: 'three bits' },
      { phash: '1', sku: 'one bit' },
      { phash: '-1', sku: 'far' },
    ];
    expect(nearPictures('0', candidates).map(({ sku, distance }) => [sku, distance])).toEqual([
      ['one bit', 1],
      ['three bits', 3],
    ]);
  });
});

import { describe, expect, it } from '@jest/globals';
import { inAddresses } from './woocommerce.addresses.js';

describe('values in addresses', () => {
  it('go by fifty', () => {
    const skus = Array.from({ length: 120 }, (_, n) => `SKU-${n}`);
    expect(inAddresses(skus).map((portion) => portion.length)).toEqual([50, 50, 20]);
    expect(inAddresses(skus).flat()).toEqual(skus);
    expect(inAddresses([])).toEqual([]);
  });

  it('go by fewer where they are long, and none is left out', () => {
    const skus = Array.from({ length: 40 }, (_, n) => `Артикул-${'я'.repeat(30)}-${n}`);
    const portions = inAddresses(skus);
    expect(portions.flat()).toEqual(skus);
    expect(portions.every((portion) => encodeURIComponent(portion.join(',')).length <= 3_000)).toBe(true);
    expect(inAddresses(['x'.repeat(5_000), 'y'])).toEqual([['x'.repeat(5_000)], ['y']]);
  });
});

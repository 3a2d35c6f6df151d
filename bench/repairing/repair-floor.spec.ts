import { describe, expect, it } from '@jest/globals';
import { floorOf } from './repair-floor.js';

const limits = { rps: 50, per_minute: 300 };
const write = (method: string, key: 'A' | 'B' | 'gremlin' = 'A') => ({ key, method });

describe('the floor of a repair cycle', () => {
  it('adds the calls of a sweep, the items beyond the bucket and the slowest card', () => {
    const writes = Array.from({ length: 360 }, () => write('/v1/product/attributes/update'));
    expect(floorOf({ cards: 5000, writes, delays: [30, 600, 5], limits }).seconds).toBeCloseTo(24 / 50 + 12 + 600);
  });

  it('counts neither prices and stocks nor what others wrote', () => {
    const writes = [...Array.from({ length: 400 }, () => write('/v2/products/stocks')), ...Array.from({ length: 400 }, () => write('/v3/product/import', 'gremlin'))];
    expect(floorOf({ cards: 1000, writes, delays: [], limits }).seconds).toBeCloseTo(8 / 50);
  });
});

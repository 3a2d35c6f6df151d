import { describe, expect, it } from '@jest/globals';
import { DeliveryRate } from './delivery-rate.js';

describe('the rate of deliveries', () => {
  it('lets a burst through, then no more, and counts each account alone', () => {
    const rate = new DeliveryRate();
    let taken = 0;
    while (rate.take('1')) taken += 1;
    expect(taken).toBeGreaterThanOrEqual(2_000);
    expect(rate.take('2')).toBe(true);
  });
});

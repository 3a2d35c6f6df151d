import { describe, expect, it } from '@jest/globals';
import { DeliveryRate } from './delivery-rate.js';

describe('the rate of deliveries', () => {
  it('lets a burst through, then no more, and counts each account and its forgeries alone', () => {
    const rate = new DeliveryRate();
    let forged = 0;
    while (rate.take('1', false)) forged += 1;
    expect(forged).toBeGreaterThanOrEqual(2_000);
    expect([rate.take('1', true), rate.take('2', false)]).toEqual([true, true]);
  });
});

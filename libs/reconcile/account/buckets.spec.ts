import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DailyBucket, RateBucket } from './buckets.js';

describe('a rate', () => {
  it('lets no more than its limit through in any window, however the calls come', () => {
    const calls = fc.array(fc.record({ after: fc.integer({ min: 0, max: 700 }), cost: fc.integer({ min: 1, max: 5 }) }), { maxLength: 60 });
    fc.assert(
      fc.property(calls, (list) => {
        const bucket = new RateBucket(5, 1_000);
        const taken: { at: number; cost: number }[] = [];
        let now = 10_000;
        for (const { after, cost } of list) {
          now += after;
          now += bucket.delay(cost, now);
          expect(bucket.delay(cost, now)).toBe(0);
          bucket.take(cost, now);
          taken.push({ at: now, cost });
        }
        for (const { at } of taken) {
          const inside = taken.filter((one) => one.at >= at && one.at < at + 1_000).reduce((sum, one) => sum + one.cost, 0);
          expect(inside).toBeLessThanOrEqual(5);
        }
      }),
    );
  });

  it('is closed while the channel says so, and open after', () => {
    const bucket = new RateBucket(5, 1_000);
    bucket.block(3_000);
    expect(bucket.room(2_999)).toBe(0);
    expect(bucket.delay(1, 1_000)).toBe(2_000);
    expect(bucket.room(3_000)).toBe(5);
  });
});

describe('a daily quota', () => {
  const DAY = 86_400_000;
  it('keeps its reserve for repairs and comes back at midnight', () => {
    const bucket = new DailyBucket(100, 0.1);
    bucket.take(90, DAY + 5);
    expect([bucket.room(DAY + 6, false), bucket.room(DAY + 6, true)]).toEqual([0, 10]);
    expect(bucket.closedUntil(DAY + 6, false)).toBe(2 * DAY);
    expect(bucket.closedUntil(DAY + 6, true)).toBeUndefined();
    expect(bucket.room(2 * DAY, false)).toBe(90);
  });

  it('believes the channel when it counts more, and never less', () => {
    const bucket = new DailyBucket(100, 0);
    bucket.take(40, 0);
    bucket.learn(200, 10, 1);
    expect(bucket.room(1, false)).toBe(160);
    bucket.learn(200, 150, 2);
    expect(bucket.room(2, false)).toBe(50);
  });

  it('without a limit is never spent', () => {
    const bucket = new DailyBucket(-1, 0.1);
    bucket.take(1_000_000, 0);
    expect(bucket.room(0, false)).toBe(Infinity);
  });
});

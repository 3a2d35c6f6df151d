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
    bucket.block(3_000, 1_000);
    expect(bucket.room(2_999)).toBe(0);
    expect(bucket.delay(1, 1_000)).toBe(2_000);
    expect(bucket.room(3_000)).toBe(2);
  });
});

describe('a rate of which the channel allows less than it says', () => {
  /** Spends a bucket of 50 a second against a channel that allows `allowed`, four calls at once, for ten minutes. */
  function tenMinutes(allowed: number): { refused: number; passed: number } {
    const bucket = new RateBucket(50, 1_000);
    let tokens = allowed;
    let [refused, passed] = [0, 0];
    for (let now = 0; now < 600_000; now += 20) {
      tokens = Math.min(allowed, tokens + allowed / 50);
      for (let at = 0; at < 4 && bucket.delay(1, now) === 0; at++) {
        bucket.take(1, now);
        if (tokens >= 1) {
          tokens -= 1;
          passed += 1;
        } else {
          refused += 1;
          bucket.block(now + 1_000, now);
        }
      }
    }
    return { refused, passed };
  }

  it.each([50, 40, 25, 10])('keeps refusals within a hundredth and uses most of what is allowed: %i of 50', (allowed) => {
    const { refused, passed } = tenMinutes(allowed);
    expect(refused / (refused + passed)).toBeLessThanOrEqual(0.01);
    expect(passed).toBeGreaterThan(600 * allowed * 0.8);
  });

  it('is back at its full limit some minutes after the channel is', () => {
    const bucket = new RateBucket(50, 1_000);
    bucket.block(1_000, 0);
    expect(bucket.room(1_000)).toBeLessThan(25);
    expect(bucket.room(300_000)).toBe(50);
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

import { describe, expect, it } from '@jest/globals';
import { BatchSize } from './woocommerce.batch-size.js';

const ENTRIES = Array.from({ length: 300 }, (_, id) => ({ id }));
const now = (size: BatchSize) => size.next(ENTRIES, 0).length;

describe('how many items go together', () => {
  it('begins small, doubles while the site is quick, and is at most a hundred', () => {
    const size = new BatchSize();
    const seen = [1_000, 2_000, 3_000, 4_000].map((tookMs) => {
      size.done(tookMs);
      return now(size);
    });
    expect([now(new BatchSize()), seen]).toEqual([25, [50, 100, 100, 100]]);
  });

  it('stays where an answer takes its time, and halves where it takes too long or fails, down to a few', () => {
    const size = new BatchSize();
    const seen = [10_000, 16_000, 20_000, 60_000, 60_000].map((tookMs) => {
      size.done(tookMs);
      return now(size);
    });
    size.shrink();
    expect([seen, now(size)]).toEqual([[25, 12, 6, 5, 5], 5]);
  });

  it('goes by what is left, and takes what is too large alone', () => {
    const size = new BatchSize();
    expect(size.next(ENTRIES, 290)).toHaveLength(10);
    const large = { text: 'я'.repeat(400_000) };
    expect(size.next([large, large], 0)).toEqual([large]);
  });
});

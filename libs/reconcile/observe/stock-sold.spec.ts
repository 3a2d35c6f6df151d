import { describe, expect, it } from '@jest/globals';
import { newFacetRow } from './facet-row.js';
import { printOf } from './projection.js';
import { soldSince } from './stock-sold.js';

const verified = (stock: number) => ({ ...newFacetRow('1', 'stock', 'w', 0), state: 'in_sync' as const, desired: printOf(10), expected: printOf(stock), expectedFor: printOf(10) });
const changing = (state: 'settling' | 'pending') => ({ ...newFacetRow('1', 'stock', 'w', 0), state, desired: printOf(50), expected: printOf(10), expectedFor: printOf(10) });

describe('stock below the figure we know', () => {
  it.each([
    ['one sold of ten', verified(10), 10, 9, 10, 'consumed'],
    ['sold below what was verified, after somebody raised it', verified(8), 10, 5, 20, 'consumed'],
    ['raised above what was verified, though below what was wanted', verified(5), 10, 8, 5, 'no'],
    ['raised and then sold a little, still above', verified(8), 10, 15, 20, 'no'],
    ['our 50 arrived and one was sold at once', changing('settling'), 50, 49, 10, 'consumed'],
    ['our 50 is on its way and one of the old ten was sold', changing('settling'), 50, 9, 10, 'from-old'],
    ['our 50 waits and one of the old ten was sold', changing('pending'), 50, 9, 10, 'from-old'],
    ['our 50 replaces 60, and 58 show', changing('settling'), 50, 58, 60, 'from-old'],
    ['our 50 replaces 60, and 49 show', changing('settling'), 50, 49, 60, 'consumed'],
    ['our 50 waits and somebody raised the old ten', changing('pending'), 50, 30, 10, 'no'],
    ['our 50 was read only after its deadline, and one was sold', { ...changing('pending'), reason: 'not-applied' }, 50, 49, 10, 'consumed'],
    ['our 50 did not arrive by its deadline, and one of the old ten was sold', { ...changing('pending'), reason: 'not-applied' }, 50, 9, 10, 'from-old'],
    ['nothing was read before', changing('settling'), 50, 49, undefined, 'no'],
  ] as const)('%s', (_what, row, desired, live, last, sold) => {
    expect(soldSince(row, desired, live, last)).toBe(sold);
  });
});

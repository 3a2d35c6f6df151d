import { describe, expect, it } from '@jest/globals';
import { printOf } from '../observe/projection.js';
import { verifiedStock } from './verified-stock.js';

const row = (expected: number | null, expectedFor: number | null, desired: number) => ({
  expected: expected === null ? null : printOf(expected),
  expectedFor: expectedFor === null ? null : printOf(expectedFor),
  desired: printOf(desired),
});

describe('the stock last verified', () => {
  it.each([
    ['nothing was ever verified', row(null, null, 10), 10, 10],
    ['all of it was seen', row(10, 10, 10), 10, 10],
    ['some were sold since', row(7, 10, 10), 10, 7],
    ['sold out', row(0, 10, 10), 10, 0],
    ['the master moved on since: what was seen is about another figure', row(7, 10, 12), 12, 12],
    ['the master went down below what was seen', row(7, 10, 5), 5, 5],
    ['nothing is wanted', row(0, 0, 0), 0, 0],
    ['nearly all of very many were sold', row(3, 200_000, 200_000), 200_000, 3],
    ['what was seen is above what is wanted: never more than wanted', row(15, 10, 10), 10, 10],
  ] as const)('%s', (_what, facet, desired, verified) => {
    expect(verifiedStock(facet, desired)).toBe(verified);
  });
});

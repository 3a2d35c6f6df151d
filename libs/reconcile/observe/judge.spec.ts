import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { newFacetRow, type FacetRow, type FacetState } from './facet-row.js';
import { judge, type Reading, type Verdict } from './judge.js';

const row = (over: Partial<FacetRow> = {}): FacetRow => ({
  ...newFacetRow('1', 'title', '', 0),
  state: 'in_sync',
  desired: 'D',
  expected: 'E',
  expectedFor: 'D',
  observed: 'E',
  ...over,
});
const reading = (over: Partial<Reading> = {}): Reading => ({
  print: 'X',
  startedAt: 1_000,
  echo: () => 'no',
  sold: 'no',
  echoOfEarlier: () => false,
  underway: false,
  ownCard: false,
  ...over,
});
const yes = () => 'yes' as const;

/** docs/facet-states.md, "What an observation does", line by line. */
const TABLE: readonly (readonly [string, FacetRow, Reading, Verdict])[] = [
  ['asked before our push ended', row({ pushEndedAt: 2_000 }), reading(), 'discard'],
  ['asked in the millisecond our push ended', row({ pushEndedAt: 1_000 }), reading(), 'discard'],
  ['a call is out', row({ state: 'sending' }), reading({ print: 'E' }), 'discard'],
  ['unchanged at rest', row(), reading({ print: 'E' }), 'same'],
  ['unchanged and drifted already', row({ state: 'drifted', observed: 'X' }), reading(), 'same'],
  ['as verified before', row({ state: 'drifted', observed: 'X' }), reading({ print: 'E' }), 'in-sync'],
  ['as verified before, but for an older wish', row({ state: 'settling', expectedFor: 'C', before: 'E' }), reading({ print: 'E' }), 'not-yet'],
  ['equal in meaning', row(), reading({ echo: yes }), 'pin'],
  ['equal in meaning while settling', row({ state: 'settling', before: 'E', expectedFor: 'C' }), reading({ echo: yes }), 'pin'],
  ['equal in meaning while held', row({ state: 'held', observed: 'Y' }), reading({ echo: yes }), 'pin'],
  ['pictures not looked at', row(), reading({ echo: () => 'unverified' }), 'unverified'],
  ['settling and still as before', row({ state: 'settling', before: 'X', expectedFor: 'C' }), reading(), 'not-yet'],
  ['settling and a third value', row({ state: 'settling', before: 'B', expectedFor: 'C' }), reading(), 'drifted'],
  ['settling, and the card is still being made', row({ state: 'settling', expected: null, expectedFor: null }), reading({ underway: true }), 'not-yet'],
  ['settling on a card we made, and never read before', row({ state: 'settling', expected: null, expectedFor: null, observed: null }), reading({ ownCard: true }), 'not-yet'],
  [
    'settling on a card we made, and another value than the first',
    row({ state: 'settling', expected: null, expectedFor: null, before: 'B' }),
    reading({ ownCard: true }),
    'drifted',
  ],
  ['settling on a card that was there before us, and never read', row({ state: 'settling', expected: null, expectedFor: null, observed: null }), reading(), 'drifted'],
  [
    'settling on a card we made, never read before, and its pictures not looked at',
    row({ state: 'settling', expected: null, expectedFor: null, observed: null }),
    reading({ ownCard: true, echo: () => 'unverified' }),
    'unverified',
  ],
  [
    'those pictures looked at, and not the ones that were sent',
    row({ state: 'unverified', expected: null, expectedFor: null, observed: 'X', settleUntil: 9_000 }),
    reading({ ownCard: true, startedAt: Infinity }),
    'not-yet',
  ],
  [
    'pictures looked at that nobody sent, on a card that was right',
    row({ state: 'unverified', expectedFor: 'D', observed: 'X' }),
    reading({ ownCard: true, startedAt: Infinity }),
    'drifted',
  ],
  ['sold since', row(), reading({ sold: 'consumed' }), 'consumed'],
  [
    'lower, but an earlier figure of ours that landed late',
    row({ state: 'pending', reason: 'not-applied', expectedFor: 'C' }),
    reading({ sold: 'consumed', echoOfEarlier: () => true }),
    'still-old',
  ],
  ['lower than verified, and as some earlier figure of ours', row(), reading({ sold: 'consumed', echoOfEarlier: () => true }), 'consumed'],
  ['sold of the figure our change replaces, accepted', row({ state: 'settling', before: 'B', expectedFor: 'C' }), reading({ sold: 'from-old' }), 'not-yet'],
  ['sold of the figure our change replaces, waiting', row({ state: 'pending', expectedFor: 'C' }), reading({ sold: 'from-old' }), 'still-old'],
  ['waiting, and an earlier wish of ours shows', row({ state: 'pending', expectedFor: 'C' }), reading({ echoOfEarlier: () => true }), 'still-old'],
  ['waiting, and a third value shows', row({ state: 'pending', expectedFor: 'C' }), reading(), 'drifted'],
  ['verified, and an earlier wish of ours shows', row(), reading({ echoOfEarlier: () => true }), 'drifted'],
  ['first reading of a card that was there before us', row({ state: 'pending', expected: null, expectedFor: null, observed: null }), reading(), 'drifted'],
  ['first reading of a card we made', row({ state: 'pending', expected: null, expectedFor: null, observed: null }), reading({ ownCard: true }), 'still-old'],
  ['refused, and the old value stays', row({ state: 'failing', reason: 'refused', expectedFor: 'C', observed: 'Y' }), reading(), 'still-old'],
  ['nothing wanted', row({ desired: null, observed: null }), reading(), 'not-wanted'],
  ['nothing wanted and nothing new', row({ desired: null, observed: 'X' }), reading(), 'same'],
  ['right until now, and differs', row(), reading(), 'drifted'],
  ['drifted, and another value now', row({ state: 'drifted', observed: 'Y' }), reading(), 'drifted'],
  ['stored document judged again, wrong already', row({ state: 'drifted', observed: 'X' }), reading({ startedAt: Infinity }), 'same'],
  ['stored document judged again, bytes changed', row({ observed: 'E' }), reading({ print: 'E', startedAt: Infinity }), 'drifted'],
  ['stored document judged again, right', row(), reading({ print: 'E', startedAt: Infinity, echo: yes }), 'same'],
  ['stored document judged again, now looked at', row({ state: 'unverified', observed: 'X' }), reading({ startedAt: Infinity, echo: yes }), 'pin'],
];

describe('judging an observation', () => {
  it.each(TABLE)('%s', (_what, facet, read, verdict) => {
    expect(judge(facet, read)).toBe(verdict);
  });

  it('never calls drift what is equal in meaning, nor pins what is not', () => {
    const states = fc.constantFrom<FacetState>('unknown', 'pending', 'settling', 'unverified', 'in_sync', 'drifted', 'held', 'failing', 'ignored');
    const print = fc.constantFrom('A', 'B', 'C', 'X');
    fc.assert(
      fc.property(states, print, print, print, fc.boolean(), fc.boolean(), (state, expected, observed, seen, equal, underway) => {
        const facet = row({ state, expected, observed, before: 'B' });
        const verdict = judge(facet, reading({ print: seen, echo: () => (equal ? 'yes' : 'no'), underway }));
        if (equal) expect(verdict).not.toBe('drifted');
        if (!equal && seen !== expected) expect(verdict).not.toBe('pin');
      }),
    );
  });
});

import { describe, expect, it } from '@jest/globals';
import type { WriteOperation } from '#channels/contract';
import type { Work } from './find-work.js';
import { nextPortion } from './next-portion.js';

const IMPORT: WriteOperation = {
  id: 'import',
  writes: ['title'],
  replaces: ['title'],
  creates: true,
  batch: 100,
  costs: [
    { bucket: 'calls', per: 'call', of: 'any' },
    { bucket: 'items', per: 'item', of: 'any' },
    { bucket: 'daily', per: 'item', of: 'update' },
  ],
  settleMs: 60_000,
  moderates: false,
  immediate: false,
};

const work = (count: number, part: Partial<Work> = {}): Work[] =>
  Array.from({ length: count }, (_, at) => ({ listingId: `${at}`, key: `${at}`, facets: ['title'], purpose: 'change', creates: false, ...part }));

/** So many items fit now, a hundred after a minute; so many are left of the day. */
const budget = (room: number, day = Infinity) => ({
  room: (bucket: string) => (bucket === 'daily' ? day : bucket === 'items' ? room : Infinity),
  delay: (bucket: string, items: number) => (bucket === 'items' && items > room ? 60_000 : 0),
  closedUntil: (bucket: string) => (bucket === 'daily' && day < 1 ? 999 : undefined),
});

describe('the next portion', () => {
  it.each([
    { reason: 'all of it when it fits', room: 300, count: 250, portion: { kind: 'send', items: 250 } },
    { reason: 'whole batches when not all fits', room: 250, count: 500, portion: { kind: 'send', items: 200 } },
    { reason: 'nothing until a whole batch fits', room: 40, count: 500, portion: { kind: 'wait', items: 500, ms: 60_000 } },
    { reason: 'the last cards when they fit', room: 40, count: 30, portion: { kind: 'send', items: 30 } },
    { reason: 'what is left of the day', room: 300, day: 45, count: 200, portion: { kind: 'send', items: 45 } },
    { reason: 'nothing of a day that is spent', room: 300, day: 0, count: 200, portion: { kind: 'closed', items: 200, until: 999 } },
  ])('of a change is $reason', ({ room, day, count, portion }) => expect(nextPortion(budget(room, day), IMPORT, work(count))).toEqual(portion));

  it('of a repair is whatever fits', () => {
    const repairs = work(500, { purpose: 'repair' });
    expect(nextPortion(budget(40), IMPORT, repairs)).toEqual({ kind: 'send', items: 40 });
    expect(nextPortion(budget(0), IMPORT, repairs)).toEqual({ kind: 'wait', items: 500, ms: 60_000 });
  });

  it('is of one kind', () => {
    expect(nextPortion(budget(300), IMPORT, [...work(3, { purpose: 'repair' }), ...work(9)])).toEqual({ kind: 'send', items: 3 });
    expect(nextPortion(budget(300, 0), IMPORT, [...work(2, { creates: true }), ...work(9)])).toEqual({ kind: 'send', items: 2 });
  });

  it('is one batch where each card takes a request of its own, however fast they go', () => {
    const alone: WriteOperation = { ...IMPORT, batch: 10, costs: [{ bucket: 'items', per: 'request', of: 'any' }] };
    expect(nextPortion(budget(4), alone, work(50))).toEqual({ kind: 'send', items: 10 });
  });
});

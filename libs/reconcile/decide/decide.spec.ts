import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decide, quietUntil, type Situation } from './decide.js';

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 10, 22, 12);
const STATUS = { sellable: true, moderation: 'approved', causes: [], refusals: [] } as const;
const situation = (over: Partial<Situation> = {}): Situation => ({
  now: NOW,
  facet: 'title',
  state: 'drifted',
  approved: false,
  mode: 'auto',
  accountState: 'active',
  pauseUntil: null,
  quietHours: null,
  frozenUntil: null,
  presence: 'listed',
  wantsArchive: false,
  everListed: true,
  status: STATUS,
  curesUnderway: false,
  repairsToday: 0,
  moderatedRepairAt: null,
  sweepOver: true,
  picturesReachable: true,
  maybeExists: 'no',
  writable: true,
  picturesUnseen: false,
  moderating: false,
  unread: false,
  ...over,
});
const change = (over: Partial<Situation> = {}) => situation({ state: 'pending', ...over });

const TABLE: readonly (readonly [string, Situation, string])[] = [
  ['nothing against a repair', situation(), 'send'],
  ['nothing against a change', change(), 'send'],
  ['key refused', change({ accountState: 'unauthorised', approved: true }), 'hold unauthorised'],
  ['paused without end', change({ accountState: 'paused' }), 'hold paused'],
  ['paused for an hour', change({ accountState: 'paused', pauseUntil: NOW + HOUR }), 'wait paused'],
  ['a pause that is over', change({ accountState: 'paused', pauseUntil: NOW }), 'send'],
  ['frozen card', situation({ frozenUntil: NOW + 1 }), 'wait frozen'],
  ['freeze over', situation({ frozenUntil: NOW }), 'send'],
  ['quiet hours, even when approved', situation({ quietHours: { from: '11:00', to: '13:00' }, approved: true }), 'wait quiet-hours'],
  ['only observing', change({ mode: 'observe' }), 'hold policy'],
  ['to be approved', situation({ mode: 'approve' }), 'hold approval'],
  ['approved', situation({ mode: 'approve', approved: true }), 'send'],
  ['brake holds repairs', situation({ accountState: 'braked' }), 'hold brake'],
  ['a vanished card is held as such under a brake too', situation({ accountState: 'braked', facet: 'presence', presence: 'absent' }), 'hold missing'],
  ['brake lets changes go', change({ accountState: 'braked' }), 'send'],
  ['brake lets an approved repair go', situation({ accountState: 'braked', approved: true }), 'send'],
  ['how many drifted is not known yet', situation({ sweepOver: false }), 'wait sweep-running'],
  ['three repairs today', situation({ repairsToday: 3 }), 'hold flap'],
  ['two repairs today', situation({ repairsToday: 2 }), 'send'],
  ['vanished card', situation({ facet: 'presence', presence: 'absent' }), 'hold missing'],
  ['archiving', change({ facet: 'presence', wantsArchive: true }), 'hold archive-needs-approval'],
  ['archiving approved', change({ facet: 'presence', wantsArchive: true, approved: true }), 'send'],
  ['second moderated repair of a day', situation({ moderatedRepairAt: NOW - HOUR }), 'wait moderated-today'],
  ['moderated repair of yesterday', situation({ moderatedRepairAt: NOW - 24 * HOUR }), 'send'],
  ['own change still moderated', situation({ moderating: true }), 'wait moderation-pending'],
  ['pictures of the card still unseen', situation({ picturesUnseen: true }), 'wait pictures-unseen'],
  ['never read on a card that is not of our making', change({ unread: true }), 'wait unread'],
  ['pictures nobody can fetch', change({ facet: 'media', picturesReachable: false }), 'hold pictures-unreachable'],
  ['a facet that no call of the channel can set', change({ facet: 'category', writable: false }), 'hold not-writable'],
  ['a new card that may be there already', change({ everListed: false, presence: 'absent', maybeExists: 'maybe' }), 'hold maybe-exists'],
  ['such a card, wanted all the same', change({ everListed: false, presence: 'absent', maybeExists: 'maybe', approved: true }), 'send'],
  ['a new card before the live ones were compared', change({ everListed: false, presence: 'absent', maybeExists: 'not-known-yet', approved: true }), 'wait cards-unmatched'],
  ['a change of a card that is there, meanwhile', change({ maybeExists: 'not-known-yet' }), 'send'],
  ['content of a vanished card', situation({ presence: 'absent' }), 'wait card-missing'],
  ['price of a card that is being made', change({ facet: 'price', status: { ...STATUS, causes: [{ code: 'not-created' }] } }), 'wait not-created'],
  ['stuck update', situation({ facet: 'status', status: { ...STATUS, causes: [{ code: 'update-stuck' }] } }), 'send'],
  ['stuck update while its cause is cured', situation({ facet: 'status', curesUnderway: true, status: { ...STATUS, causes: [{ code: 'update-stuck' }] } }), 'wait cure-underway'],
  ['quarantine', situation({ facet: 'status', moderatedRepairAt: NOW, status: { ...STATUS, causes: [{ code: 'price-quarantine' }] } }), 'hold price-quarantine'],
  ['quarantine that no call ends', situation({ facet: 'status', approved: true, status: { ...STATUS, causes: [{ code: 'price-quarantine' }] } }), 'hold price-quarantine'],
  [
    'quarantine at a person’s word',
    situation({ facet: 'status', approved: true, liftable: new Set(['price-quarantine']), status: { ...STATUS, causes: [{ code: 'price-quarantine' }] } }),
    'send',
  ],
  ['declined', situation({ facet: 'status', status: { ...STATUS, causes: [{ code: 'moderation-declined' }] } }), 'hold moderation-declined'],
];

describe('guards', () => {
  it.each(TABLE)('%s', (_what, given, expected) => {
    const decision = decide(given);
    expect(decision.kind === 'send' ? 'send' : `${decision.kind} ${decision.reason}`).toBe(expected);
  });

  it('never wait until now or the past', () => {
    fc.assert(
      fc.property(fc.integer({ min: -48, max: 48 }), fc.integer({ min: -48, max: 48 }), fc.boolean(), (frozen, moderated, over) => {
        const decision = decide(situation({ frozenUntil: NOW + frozen * HOUR, moderatedRepairAt: NOW + moderated * HOUR - 24 * HOUR, sweepOver: over }));
        if (decision.kind === 'wait') expect(decision.until).toBeGreaterThan(NOW);
      }),
    );
  });
});

describe('quiet hours', () => {
  const at = (time: string) => Date.parse(`2026-11-22T${time}:00Z`);
  it.each([
    ['12:00', '11:00', '13:00', '2026-11-22T13:00:00.000Z'],
    ['13:00', '11:00', '13:00', undefined],
    ['11:00', '11:00', '13:00', '2026-11-22T13:00:00.000Z'],
    ['23:30', '22:00', '06:00', '2026-11-23T06:00:00.000Z'],
    ['05:59', '22:00', '06:00', '2026-11-22T06:00:00.000Z'],
    ['06:00', '22:00', '06:00', undefined],
    ['12:00', '08:00', '08:00', undefined],
    ['12:00', '8:00', '25:00', undefined],
  ])('%s within %s–%s', (now, from, to, end) => {
    const until = quietUntil(at(now), { from, to });
    expect(until === undefined ? undefined : new Date(until).toISOString()).toBe(end);
  });
  it('are none when none are set', () => {
    expect(quietUntil(NOW, null)).toBeUndefined();
  });
});

import type { Facet, StatusCause, StatusValue } from '#channels/contract';
import type { AccountState, PolicyMode, QuietHours } from '#listings';
import type { FacetState } from '../observe/facet-row.js';

/** Everything the guards look at, gathered beforehand. Times are the account's clock, ms. */
export interface Situation {
  readonly now: number;
  readonly facet: Facet;
  readonly state: Extract<FacetState, 'pending' | 'drifted'>;
  /** Set by a person: this one change may go in spite of the mode, a brake or a flap. */
  readonly approved: boolean;
  readonly mode: PolicyMode;
  readonly accountState: AccountState;
  readonly pauseUntil: number | null;
  readonly quietHours: QuietHours | null;
  readonly frozenUntil: number | null;
  /** The card is there: unknown is not absent. */
  readonly presence: 'listed' | 'archived' | 'absent' | 'unknown';
  readonly wantsArchive: boolean;
  readonly everListed: boolean;
  readonly status: StatusValue | undefined;
  /** The status row's facets that are being put right anyway: its own repair waits for them. */
  readonly curesUnderway: boolean;
  readonly repairsToday: number;
  readonly moderatedRepairAt: number | null;
  /** The sweep that noticed this drift is over: only then is it known how many there are. */
  readonly sweepOver: boolean;
  /** Pictures of this card are still being looked at: one call a day may go that is moderated, so all that differs goes with it. */
  readonly picturesUnseen: boolean;
  /** A change of ours to this facet is still being moderated. */
  readonly moderating: boolean;
  /** A card we did not make, of which this facet was never read: nothing may be overwritten unseen. */
  readonly unread: boolean;
  readonly picturesReachable: boolean;
  /** A card nobody has may be this product's own, or live cards were not all compared with the catalog yet. Only asked of what would be created. */
  readonly maybeExists: 'no' | 'maybe' | 'not-known-yet';
  /** Some call of the channel can set this facet of a card that is already there. */
  readonly writable: boolean;
  /** Causes of a status that some call ends at a person's word. */
  readonly liftable?: ReadonlySet<StatusCause>;
}

export type Decision = { readonly kind: 'send' } | { readonly kind: 'hold'; readonly reason: string } | { readonly kind: 'wait'; readonly reason: string; readonly until: number };

const DAY_MS = 86_400_000;
const FLAP_REPAIRS = 3;
const CURABLE: ReadonlySet<string> = new Set(['update-stuck', 'blocked-by-error', 'hidden']);

const send: Decision = { kind: 'send' };
const hold = (reason: string): Decision => ({ kind: 'hold', reason });
const wait = (reason: string, until: number): Decision => ({ kind: 'wait', reason, until });

/** The guards between a difference and a call, in the order a person would ask them. Pure. */
export function decide(s: Situation): Decision {
  if (s.accountState === 'unauthorised') return hold('unauthorised');
  if (s.accountState === 'paused') return s.pauseUntil !== null && s.pauseUntil > s.now ? wait('paused', s.pauseUntil) : s.pauseUntil === null ? hold('paused') : guardModes(s);
  return guardModes(s);
}

function guardModes(s: Situation): Decision {
  if (s.frozenUntil !== null && s.frozenUntil > s.now) return wait('frozen', s.frozenUntil);
  const quietEnd = quietUntil(s.now, s.quietHours);
  if (quietEnd !== undefined) return wait('quiet-hours', quietEnd);
  if (!s.approved && s.mode === 'observe') return hold('policy');
  if (!s.approved && s.mode === 'approve') return hold('approval');
  return s.state === 'drifted' ? guardRepair(s) : guardChange(s);
}

function guardChange(s: Situation): Decision {
  if (s.facet === 'presence' && s.wantsArchive && !s.approved) return hold('archive-needs-approval');
  return guardCard(s);
}

function guardRepair(s: Situation): Decision {
  if (!s.sweepOver) return wait('sweep-running', s.now + 1_000);
  if (!s.approved) {
    // What needs a person's word of its own comes before the brake: releasing a brake is no word for making or archiving cards.
    if (s.facet === 'presence' && s.presence === 'absent') return hold('missing');
    if (s.facet === 'presence' && s.wantsArchive) return hold('archive-needs-approval');
    if (s.accountState === 'braked') return hold('brake');
    if (s.repairsToday >= FLAP_REPAIRS) return hold('flap');
  }
  const card = guardCard(s);
  if (card.kind !== 'send') return card;
  if (s.moderating) return wait('moderation-pending', s.now + 30_000);
  if (s.picturesUnseen) return wait('pictures-unseen', s.now + 10_000);
  if (s.moderatedRepairAt !== null && s.moderatedRepairAt + DAY_MS > s.now && !s.approved) return wait('moderated-today', s.moderatedRepairAt + DAY_MS);
  return card;
}

function guardCard(s: Situation): Decision {
  const creates = !s.everListed && s.presence !== 'listed' && s.presence !== 'archived';
  if (creates && !s.approved && s.maybeExists === 'maybe') return hold('maybe-exists');
  if (creates && s.maybeExists === 'not-known-yet') return wait('cards-unmatched', s.now + 30_000);
  if (s.unread) return wait('unread', s.now + 30_000);
  if (s.facet === 'media' && !s.picturesReachable) return hold('pictures-unreachable');
  if (s.facet === 'status') return guardStatus(s);
  if (!s.writable && s.presence === 'listed') return hold('not-writable');
  if (s.facet !== 'presence' && s.presence === 'absent' && s.everListed) return wait('card-missing', s.now + 60_000);
  if ((s.facet === 'stock' || s.facet === 'price' || s.facet === 'barcodes') && s.presence !== 'absent' && s.presence !== 'unknown' && notBornYet(s.status))
    return wait('not-created', s.now + 15_000);
  return send;
}

/** A card that cannot be bought is cured through its causes; only the stale ones have a cure of their own. */
function guardStatus(s: Situation): Decision {
  const causes = s.status?.causes.map((cause) => cause.code) ?? [];
  if (s.curesUnderway || causes.length === 0) return wait('cure-underway', s.now + 15_000);
  const deadly = causes.find((code) => !CURABLE.has(code) && code !== 'no-stock' && code !== 'no-price');
  if (deadly === 'archived' || deadly === 'moderation-pending' || deadly === 'not-created') return wait(deadly, s.now + 30_000);
  if (deadly !== undefined) return s.approved && s.liftable?.has(deadly) ? send : hold(deadly);
  const curable = causes.find((code) => CURABLE.has(code));
  if (curable !== undefined && !s.writable) return hold(curable);
  return curable !== undefined ? send : wait('no-stock', s.now + 60_000);
}

function notBornYet(status: StatusValue | undefined): boolean {
  if (status === undefined) return true;
  return status.causes.some((cause) => cause.code === 'not-created' || cause.code === 'moderation-pending');
}

/** The end of the quiet hours that `now` falls into, or undefined outside them. Hours are UTC "HH:MM". */
export function quietUntil(now: number, hours: QuietHours | null): number | undefined {
  if (!hours) return undefined;
  const from = minutes(hours.from);
  const to = minutes(hours.to);
  if (from === undefined || to === undefined || from === to) return undefined;
  const midnight = Math.floor(now / DAY_MS) * DAY_MS;
  const minute = (now - midnight) / 60_000;
  const end = midnight + to * 60_000;
  if (from < to) return minute >= from && minute < to ? end : undefined;
  if (minute >= from) return end + DAY_MS;
  return minute < to ? end : undefined;
}

function minutes(text: string): number | undefined {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text);
  return match ? Number(match[1]) * 60 + Number(match[2]) : undefined;
}

import type { Echo } from '#channels/contract';
import type { FacetRow } from './facet-row.js';
import type { Sold } from './stock-sold.js';

/** One facet as just read. `startedAt` is wall ms when the request started, Infinity for a stored document judged again; `echo` is asked only when the prints differ. */
export interface Reading {
  readonly print: string;
  readonly startedAt: number;
  readonly echo: () => Echo;
  /** Stock only: what was sold since, of the published figure or of the one our change has not replaced yet. */
  readonly sold: Sold;
  /** Equal in meaning to what was desired before the newest change: our change has not arrived, nothing drifted. */
  readonly echoOfEarlier: () => boolean;
  /** Presence and status only: the card is not there yet, or on its way (created, in moderation), and not refused. */
  readonly underway: boolean;
  /** We created this card ourselves, or are just making it: what it does not show yet is still on its way, not changed by anybody. */
  readonly ownCard: boolean;
}

export type Verdict = 'discard' | 'same' | 'not-wanted' | 'not-yet' | 'still-old' | 'in-sync' | 'pin' | 'consumed' | 'unverified' | 'ignored' | 'drifted';

/** States in which a change of ours is known and has not been seen on the channel. */
const OWN_CHANGE_OPEN: ReadonlySet<FacetRow['state']> = new Set(['pending', 'unknown', 'held', 'failing', 'settling']);
/** States in which a difference is on the record already: judging the same document again adds nothing. */
const KNOWN_WRONG: ReadonlySet<FacetRow['state']> = new Set(['drifted', 'held', 'failing', 'ignored', 'pending']);
const AT_REST: ReadonlySet<FacetRow['state']> = new Set(['in_sync', 'drifted', 'held', 'failing', 'ignored', 'pending', 'unverified', 'unknown']);

/**
 * What an observation means for a facet: docs/facet-states.md as code. Pure; the order of the questions is the point.
 * An echo is always judged against what is desired, so expected values cannot creep.
 */
export function judge(row: FacetRow, reading: Reading): Verdict {
  if (row.state === 'sending') return 'discard';
  if (row.pushEndedAt !== null && reading.startedAt <= row.pushEndedAt) return 'discard';
  if (row.desired === null) return row.observed === reading.print ? 'same' : 'not-wanted';
  const again = reading.startedAt === Infinity;
  if (!again && AT_REST.has(row.state) && row.observed === reading.print && row.state !== 'unverified') return 'same';
  if (!again && row.expected === reading.print && row.expectedFor === row.desired) return 'in-sync';
  const echo = reading.echo();
  if (echo === 'yes') return again && row.state === 'in_sync' ? 'same' : 'pin';
  if (again && row.observed === reading.print && KNOWN_WRONG.has(row.state)) return 'same';
  if (row.state === 'settling' && (row.before === reading.print || reading.underway || reading.sold === 'from-old')) return 'not-yet';
  if (echo === 'unverified') return 'unverified';
  // An earlier figure of ours that lands late is lower than the newest too, and nobody bought anything.
  const landedLate = OWN_CHANGE_OPEN.has(row.state) && row.expectedFor !== row.desired && reading.echoOfEarlier();
  if (reading.sold === 'consumed' && !landedLate) return 'consumed';
  // Of a card we are making the first value that shows may be the one before our call: slow channels show it for a while.
  if (isSettling(row) && reading.ownCard && row.before === null && row.expected === null) return 'not-yet';
  if (OWN_CHANGE_OPEN.has(row.state)) {
    if (row.expected === null && (reading.underway || (reading.ownCard && row.state !== 'settling'))) return 'still-old';
    if (landedLate || (row.expectedFor !== row.desired && reading.sold === 'from-old')) return 'still-old';
    if (row.state === 'failing' && row.reason === 'refused') return 'still-old';
  }
  return 'drifted';
}

/** Also while its pictures are still to be looked at. */
function isSettling(row: FacetRow): boolean {
  return row.state === 'settling' || (row.state === 'unverified' && row.settleUntil !== null);
}

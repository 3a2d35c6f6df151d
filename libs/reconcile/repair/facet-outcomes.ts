import { enter, type FacetRow } from '../observe/facet-row.js';
import { waitingReason } from './approved.js';
import type { IntentFacet } from './intent.js';

/** Back-off of a card whose repair did not take: 5 minutes, times three, at most six hours (account clock). */
const FIRST_BACKOFF_MS = 5 * 60_000;
const LONGEST_BACKOFF_MS = 6 * 3_600_000;
const MOST_ATTEMPTS = 3;

export function backoff(attempts: number): number {
  return Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 3 ** Math.max(0, attempts - 1));
}

/** The channel took the call. `ended`: nothing of it is still underway, so readings that start from now on count. */
export function settle(rows: readonly FacetRow[], facets: readonly IntentFacet[], when: { readonly now: number; readonly until: number; readonly ended: boolean }): void {
  for (const row of rows) {
    row.pushEndedAt = Date.now();
    row.settleUntil = when.until;
    if (when.ended) row.intentId = null;
    const sent = facets.find((facet) => facet.facet === row.facet && facet.part === row.part);
    if (row.state !== 'sending') continue;
    if (sent && sent.desired !== row.desired) {
      row.dueAt = when.now;
      enter(row, row.driftId !== null ? 'drifted' : 'pending', when.now);
    } else {
      enter(row, 'settling', when.now);
    }
  }
}

/** The channel said no: nothing is tried again until the revision, the schema or a person changes something. */
export function refuse(rows: readonly FacetRow[], now: number): void {
  for (const row of rows) {
    row.intentId = null;
    row.pushEndedAt = Date.now();
    row.dueAt = null;
    if (row.state === 'sending' || row.state === 'settling') enter(row, 'failing', now, 'refused');
  }
}

/** The call did not take (or never left): wait, longer each time it failed; after three failures a person has to look. */
export function backToWaiting(rows: readonly FacetRow[], how: { readonly now: number; readonly dueAt?: number; readonly reason: string; readonly failed: boolean }): void {
  for (const row of rows) {
    row.intentId = null;
    row.settleUntil = null;
    if (row.state !== 'sending' && row.state !== 'settling') continue;
    if (how.failed) row.attempts += 1;
    if (row.attempts >= MOST_ATTEMPTS) {
      row.dueAt = null;
      enter(row, 'failing', how.now, how.reason);
      continue;
    }
    row.dueAt = how.dueAt ?? how.now + backoff(row.attempts);
    enter(row, row.driftId !== null ? 'drifted' : 'pending', how.now, how.failed ? how.reason : waitingReason(row.reason, how.reason));
  }
}

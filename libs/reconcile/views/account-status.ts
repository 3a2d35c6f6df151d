import type { Pool } from 'pg';
import type { Diagnostic } from '#kernel';
import type { Facet, SweepLane } from '#channels/contract';
import type { Account } from '#listings';
import { contractAlarms } from './contract-breaks.js';
import { addCounts, emptyCounts, LISTING_STATES, type ListingCounts, type ListingState } from './counts.js';

/** Seconds on the account's clock since the last finished sweep that read the facet; null: none has finished yet. */
export type SweepAges = Readonly<Partial<Record<Facet, number | null>>>;

export type AccountStatus = ListingCounts & {
  readonly id: string;
  readonly channel: string;
  readonly title: string;
  readonly state: Account['state'];
  readonly state_reason: string | null;
  readonly sweep_age_seconds: SweepAges;
  /** The channel changed its API, and what the last look at the account's health found: a key near its end, a missing role, a full assortment. Worst first. */
  readonly alarms: readonly Diagnostic[];
};

export type HubStatus = ListingCounts & { readonly accounts: readonly AccountStatus[] };

/** What the view must know of an account: its lanes and its present time (ms, account clock). */
export interface StatusSubject {
  readonly account: Account;
  readonly lanes: readonly SweepLane[];
  readonly now: number;
}

async function countsByAccount(pool: Pool): Promise<Map<string, ListingCounts>> {
  const { rows } = await pool.query<{ account_id: string; state: string; n: number }>('SELECT account_id, state, count(*)::integer AS n FROM listing GROUP BY account_id, state');
  const found = new Map<string, Record<'listings' | ListingState, number>>();
  for (const row of rows) {
    const counts = found.get(row.account_id) ?? emptyCounts();
    const state = LISTING_STATES.find((known) => known === row.state) ?? 'unknown';
    counts[state] += row.n;
    counts.listings += row.n;
    found.set(row.account_id, counts);
  }
  return found;
}

async function lastSweeps(pool: Pool): Promise<Map<string, number>> {
  const { rows } = await pool.query<{ account_id: string; lane: string; at: Date }>(
    'SELECT account_id, lane, max(finished_at) AS at FROM sweep_run WHERE finished_at IS NOT NULL GROUP BY account_id, lane',
  );
  return new Map(rows.map((row) => [`${row.account_id}/${row.lane}`, row.at.getTime()]));
}

async function healthAlarms(pool: Pool): Promise<Map<string, readonly Diagnostic[]>> {
  const { rows } = await pool.query<{ id: string; diagnostics: readonly Diagnostic[] }>(
    `SELECT id, health -> 'diagnostics' AS diagnostics FROM channel_account WHERE jsonb_typeof(health -> 'diagnostics') = 'array'`,
  );
  return new Map(rows.map((row) => [row.id, [...row.diagnostics].sort((a, b) => a.severity.localeCompare(b.severity))]));
}

function agesOf(subject: StatusSubject, sweeps: ReadonlyMap<string, number>): SweepAges {
  const ages: Partial<Record<Facet, number | null>> = {};
  for (const lane of subject.lanes) {
    const at = sweeps.get(`${subject.account.id}/${lane.id}`);
    for (const facet of lane.facets) {
      const age = at === undefined ? null : Math.max(0, Math.round((subject.now - at) / 1000));
      const other = ages[facet];
      ages[facet] = age === null ? (other ?? null) : other === null || other === undefined ? age : Math.min(age, other);
    }
  }
  return ages;
}

/** The figures of every account and their sums under the same names. */
export async function hubStatus(pool: Pool, subjects: readonly StatusSubject[]): Promise<HubStatus> {
  const breaks = Promise.all(subjects.map(({ account, now }) => contractAlarms(pool, account.id, now)));
  const [counts, sweeps, alarms, changed] = await Promise.all([countsByAccount(pool), lastSweeps(pool), healthAlarms(pool), breaks]);
  const accounts = subjects.map((subject, index): AccountStatus => ({
    id: subject.account.id,
    channel: subject.account.channel,
    title: subject.account.title,
    state: subject.account.state,
    state_reason: subject.account.stateReason,
    ...(counts.get(subject.account.id) ?? emptyCounts()),
    sweep_age_seconds: agesOf(subject, sweeps),
    alarms: [...(changed[index] ?? []), ...(alarms.get(subject.account.id) ?? [])],
  }));
  return { ...addCounts(accounts), accounts };
}

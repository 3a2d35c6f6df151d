import type { PoolClient } from 'pg';
import type { Facet } from '#channels/contract';
import { TryAgain } from '../account/in-transaction.js';

export type FacetState = 'unknown' | 'pending' | 'sending' | 'settling' | 'unverified' | 'in_sync' | 'drifted' | 'held' | 'failing' | 'ignored';

/** A row of listing_facet. Fingerprints and ids are decimal text; times are the account's clock in ms, `pushEndedAt` wall ms. */
export interface FacetRow {
  readonly listingId: string;
  readonly facet: Facet;
  readonly part: string;
  /** Not stored yet: must not overwrite a row that another lane made in the meantime. */
  readonly isNew: boolean;
  state: FacetState;
  reason: string | null;
  desired: string | null;
  desiredRevision: number | null;
  expected: string | null;
  expectedFor: string | null;
  observed: string | null;
  before: string | null;
  pushEndedAt: number | null;
  settleUntil: number | null;
  dueAt: number | null;
  since: number;
  attempts: number;
  intentId: string | null;
  driftId: string | null;
}

interface StoredRow {
  listing_id: string;
  facet: Facet;
  part: string;
  state: FacetState;
  reason: string | null;
  desired: string | null;
  desired_revision: number | null;
  expected: string | null;
  expected_for: string | null;
  observed: string | null;
  before: string | null;
  push_ended_at: Date | null;
  settle_until: Date | null;
  due_at: Date | null;
  since: Date;
  attempts: number;
  intent_id: string | null;
  drift_id: string | null;
}

function rowOf(stored: StoredRow): FacetRow {
  return {
    listingId: stored.listing_id,
    facet: stored.facet,
    part: stored.part,
    isNew: false,
    state: stored.state,
    reason: stored.reason,
    desired: stored.desired,
    desiredRevision: stored.desired_revision,
    expected: stored.expected,
    expectedFor: stored.expected_for,
    observed: stored.observed,
    before: stored.before,
    pushEndedAt: stored.push_ended_at?.getTime() ?? null,
    settleUntil: stored.settle_until?.getTime() ?? null,
    dueAt: stored.due_at?.getTime() ?? null,
    since: stored.since.getTime(),
    attempts: stored.attempts,
    intentId: stored.intent_id,
    driftId: stored.drift_id,
  };
}

/** The facet rows of these listings, locked in one order so that lanes never deadlock. */
export async function lockFacetRows(client: PoolClient, listingIds: readonly string[]): Promise<FacetRow[]> {
  const { rows } = await client.query<StoredRow>('SELECT * FROM listing_facet WHERE listing_id = ANY($1::bigint[]) ORDER BY listing_id, facet, part FOR UPDATE', [listingIds]);
  return rows.map(rowOf);
}

const at = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());

/**
 * Writes the given rows back, whole. Only changed rows belong here. Throws `TryAgain` when another lane made one of the new rows
 * first: what was decided without it may not overwrite it.
 */
export async function saveFacetRows(client: PoolClient, accountId: string, rows: readonly FacetRow[]): Promise<void> {
  await write(
    client,
    accountId,
    rows.filter((row) => !row.isNew),
    REPLACE,
  );
  if (
    (await write(
      client,
      accountId,
      rows.filter((row) => row.isNew),
      'DO NOTHING',
    )) > 0
  )
    throw new TryAgain();
}

const REPLACE = `DO UPDATE SET
  state = excluded.state, reason = excluded.reason, desired = excluded.desired, desired_revision = excluded.desired_revision,
  expected = excluded.expected, expected_for = excluded.expected_for, observed = excluded.observed, before = excluded.before,
  push_ended_at = excluded.push_ended_at, settle_until = excluded.settle_until, due_at = excluded.due_at, since = excluded.since,
  attempts = excluded.attempts, intent_id = excluded.intent_id, drift_id = excluded.drift_id`;

/** One statement; answers how many rows it had to leave out. */
async function write(client: PoolClient, accountId: string, rows: readonly FacetRow[], onConflict: string): Promise<number> {
  if (rows.length === 0) return 0;
  const payload = rows.map((row) => ({
    listing_id: row.listingId,
    facet: row.facet,
    part: row.part,
    state: row.state,
    reason: row.reason,
    desired: row.desired,
    desired_revision: row.desiredRevision,
    expected: row.expected,
    expected_for: row.expectedFor,
    observed: row.observed,
    before: row.before,
    push_ended_at: at(row.pushEndedAt),
    settle_until: at(row.settleUntil),
    due_at: at(row.dueAt),
    since: at(row.since),
    attempts: row.attempts,
    intent_id: row.intentId,
    drift_id: row.driftId,
  }));
  const { rowCount } = await client.query(
    `INSERT INTO listing_facet (listing_id, facet, part, account_id, state, reason, desired, desired_revision, expected, expected_for,
       observed, before, push_ended_at, settle_until, due_at, since, attempts, intent_id, drift_id)
     SELECT u.listing_id, u.facet, u.part, $2, u.state, u.reason, u.desired, u.desired_revision, u.expected, u.expected_for,
       u.observed, u.before, u.push_ended_at, u.settle_until, u.due_at, u.since, u.attempts, u.intent_id, u.drift_id
     FROM jsonb_to_recordset($1::jsonb) AS u(listing_id bigint, facet text, part text, state text, reason text, desired bigint,
       desired_revision integer, expected bigint, expected_for bigint, observed bigint, before bigint, push_ended_at timestamptz,
       settle_until timestamptz, due_at timestamptz, since timestamptz, attempts integer, intent_id bigint, drift_id bigint)
     ORDER BY u.listing_id, u.facet, u.part
     ON CONFLICT (listing_id, facet, part) ${onConflict}`,
    [JSON.stringify(payload), accountId],
  );
  return rows.length - (rowCount ?? 0);
}

export function newFacetRow(listingId: string, facet: Facet, part: string, now: number): FacetRow {
  return {
    listingId,
    facet,
    part,
    isNew: true,
    state: 'unknown',
    reason: null,
    desired: null,
    desiredRevision: null,
    expected: null,
    expectedFor: null,
    observed: null,
    before: null,
    pushEndedAt: null,
    settleUntil: null,
    dueAt: null,
    since: now,
    attempts: 0,
    intentId: null,
    driftId: null,
  };
}

/** Moves a row to a state, keeping `since` when the state stays. */
export function enter(row: FacetRow, state: FacetState, now: number, reason: string | null = null): void {
  if (row.state !== state || row.reason !== reason) row.since = now;
  row.state = state;
  row.reason = reason;
}

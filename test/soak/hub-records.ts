import type { Pool } from 'pg';

/** A call the hub recorded before it sent it. Times are channel ms. */
export interface SentCall {
  readonly id: string;
  readonly key: string;
  readonly operation: string;
  readonly facets: readonly { readonly facet: string; readonly part: string }[];
  readonly writeSet: readonly string[];
  readonly purpose: string;
  readonly phase: string;
  readonly epoch: number;
  readonly values: Readonly<Record<string, unknown>>;
  readonly request: Readonly<Record<string, unknown>> | readonly unknown[];
  readonly sentAt: number;
  readonly deadlineAt: number;
  /** Its place in the evidence chain. */
  readonly seq: bigint;
}

/** Every call of the account, in the order in which the evidence has them. */
export async function sentCalls(pool: Pool, accountId: string): Promise<SentCall[]> {
  const { rows } = await pool.query<Omit<SentCall, 'sentAt' | 'deadlineAt' | 'seq' | 'writeSet'> & { sent_at: Date; deadline_at: Date; seq: string; write_set: string[] }>(
    `SELECT i.id, l.key, i.operation, i.facets, i.write_set, i.purpose, i.phase, i.epoch, i.body -> 'values' AS values, i.body -> 'request' AS request,
       i.sent_at, i.deadline_at, e.seq
     FROM push_intent i JOIN listing l ON l.id = i.listing_id JOIN evidence e ON e.account_id = i.account_id AND e.intent_id = i.id AND e.kind = 'push.intent'
     WHERE i.account_id = $1 ORDER BY e.seq`,
    [accountId],
  );
  return rows.map(({ sent_at, deadline_at, seq, write_set, ...row }) => ({
    ...row,
    writeSet: write_set,
    sentAt: sent_at.getTime(),
    deadlineAt: deadline_at.getTime(),
    seq: BigInt(seq),
  }));
}

/** Calls that no evidence names: there may be none. */
export async function unrecordedCalls(pool: Pool, accountId: string): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT id FROM push_intent i WHERE account_id = $1 AND NOT EXISTS (SELECT FROM evidence e WHERE e.account_id = i.account_id AND e.intent_id = i.id AND e.kind = 'push.intent')`,
    [accountId],
  );
  return rows.map((row) => row.id);
}

export interface Noticed {
  readonly key: string;
  readonly facet: string;
  readonly seq: bigint;
}

/** Before-images. */
export async function noticedDrifts(pool: Pool, accountId: string): Promise<Noticed[]> {
  const { rows } = await pool.query<{ key: string; facet: string; seq: string }>(
    `SELECT l.key, e.facet, e.seq FROM evidence e JOIN listing l ON l.id = e.listing_id WHERE e.account_id = $1 AND e.kind = 'drift.noticed' ORDER BY e.seq`,
    [accountId],
  );
  return rows.map((row) => ({ key: row.key, facet: row.facet, seq: BigInt(row.seq) }));
}

/** The number of the newest entry of the evidence chain. */
export async function newestEvidence(pool: Pool, accountId: string): Promise<bigint> {
  const { rows } = await pool.query<{ seq: string }>('SELECT seq FROM evidence_head WHERE account_id = $1', [accountId]);
  return BigInt(rows[0]?.seq ?? 0);
}

export interface OpenedDrift {
  /** Grows from drift to drift. */
  readonly id: bigint;
  readonly key: string;
  readonly facet: string;
  readonly kind: string;
  readonly cause: string;
  readonly state: string;
}

export async function openedDrifts(pool: Pool, accountId: string): Promise<OpenedDrift[]> {
  const { rows } = await pool.query<Omit<OpenedDrift, 'id'> & { id: string }>(
    `SELECT d.id, l.key, d.facet, d.kind, d.cause, d.state FROM drift d JOIN listing l ON l.id = d.listing_id WHERE d.account_id = $1 ORDER BY d.id`,
    [accountId],
  );
  return rows.map((row) => ({ ...row, id: BigInt(row.id) }));
}

/** Where a listing stands, with the reasons of its facets that are not in sync. */
export async function standing(pool: Pool, accountId: string): Promise<Map<string, { readonly state: string; readonly reasons: readonly string[] }>> {
  const { rows } = await pool.query<{ key: string; state: string; reasons: string[] | null }>(
    `SELECT l.key, l.state, (SELECT array_agg(concat_ws(' ', f.facet, f.state, f.reason)) FROM listing_facet f WHERE f.listing_id = l.id AND f.state <> 'in_sync') AS reasons
     FROM listing l WHERE l.account_id = $1`,
    [accountId],
  );
  return new Map(rows.map((row) => [row.key, { state: row.state, reasons: row.reasons ?? [] }]));
}

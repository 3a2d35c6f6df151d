import type { Pool } from 'pg';

export const DRIFT_STATES = ['open', 'repairing', 'held', 'healed', 'ignored', 'superseded', 'case'] as const;
export type DriftState = (typeof DRIFT_STATES)[number];

export interface DriftRow {
  readonly id: string;
  readonly account_id: string;
  readonly listing_id: string;
  readonly key: string;
  readonly external_id: string | null;
  readonly sku: string | null;
  readonly title: string | null;
  readonly facet: string;
  readonly part: string;
  readonly kind: string;
  readonly cause: string;
  readonly partners: unknown;
  readonly details: unknown;
  readonly state: DriftState;
  readonly reason: string | null;
  readonly revision: number | null;
  readonly story: string | null;
  readonly repeats: number;
  readonly repairs: number;
  /** Account clock, as the two below. */
  readonly noticed_at: Date;
  readonly repaired_at: Date | null;
  readonly healed_at: Date | null;
  readonly held_until: Date | null;
  /** When the repair of a drifted facet is due, and why it waits. */
  readonly due_at: Date | null;
  readonly facet_state: string | null;
  readonly facet_reason: string | null;
}

export interface DriftFilter {
  readonly accountId?: string;
  readonly listingId?: string;
  readonly states?: readonly DriftState[];
  readonly kind?: string;
  readonly cause?: string;
  readonly facet?: string;
  /** Part of a SKU, key or title. */
  readonly text?: string;
  /** Drifts with an id below this one. */
  readonly before?: string;
}

export const DRIFT_SELECT = `
  SELECT d.id, d.account_id, d.listing_id, l.key, l.external_id, p.sku, p.title, d.facet, d.part, d.kind, d.cause, d.partners, d.details,
    d.state, d.reason, d.revision, d.story, d.repeats, d.repairs, d.noticed_at, d.repaired_at, d.healed_at, d.held_until,
    f.due_at, f.state AS facet_state, f.reason AS facet_reason
  FROM drift d
  JOIN listing l ON l.id = d.listing_id
  LEFT JOIN product p ON p.id = l.product_id
  LEFT JOIN listing_facet f ON f.listing_id = d.listing_id AND f.facet = d.facet AND f.part = d.part AND f.drift_id = d.id`;

/** Drifts, newest first; one more than `limit` is never read. */
export async function driftPage(pool: Pool, filter: DriftFilter, limit: number): Promise<{ items: DriftRow[]; more: boolean }> {
  const values: unknown[] = [limit + 1];
  const where: string[] = [];
  const bind = (value: unknown): string => `$${values.push(value)}`;
  if (filter.accountId !== undefined) where.push(`d.account_id = ${bind(filter.accountId)}`);
  if (filter.listingId !== undefined) where.push(`d.listing_id = ${bind(filter.listingId)}`);
  if (filter.states !== undefined) where.push(`d.state = ANY (${bind(filter.states)}::text[])`);
  if (filter.kind !== undefined) where.push(`d.kind = ${bind(filter.kind)}`);
  if (filter.cause !== undefined) where.push(`d.cause = ${bind(filter.cause)}`);
  if (filter.facet !== undefined) where.push(`d.facet = ${bind(filter.facet)}`);
  if (filter.text !== undefined)
    where.push(`(l.key ILIKE ${bind(`%${filter.text.replace(/[\\%_]/g, '\\$&')}%`)} OR p.sku ILIKE $${values.length} OR p.title ILIKE $${values.length})`);
  if (filter.before !== undefined) where.push(`d.id < ${bind(filter.before)}`);
  const { rows } = await pool.query<DriftRow>(`${DRIFT_SELECT} ${where.length > 0 ? `WHERE ${where.join(' AND ')}` : ''} ORDER BY d.id DESC LIMIT $1`, values);
  return { items: rows.slice(0, limit), more: rows.length > limit };
}

export async function driftById(pool: Pool, id: string): Promise<DriftRow | undefined> {
  const { rows } = await pool.query<DriftRow>(`${DRIFT_SELECT} WHERE d.id = $1`, [id]);
  return rows[0];
}

export interface DriftSummary {
  readonly open: number;
  readonly by_kind: Readonly<Record<string, number>>;
  readonly by_cause: Readonly<Record<string, number>>;
}

/** What is open now, by kind and cause. */
export async function driftSummary(pool: Pool, accountId?: string): Promise<DriftSummary> {
  const { rows } = await pool.query<{ kind: string; cause: string; n: number }>(
    `SELECT kind, cause, count(*)::integer AS n FROM drift
     WHERE state IN ('open', 'repairing', 'held', 'case') AND ($1::bigint IS NULL OR account_id = $1) GROUP BY kind, cause`,
    [accountId ?? null],
  );
  const kinds: Record<string, number> = {};
  const causes: Record<string, number> = {};
  let open = 0;
  for (const { kind, cause, n } of rows) {
    kinds[kind] = (kinds[kind] ?? 0) + n;
    causes[cause] = (causes[cause] ?? 0) + n;
    open += n;
  }
  return { open, by_kind: kinds, by_cause: causes };
}

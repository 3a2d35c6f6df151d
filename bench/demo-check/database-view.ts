import type { Pool } from 'pg';

/** A drift as the hub recorded it. */
export interface RecordedDrift {
  readonly id: string;
  readonly key: string;
  /** The code of the model that the product is a variant of; null when it is of none. */
  readonly model: string | null;
  readonly facet: string;
  readonly kind: string;
  readonly cause: string;
  /** Whose text or pictures it shows: articles, and the codes of their models. */
  readonly partners: readonly string[];
  readonly state: string;
  readonly noticedAt: number;
  readonly evidence: number;
}

/** What only the hub's database can tell: drifts with the number of their evidence records, and rows written. */
export async function recordedDrifts(pool: Pool, accountId: string): Promise<RecordedDrift[]> {
  const { rows } = await pool.query<{
    id: string;
    key: string;
    model: string | null;
    facet: string;
    kind: string;
    cause: string;
    partners: { sku: string }[];
    partner_models: string[];
    state: string;
    noticed_at: Date;
    evidence: number;
  }>(
    `SELECT d.id, l.key, m.code AS model, d.facet, d.kind, d.cause, d.partners, d.state, d.noticed_at,
       array(SELECT DISTINCT pm.code FROM jsonb_array_elements(d.partners) AS q JOIN product pp ON pp.sku = q ->> 'sku' JOIN product_model pm ON pm.id = pp.model_id) AS partner_models,
       (SELECT count(*)::integer FROM evidence e WHERE e.drift_id = d.id AND e.kind = 'drift.noticed') AS evidence
     FROM drift d JOIN listing l ON l.id = d.listing_id
       LEFT JOIN product p ON p.id = l.product_id LEFT JOIN product_model m ON m.id = p.model_id
     WHERE d.account_id = $1 ORDER BY d.id`,
    [accountId],
  );
  return rows.map((row) => ({
    id: row.id,
    key: row.key,
    model: row.model,
    facet: row.facet,
    kind: row.kind,
    cause: row.cause,
    partners: [...row.partners.map((partner) => partner.sku), ...row.partner_models],
    state: row.state,
    noticedAt: row.noticed_at.getTime(),
    evidence: row.evidence,
  }));
}

/** Rows inserted, updated and deleted so far, by table; the queue's schema and the sweep's own pages left out. */
export async function rowsWritten(pool: Pool): Promise<Map<string, number>> {
  const { rows } = await pool.query<{ name: string; n: string }>(
    `SELECT schemaname || '.' || relname AS name, n_tup_ins + n_tup_upd + n_tup_del AS n FROM pg_stat_all_tables
     WHERE schemaname NOT IN ('pg_catalog', 'information_schema', 'pg_toast', 'bullmq') AND relname NOT LIKE 'sweep\\_%'`,
  );
  return new Map(rows.map((row) => [row.name, Number(row.n)]));
}

/** Sweeps finished so far, by account and lane: the number of the newest complete one. */
export async function finishedSweeps(pool: Pool): Promise<Map<string, number>> {
  const { rows } = await pool.query<{ lane: string; number: string }>(
    `SELECT account_id || '/' || lane AS lane, max(number) AS number FROM sweep_run WHERE state = 'complete' GROUP BY account_id, lane`,
  );
  return new Map(rows.map((row) => [row.lane, Number(row.number)]));
}

import type { Pool } from 'pg';

/** Figures for the metrics page and the live view; all small aggregates over indexes. */
export interface WorkFigures {
  readonly drifts: readonly { readonly account_id: string; readonly kind: string; readonly cause: string; readonly state: string; readonly n: number }[];
  readonly intents: readonly { readonly account_id: string; readonly phase: string; readonly n: number }[];
  readonly sweeps: readonly {
    readonly account_id: string;
    readonly lane: string;
    readonly state: string;
    readonly started_at: Date;
    readonly finished_at: Date | null;
    readonly pages: number;
    readonly cards: number;
    readonly changed: number;
  }[];
}

export async function workFigures(pool: Pool): Promise<WorkFigures> {
  const [drifts, intents, sweeps] = await Promise.all([
    pool.query<WorkFigures['drifts'][number]>('SELECT account_id, kind, cause, state, count(*)::integer AS n FROM drift GROUP BY 1, 2, 3, 4'),
    pool.query<WorkFigures['intents'][number]>('SELECT account_id, phase, count(*)::integer AS n FROM push_intent GROUP BY 1, 2'),
    pool.query<WorkFigures['sweeps'][number]>(
      `SELECT DISTINCT ON (account_id, lane) account_id, lane, state, started_at, finished_at, pages, cards, changed
       FROM sweep_run ORDER BY account_id, lane, number DESC`,
    ),
  ]);
  return { drifts: drifts.rows, intents: intents.rows, sweeps: sweeps.rows };
}

export interface CaseRow {
  readonly id: string;
  readonly account_id: string;
  readonly listing_id: string | null;
  readonly sku: string | null;
  readonly key: string | null;
  readonly title: string | null;
  readonly facet: string | null;
  readonly code: string;
  readonly state: string;
  readonly details: unknown;
  readonly opened_at: Date;
  readonly closed_at: Date | null;
}

/** Cases, newest first. */
export async function casePage(
  pool: Pool,
  filter: { readonly accountId?: string; readonly state?: string; readonly before?: string },
  limit: number,
): Promise<{ items: CaseRow[]; more: boolean }> {
  const { rows } = await pool.query<CaseRow>(
    `SELECT c.id, c.account_id, c.listing_id, p.sku, l.key, p.title, c.facet, c.code, c.state, c.details, c.opened_at, c.closed_at
     FROM case_file c LEFT JOIN listing l ON l.id = c.listing_id LEFT JOIN product p ON p.id = l.product_id
     WHERE ($2::bigint IS NULL OR c.account_id = $2) AND ($3::text IS NULL OR c.state = $3) AND ($4::bigint IS NULL OR c.id < $4)
     ORDER BY c.id DESC LIMIT $1`,
    [limit + 1, filter.accountId ?? null, filter.state ?? null, filter.before ?? null],
  );
  return { items: rows.slice(0, limit), more: rows.length > limit };
}

import type { Pool } from 'pg';

export interface RowNote {
  /** Row of the file; the header is row 1. Records that span lines count once. */
  readonly row: number;
  readonly sku?: string;
  /** `warning`: the row was taken, but not this value. */
  readonly outcome: 'failed' | 'skipped' | 'warning';
  readonly field: string;
  readonly value: string;
  readonly reason: string;
  readonly remedy: string;
}

export interface ImportCounts {
  readonly rows: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Keeps what became of an import and why. */
export class ImportJournal {
  private position = 0;

  private constructor(
    private readonly pool: Pool,
    readonly jobId: string,
  ) {}

  static async start(pool: Pool, fileName: string, author: string): Promise<ImportJournal> {
    const { rows } = await pool.query<{ id: string }>(
      `INSERT INTO catalog_job (kind, request, author, state, started_at) VALUES ('import', jsonb_build_object('name', $1::text), $2, 'running', now()) RETURNING id`,
      [fileName, author],
    );
    return new ImportJournal(pool, rows[0]?.id ?? '');
  }

  async note(notes: readonly RowNote[]): Promise<void> {
    if (notes.length === 0) return;
    const rows = notes.map((note) => ({ sku: null, ...note, position: this.position++ }));
    await this.pool.query(
      `INSERT INTO import_row_result (job_id, position, "row", outcome, sku, field, value, reason, remedy)
       SELECT $1, n.position, n."row", n.outcome, n.sku, n.field, n.value, n.reason, n.remedy
       FROM jsonb_to_recordset($2::jsonb) AS n (position integer, "row" integer, outcome text, sku text, field text, value text, reason text, remedy text)`,
      [this.jobId, JSON.stringify(rows).replaceAll('\\u0000', '\ufffd')],
    );
  }

  async finish(state: 'done' | 'failed' | 'held', counts: ImportCounts): Promise<void> {
    await this.pool.query('UPDATE catalog_job SET state = $2, counts = $3, finished_at = now() WHERE id = $1', [this.jobId, state, JSON.stringify(counts)]);
  }
}

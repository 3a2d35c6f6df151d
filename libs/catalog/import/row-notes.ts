import type { PoolClient } from 'pg';
import type { ValidationIssue } from '../faults/validation-issue.js';

/** `warning`: the row was taken, but not this value. */
export type NoteOutcome = 'failed' | 'skipped' | 'warning';

export interface RowNote {
  /** Counts the rows of the source from 1; 0 speaks of the file as a whole. */
  readonly row: number;
  readonly place: string;
  readonly sku?: string;
  readonly outcome: NoteOutcome;
  readonly issue: Pick<ValidationIssue, 'field' | 'value' | 'code' | 'params'>;
}

/** Adds notes to the report of a job, in the caller's transaction; `from` is the number of notes it has. */
export async function writeNotes(client: PoolClient, jobId: string, from: number, notes: readonly RowNote[]): Promise<void> {
  if (notes.length === 0) return;
  const rows = notes.map(({ row, place, sku, outcome, issue: { field, value, code, params } }, i) => ({
    position: from + i,
    row,
    place,
    sku,
    outcome,
    field,
    value,
    code,
    params,
  }));
  await client.query({
    name: 'catalog-import-notes',
    text: `INSERT INTO import_row_result (job_id, position, "row", place, outcome, sku, field, value, code, params)
           SELECT $1, n.position, n."row", n.place, n.outcome, n.sku, n.field, n.value, n.code, n.params
           FROM json_to_recordset($2::json) AS n (position integer, "row" integer, place text, outcome text, sku text, field text, value text, code text, params jsonb)`,
    values: [jobId, storable(rows)],
  });
}

/** JSON that PostgreSQL takes: NUL characters and halves of surrogate pairs become replacement characters. */
export function storable(value: unknown): string {
  return JSON.stringify(value)
    .replace(/(?<!\\)((?:\\\\)*)\\u0000/g, '$1\ufffd')
    .replace(/(?<!\\)((?:\\\\)*)\\u[dD][89a-fA-F][0-9a-fA-F]{2}/g, '$1\ufffd');
}

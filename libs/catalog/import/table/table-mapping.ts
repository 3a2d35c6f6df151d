import type { Pool } from 'pg';
import { meaningOf } from './column-meaning.js';
import { headerSignature } from './table-source.js';

/** What a person said the columns of such a table mean the last time; undefined when nobody ever did. */
export async function rememberedColumns(pool: Pool, header: readonly string[]): Promise<readonly string[] | undefined> {
  const { rows } = await pool.query<{ columns: string[] }>('SELECT columns FROM import_mapping WHERE signature = $1', [headerSignature(header)]);
  const columns = rows[0]?.columns;
  return columns?.length === header.length ? columns : undefined;
}

/** Keeps the meanings for the next table with these columns; the same again writes nothing. */
export async function rememberColumns(pool: Pool, header: readonly string[], columns: readonly string[], author: string): Promise<void> {
  await pool.query(
    `INSERT INTO import_mapping AS m (signature, columns, author) VALUES ($1, $2, $3)
     ON CONFLICT (signature) DO UPDATE SET columns = excluded.columns, author = excluded.author, updated_at = now() WHERE m.columns <> excluded.columns`,
    [headerSignature(header), columns, author],
  );
}

/** The first of these that is no meaning of a column; undefined when all are. */
export function unknownMeaning(columns: readonly string[]): string | undefined {
  return columns.find((column) => meaningOf(column) === undefined);
}

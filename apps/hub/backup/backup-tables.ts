import type { PoolClient } from 'pg';

/** A table as it is saved and brought back. */
export interface BackupTable {
  readonly name: string;
  readonly columns: readonly string[];
}

/**
 * Left out: what ends with the process or the day (sessions, attempts, remembered writes, sweeps under way), and the list of
 * migrations, which is written down by name.
 */
const LEFT_OUT = ['app_session', 'login_attempt', 'idempotency_key', 'sweep_run', 'sweep_seen', 'sweep_hint', 'sweep_spend', 'schema_migration'];

/** Every table of ours, referenced ones first, with the columns that are not computed. */
export async function backupTables(client: PoolClient): Promise<BackupTable[]> {
  const { rows } = await client.query<{ name: string; columns: string[] }>(
    `SELECT c.relname AS name, array_agg(a.attname::text ORDER BY a.attnum) AS columns
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
     WHERE n.nspname = 'public' AND c.relkind = 'r' AND c.relname <> ALL ($1::text[]) AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
     GROUP BY c.relname ORDER BY c.relname`,
    [LEFT_OUT],
  );
  const links = await client.query<{ child: string; parent: string }>(
    `SELECT conrelid::regclass::text AS child, confrelid::regclass::text AS parent FROM pg_constraint WHERE contype = 'f' AND conrelid <> confrelid`,
  );
  const parents = new Map<string, string[]>();
  for (const { child, parent } of links.rows) parents.set(child, [...(parents.get(child) ?? []), parent]);
  const byName = new Map(rows.map((row) => [row.name, row]));
  const ordered = new Map<string, BackupTable>();
  const visit = (name: string, above: ReadonlySet<string>): void => {
    const table = byName.get(name);
    if (table === undefined || ordered.has(name) || above.has(name)) return;
    for (const parent of parents.get(name) ?? []) visit(parent, new Set([...above, name]));
    ordered.set(name, table);
  };
  for (const { name } of rows) visit(name, new Set());
  return [...ordered.values()];
}

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export function columnList(table: BackupTable): string {
  return table.columns.map(quoted).join(', ');
}

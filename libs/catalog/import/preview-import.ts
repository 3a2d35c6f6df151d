import type { Pool } from 'pg';
import type { ValidationIssue } from '../faults/validation-issue.js';
import { openCsv } from '../formats/csv/csv-format.js';
import type { SourceFile } from '../formats/source.js';
import { formatOf, sourceFile } from '../formats/source-formats.js';
import { UnreadableFile } from '../formats/unreadable-file.js';
import { openXlsx } from '../formats/xlsx/xlsx-format.js';
import { rememberedColumns } from './table/table-mapping.js';
import { type OpenTable, type TableColumn, tableColumns } from './table/table-source.js';

/** What a file looks like before it is imported. */
export interface ImportPreview {
  readonly format: string;
  /** Only for tables: what each column is taken for. */
  readonly columns?: readonly TableColumn[];
  /** The meanings come from the last import of a table with these columns. */
  readonly remembered: boolean;
  readonly rows: readonly (readonly string[])[];
  readonly notes: readonly ValidationIssue[];
}

const SHOWN_ROWS = 10;
const SHOWN_CHARACTERS = 200;

/** The table in a file; undefined for formats that say themselves what their fields mean. @throws UnreadableFile */
export async function openTable(file: SourceFile, format: string, sheet?: string): Promise<OpenTable | undefined> {
  if (format === 'csv') return openCsv(file);
  return format === 'xlsx' ? openXlsx(file, sheet) : undefined;
}

/** Looks at the beginning of a file. @throws UnreadableFile */
export async function previewImport(
  pool: Pool,
  path: string,
  name: string,
  { format: asked, sheet }: { readonly format?: string | undefined; readonly sheet?: string | undefined } = {},
): Promise<ImportPreview> {
  const file = await sourceFile(path, name);
  const format = formatOf(file, asked).id;
  const table = await openTable(file, format, sheet);
  if (!table) return { format, remembered: false, rows: [], notes: [] };
  const remembered = await rememberedColumns(pool, table.header);
  const rows: string[][] = [];
  const stop = new AbortController();
  const notes = [...table.notes];
  try {
    for await (const { cells } of table.records(stop.signal)) {
      rows.push(cells.map((cell) => cell.slice(0, SHOWN_CHARACTERS)));
      if (rows.length >= SHOWN_ROWS) break;
    }
  } catch (error) {
    // Rows before the one that cannot be read are imported: the report names it, as it does further down in a longer file.
    if (!(error instanceof UnreadableFile) || rows.length === 0) throw error;
    notes.push(error.issue);
  }
  return { format, columns: tableColumns(table.header, remembered), remembered: remembered !== undefined, rows, notes };
}

import { stringify } from 'csv-stringify/sync';
import type { Cell } from './product-table.js';

/** Rows as CSV in UTF-8 with a byte order mark, which spreadsheets need to read Cyrillic. Everything is quoted, so nothing can be misread. */
export async function* writeCsv(header: readonly string[], pages: AsyncIterable<readonly (readonly Cell[])[]>): AsyncGenerator<string> {
  yield `\ufeff${lines([header])}`;
  for await (const rows of pages) if (rows.length > 0) yield lines(rows);
}

function lines(rows: readonly (readonly Cell[])[]): string {
  return stringify(rows as Cell[][], { quoted: true, quoted_empty: false, record_delimiter: '\r\n' });
}

import { once } from 'node:events';
import { PassThrough, type Readable } from 'node:stream';
import type ExcelJS from 'exceljs';
import type { Cell } from './product-table.js';

export interface Sheet {
  readonly name: string;
  /** Asked when the sheet begins. */
  readonly header: () => Promise<readonly string[]>;
  readonly pages: AsyncIterable<readonly (readonly Cell[])[]>;
  /** Left out when it would be empty. */
  readonly onlyWithRows?: boolean;
}

/** Bytes that may wait for a slow reader before the next page is made. */
const WAITING = 4 * 1024 * 1024;

/** Sheets as a workbook that streams while it is made; the cells hold texts and numbers, never formulas. */
export function writeXlsx(sheets: readonly Sheet[]): Readable {
  const out = new PassThrough({ highWaterMark: WAITING });
  void make(sheets, out).catch((error: unknown) => out.destroy(error instanceof Error ? error : new Error(String(error))));
  return out;
}

async function make(sheets: readonly Sheet[], out: PassThrough): Promise<void> {
  // Half a second of loading that only a workbook needs: threads and starts without one do without it.
  const { default: excel } = await import('exceljs');
  const book = new excel.stream.xlsx.WorkbookWriter({ stream: out, useSharedStrings: false, useStyles: false });
  for (const { name, header, pages, onlyWithRows = false } of sheets) {
    let sheet = onlyWithRows ? undefined : await begin(book, name, header);
    for await (const rows of pages) {
      if (out.destroyed) return;
      sheet ??= await begin(book, name, header);
      for (const row of rows) sheet.addRow(row).commit();
      await drained(out);
    }
    sheet?.commit();
  }
  await book.commit();
}

async function begin(book: ExcelJS.stream.xlsx.WorkbookWriter, name: string, header: Sheet['header']): Promise<ExcelJS.Worksheet> {
  const cells = await header();
  const sheet = book.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 1 }] });
  sheet.addRow(cells).commit();
  return sheet;
}

/** The packer takes whatever it is given: the wait is ours. */
async function drained(out: PassThrough): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  if (out.writableNeedDrain && !out.destroyed) await Promise.race([once(out, 'drain'), once(out, 'close')]);
}

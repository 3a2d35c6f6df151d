import { PassThrough, type Readable, type Writable } from 'node:stream';
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
  const ended = new Promise((resolve) => out.once('close', resolve));
  for (const { name, header, pages, onlyWithRows = false } of sheets) {
    let sheet = onlyWithRows ? undefined : await begin(book, name, header);
    let packed: Promise<unknown> = Promise.resolve();
    for await (const rows of pages) {
      // One page is packed while the next is made, never more.
      await Promise.race([packed, ended]);
      if (out.destroyed) return;
      sheet ??= await begin(book, name, header);
      for (const row of rows) sheet.addRow(row).commit();
      packed = Promise.all([...packers(sheet).map(emptied), drained(out)]);
    }
    await Promise.race([packed, ended]);
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

/** The writer takes whatever it is given, and the packer behind it keeps what it has not packed yet: the waits are ours. */
async function drained(out: PassThrough): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  if (out.writableNeedDrain) await new Promise((resolve) => out.once('drain', resolve));
}

/** Once all that was written before went on; streams of the packer's age tell it in no other way. */
function emptied(stream: Writable): Promise<void> {
  return new Promise((resolve) => stream.write(Buffer.alloc(0), () => resolve()));
}

/** Where the writer hands a sheet on to; it does not say so in its types. */
function packers(sheet: ExcelJS.Worksheet): readonly Writable[] {
  return (sheet as { readonly stream?: { readonly pipes?: readonly Writable[] } }).stream?.pipes ?? [];
}

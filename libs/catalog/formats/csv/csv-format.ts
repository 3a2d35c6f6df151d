import { stat } from 'node:fs/promises';
import iconv from 'iconv-lite';
import { issueOf } from '../../faults/validation-issue.js';
import { type OpenTable, type TableRecord, tableSource } from '../../import/table/table-source.js';
import type { SourceFile, SourceFormat } from '../source.js';
import { UnreadableFile } from '../unreadable-file.js';
import { type CsvForm, endsWithLine, readCsv } from './read-csv.js';
import { detectDelimiter, detectEncoding } from './text-encoding.js';

/** More than any template has; a file of commas would otherwise fill the memory with columns. */
export const MOST_COLUMNS = 2_000;

export const csvFormat: SourceFormat = {
  id: 'csv',
  recognises: ({ name, folder }) => !folder && /\.(csv|tsv|txt|tab)$/i.test(name),
  open: async (file, options) => tableSource(await openCsv(file), options),
};

/** Finds out encoding and separator and reads the header. @throws UnreadableFile */
export async function openCsv({ path, head }: Pick<SourceFile, 'path' | 'head'>): Promise<OpenTable> {
  const { size } = await stat(path);
  const encoding = await detectEncoding(path, head);
  const form: CsvForm = { encoding, delimiter: detectDelimiter(iconv.decode(head, encoding)) };
  const { header, headerRow } = await readHeader(path, form);
  const whole = await endsWithLine(path, size, encoding);
  return {
    format: 'csv',
    header,
    headerRow,
    totalBytes: size,
    notes: [],
    async *records(signal) {
      let row = 0;
      let allFull = true;
      let held: TableRecord | undefined;
      try {
        for await (const record of readCsv(path, form, signal)) {
          if (++row <= headerRow) continue;
          const before: TableRecord | undefined = held;
          held = record;
          if (before) {
            allFull &&= before.cells.length >= header.length;
            yield before;
          }
        }
      } catch (error) {
        // The record before the one that broke is whole.
        if (held && error instanceof UnreadableFile) yield held;
        throw error;
      }
      if (!held) return;
      // Every row was full but the very last, which ends without a line end: the file was not written to its end.
      const cut = !whole && allFull && row > headerRow + 1 && held.cells.length < header.length;
      yield cut ? { ...held, fault: issueOf('row', `${held.cells.length}`, 'table-cut-off', { columns: header.length }) } : held;
    },
  };
}

async function readHeader(path: string, form: CsvForm): Promise<{ header: readonly string[]; headerRow: number }> {
  let row = 0;
  for await (const { cells } of readCsv(path, form)) {
    row++;
    if (cells.length > MOST_COLUMNS) throw new UnreadableFile('table-too-many-columns', { columns: cells.length, max: MOST_COLUMNS }, String(row));
    if (cells.some((cell) => cell.trim() !== '')) return { header: cells, headerRow: row };
  }
  throw new UnreadableFile('table-empty');
}

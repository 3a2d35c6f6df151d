import { issueOf } from '../../faults/validation-issue.js';
import { type OpenTable, tableSource } from '../../import/table/table-source.js';
import type { SourceFile, SourceFormat } from '../source.js';
import { UnreadableFile } from '../unreadable-file.js';
import { readSheet, type SheetRow } from './read-sheet.js';
import { SharedStrings } from './shared-strings.js';
import { UNHELD_SHEETS } from './unheld-sheet.js';
import { Workbook } from './workbook.js';

/** Old .xls files, and .xlsx files with a password, are of another kind altogether. */
const COMPOUND_FILE = Buffer.from([0xd0, 0xcf, 0x11, 0xe0]);

export const xlsxFormat: SourceFormat = {
  id: 'xlsx',
  recognises: ({ name, head, folder }) => !folder && (/\.(xlsx|xlsm|xls)$/i.test(name) || head.subarray(0, 4).equals(COMPOUND_FILE)),
  open: async (file, options) => tableSource(await openXlsx(file, options.choices?.['sheet']), options),
};

/** Opens a sheet, the first visible one if none is named, and reads its header. @throws UnreadableFile */
export async function openXlsx({ path, head }: Pick<SourceFile, 'path' | 'head'>, sheetName?: string): Promise<OpenTable> {
  if (head.subarray(0, 4).equals(COMPOUND_FILE)) throw new UnreadableFile('xlsx-protected');
  const book = await Workbook.open(path);
  try {
    const sheet = sheetName === undefined ? book.sheets[0] : book.sheets.find(({ name }) => name === sheetName);
    if (!sheet) throw new UnreadableFile('xlsx-no-such-sheet', { sheet: sheetName ?? '', known: book.sheets.map(({ name }) => name).join(', ') });
    let first: SheetRow | undefined;
    for await (const row of rowsOf(path, sheet.part)) {
      first = row;
      break;
    }
    if (!first) throw new UnreadableFile('table-empty');
    const header = first;
    const names = book.sheets.map(({ name }) => name).filter((name) => name !== sheet.name);
    const unheld = names.filter((name) => Object.values(UNHELD_SHEETS).includes(name));
    const others = names.filter((name) => !unheld.includes(name));
    return {
      format: 'xlsx',
      header: header.cells,
      headerRow: header.row,
      totalBytes: book.size(sheet.part),
      notes: [
        ...(others.length === 0 ? [] : [issueOf('file', sheet.name, 'xlsx-other-sheets', { sheet: sheet.name, others: others.join(', ').slice(0, 200) })]),
        ...unheld.map((name) => issueOf('file', name, 'xlsx-not-held', { sheet: name })),
      ],
      async *records(signal) {
        for await (const row of rowsOf(path, sheet.part)) {
          signal.throwIfAborted();
          if (row.row > header.row) yield row;
        }
      },
    };
  } finally {
    book.close();
  }
}

/** Every reading opens the file anew: the table can be read any number of times. */
async function* rowsOf(path: string, part: string): AsyncGenerator<SheetRow> {
  const book = await Workbook.open(path);
  try {
    const strings = await SharedStrings.read(book);
    try {
      yield* readSheet(book, part, strings);
    } finally {
      await strings.close();
    }
  } finally {
    book.close();
  }
}

import { csvFormat, openCsv } from '../csv/csv-format.js';
import { detectDelimiter } from '../csv/text-encoding.js';
import { feedRow } from '../feed-row.js';
import { countRecords, type OpenTable } from '../../import/table/table-source.js';
import { ScratchTables } from '../scratch-tables.js';
import type { ImportSource, SourceFile, SourceFormat, SourceOptions, SourceRow } from '../source.js';
import { UnreadableFile } from '../unreadable-file.js';
import { type WooColumns, wooColumns } from './woo-columns.js';
import { reader, referencesOf, wooRow } from './woo-row.js';

/** The product table that WooCommerce exports. */
export const wooFormat: SourceFormat = {
  id: 'woocommerce',
  recognises: (file) => csvFormat.recognises(file) && wooColumns(firstLine(file)) !== undefined,
  open: async (file, options) => {
    const table = await openCsv(file);
    const columns = wooColumns(table.header);
    if (!columns) throw new UnreadableFile('woo-header', {}, undefined, await countRecords(table));
    return new WooSource(table, columns, options);
  },
};

function firstLine({ head }: SourceFile): string[] {
  const line = head.toString('utf8').split(/\r?\n/, 1)[0] ?? '';
  return line.split(detectDelimiter(line)).map((cell) => cell.replaceAll('"', ''));
}

class WooSource implements ImportSource {
  readonly format = wooFormat.id;
  readonly signature: string;
  readonly totalBytes: number;
  readonly notes: ImportSource['notes'];

  constructor(
    private readonly table: OpenTable,
    private readonly columns: WooColumns,
    private readonly options: SourceOptions,
  ) {
    this.signature = JSON.stringify([table.header, options.currency]);
    this.totalBytes = table.totalBytes * 2;
    this.notes = table.notes;
  }

  /** Reads twice: variations stand anywhere in the file and take from their parents. */
  async *rows(after: number, signal: AbortSignal): AsyncGenerator<SourceRow> {
    const scratch = await ScratchTables.open();
    try {
      const parents = scratch.table<readonly string[]>('parents');
      const wanted = scratch.table<true>('wanted');
      for await (const { cells } of this.table.records(signal)) {
        const of = reader(this.columns, cells);
        if (/\bvariable\b/i.test(of('type'))) for (const reference of referencesOf(this.columns, cells)) parents.putSync(reference.slice(0, 200), cells);
        if (of('parent') !== '') wanted.putSync(of('parent').slice(0, 200), true);
      }
      const context = {
        columns: this.columns,
        currency: this.options.currency,
        now: Date.now(),
        parent: (reference: string) => parents.get(reference.slice(0, 200)),
        hasVariations: (cells: readonly string[]) => referencesOf(this.columns, cells).some((reference) => wanted.get(reference.slice(0, 200)) === true),
      };
      let position = 0;
      for await (const record of this.table.records(signal)) {
        if (++position <= after) continue;
        const row = feedRow(wooRow(record.cells, String(this.table.headerRow + position), context), position, this.table.totalBytes + record.bytes);
        yield record.fault ? { ...row, faults: [record.fault] } : row;
      }
    } finally {
      await scratch.close();
    }
  }
}

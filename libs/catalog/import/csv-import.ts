import { basename } from 'node:path';
import type { Pool } from 'pg';
import { completeDocument, patchDocument } from '../document/patch-document.js';
import type { ProductInput } from '../document/product-document.js';
import type { ProductService } from '../product.service.js';
import type { UpsertOutcome } from '../write/bulk-upsert.js';
import { outcomeIssues } from '../write/outcome-issues.js';
import { columnMeaning, type ColumnMeaning } from './column-meaning.js';
import { ImportJournal, type ImportCounts, type RowNote } from './import-journal.js';
import { readCsv, UnreadableCsv } from './read-csv.js';
import { rowToPatch, type MappedRow } from './row-to-patch.js';
import { type HeldImport, heldImport, type ImportForecast, lastImport } from './shrunken-file.js';

export type { RowNote } from './import-journal.js';

export interface CsvImportOptions {
  readonly author: string;
  /** Everything is checked and counted, nothing is written. */
  readonly dryRun?: boolean;
  /** A person has seen that the file shrank or empties many goods, and means it. */
  readonly accept?: boolean;
  /** Of the prices in the file; default RUB. */
  readonly currency?: string;
}

/** created + updated + unchanged + failed + skipped = rows. */
export interface ImportResult extends ImportCounts {
  /** Why rows failed, were passed over, or were taken only in part; at most 10,000 notes, the rest is in the journal. */
  readonly report: readonly RowNote[];
  /** Set when the import waits for a person; then nothing was written and every row counts as skipped. */
  readonly held?: HeldImport;
  /** The entry in the import journal; absent for a dry run. */
  readonly jobId?: string;
}

interface PendingRow extends MappedRow {
  readonly row: number;
}

const PER_BATCH = 500;
const MAX_NOTES = 10_000;

/**
 * Reads a CSV file of any size into the catalog, batch by batch, each batch in its own transaction. Products are found by sku;
 * columns that are absent and cells that are empty leave a product as it is. The same file twice writes nothing.
 */
export class CsvImport {
  constructor(
    private readonly pool: Pool,
    private readonly products: ProductService,
  ) {}

  async run(file: string, options: CsvImportOptions): Promise<ImportResult> {
    const held = options.accept ? undefined : await this.examine(file, options);
    if (held) return this.hold(file, options, held);
    const run = new ImportRun(this.products, basename(file), options, options.dryRun ? undefined : await ImportJournal.start(this.pool, basename(file), options.author));
    try {
      for await (const record of readCsv(file)) await run.take(record);
    } catch (error) {
      if (!(error instanceof UnreadableCsv)) {
        await run.finish('failed');
        throw error;
      }
      run.broken(error.message);
    }
    return run.finish('done');
  }

  /** Reads the file once without writing: what it would empty or archive, and how many rows it has. */
  private async examine(file: string, options: CsvImportOptions): Promise<HeldImport | undefined> {
    const { previousRows, products } = await lastImport(this.pool, basename(file));
    if (products === 0) return undefined;
    const run = new ImportRun(this.products, basename(file), { ...options, dryRun: true }, undefined);
    try {
      for await (const record of readCsv(file)) await run.take(record);
    } catch (error) {
      if (!(error instanceof UnreadableCsv)) throw error;
    }
    return heldImport(await run.forecast(), previousRows, products);
  }

  private async hold(file: string, options: CsvImportOptions, held: HeldImport): Promise<ImportResult> {
    const counts = { rows: held.rows, created: 0, updated: 0, unchanged: 0, failed: 0, skipped: held.rows };
    if (options.dryRun) return { ...counts, report: [], held };
    const journal = await ImportJournal.start(this.pool, basename(file), options.author);
    const reason =
      held.reason === 'shrunken'
        ? `the file has ${held.rows} rows, last time it had ${held.previousRows}`
        : `the file empties ${held.emptied} and archives ${held.archived} products`;
    const note: RowNote = { row: 1, outcome: 'skipped', field: 'file', value: basename(file), reason, remedy: held.remedy };
    await journal.note([note]);
    await journal.finish('held', counts);
    return { ...counts, report: [note], held, jobId: journal.jobId };
  }
}

class ImportRun {
  private emptied = 0;
  private archived = 0;
  private readonly counts = { rows: 0, created: 0, updated: 0, unchanged: 0, failed: 0, skipped: 0 };
  private readonly report: RowNote[] = [];
  private unsaved: RowNote[] = [];
  private columns: readonly ColumnMeaning[] | undefined;
  private pending: PendingRow[] = [];
  private readonly rowOfSku = new Map<string, number>();

  constructor(
    private readonly products: ProductService,
    private readonly fileName: string,
    private readonly options: CsvImportOptions,
    private readonly journal: ImportJournal | undefined,
  ) {}

  async take(record: readonly string[]): Promise<void> {
    if (!this.columns) {
      this.columns = this.readHeader(record);
      return;
    }
    const row = ++this.counts.rows + 1;
    if (record.every((cell) => cell.trim() === '')) return this.refuse('skipped', row, undefined, 'row', '', 'the row is empty', 'remove it');
    if (record.length > this.columns.length) {
      return this.refuse('failed', row, undefined, 'row', `${record.length} cells`, `there are only ${this.columns.length} columns`, 'check the quotes and separators of this row');
    }
    const mapped = rowToPatch(this.columns, record, this.options.currency ?? 'RUB');
    if (mapped.sku === '') return this.refuse('failed', row, undefined, 'sku', '', 'the row has no SKU', 'give the article of the product');
    const first = this.rowOfSku.get(mapped.sku);
    if (first !== undefined) return this.refuse('skipped', row, mapped.sku, 'sku', mapped.sku, `the product stands in row ${first} already`, 'keep one row a product');
    this.rowOfSku.set(mapped.sku, row);
    this.pending.push({ ...mapped, row });
    if (this.pending.length >= PER_BATCH) await this.flush();
  }

  broken(reason: string): void {
    this.refuse('failed', ++this.counts.rows + 1, undefined, 'file', '', `the file cannot be read from here on: ${reason}`, 'check the quotes in this row and import again');
  }

  async forecast(): Promise<ImportForecast> {
    await this.flush();
    return { rows: this.counts.rows, emptied: this.emptied, archived: this.archived };
  }

  async finish(state: 'done' | 'failed'): Promise<ImportResult> {
    if (state === 'done') await this.flush();
    await this.journal?.finish(state, this.counts);
    return { ...this.counts, report: this.report, jobId: this.journal?.jobId };
  }

  private readHeader(record: readonly string[]): ColumnMeaning[] {
    const columns = record.map(columnMeaning);
    columns.forEach((column, i) => {
      if (column.kind === 'ignored') this.note({ row: 1, outcome: 'warning', field: record[i] ?? '', value: record[i] ?? '', reason: column.reason, remedy: column.remedy });
    });
    return columns;
  }

  private async flush(): Promise<void> {
    const rows = this.pending;
    this.pending = [];
    const known = new Map((await this.products.read.getBySku(rows.map((r) => r.sku))).map((p) => [p.sku, p]));
    const items = rows.map(({ sku, patch }) => {
      const current = known.get(sku);
      const base = current?.document ?? completeDocument({ sku, title: '' });
      const document = patchDocument(base, patch) as ProductInput;
      if (current && pieces(current.document) > 0 && pieces(document) === 0) this.emptied++;
      if (current && !current.document.archived && document.archived) this.archived++;
      return { document, basedOn: current?.revision ?? 0 };
    });
    const outcomes = await this.products.upsertMany(items, {
      author: this.options.author,
      cause: { kind: 'import', file: this.fileName, ...(this.journal && { job: this.journal.jobId }) },
      dryRun: this.options.dryRun,
    });
    rows.forEach((row, i) => this.settle(row, outcomes[i]));
    await this.journal?.note(this.unsaved);
    this.unsaved = [];
  }

  private settle({ row, sku, warnings }: PendingRow, outcome: UpsertOutcome | undefined): void {
    for (const issue of outcome ? outcomeIssues(outcome) : []) this.note({ row, sku, outcome: 'failed', ...issue });
    for (const warning of warnings) this.note({ row, sku, outcome: 'warning', ...warning });
    if (outcome?.kind === 'created' || outcome?.kind === 'updated' || outcome?.kind === 'unchanged') this.counts[outcome.kind]++;
    else this.counts.failed++;
  }

  private refuse(outcome: 'failed' | 'skipped', row: number, sku: string | undefined, field: string, value: string, reason: string, remedy: string): void {
    this.counts[outcome]++;
    this.note({ row, sku, outcome, field, value, reason, remedy });
  }

  private note(note: RowNote): void {
    if (this.report.length < MAX_NOTES) this.report.push(note);
    this.unsaved.push(note);
  }
}

function pieces(document: Pick<ProductInput, 'stock'>): number {
  return Object.values(document.stock ?? {}).reduce((sum, n) => sum + n, 0);
}

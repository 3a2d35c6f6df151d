import { Readable } from 'node:stream';
import type { ProductDocument } from '../document/product-document.js';
import type { Language } from '../faults/fault-texts.js';
import { UNHELD_SHEETS } from '../formats/xlsx/unheld-sheet.js';
import type { StoredProduct } from '../read/product-reader.js';
import type { ProductFilter } from '../search/product-filter.js';
import type { ExportFormat } from './export-format.js';
import { exportJsonLines } from './export-jsonl.js';
import { type PageReader, productPages } from './product-pages.js';
import { CSV_CELLS, XLSX_CELLS } from './table/cell-form.js';
import { type Cell, ProductTable, type Unheld } from './table/product-table.js';
import { TableFactsCount } from './table/table-facts.js';
import { unheldHeader, unheldRow } from './table/unheld-rows.js';
import { writeCsv } from './table/write-csv.js';
import { writeXlsx } from './table/write-xlsx.js';
import { exportYml, type ShopFacts } from './yml/export-yml.js';

export interface ExportOptions {
  readonly format: ExportFormat;
  readonly filter?: ProductFilter;
  /** Of headers. */
  readonly language?: Language;
  /** Of plain price columns; default RUB. */
  readonly currency?: string;
  /** Where a picture can be seen. */
  readonly pictureUrl?: (digest: string) => string;
  /** For YML. */
  readonly shop?: ShopFacts;
  /** For YML: when the feed was made. */
  readonly date?: Date;
}

const NO_SHOP: ShopFacts = { name: 'Etalon', company: 'Etalon', url: 'http://localhost/' };
const GOODS_SHEET: Readonly<Record<Language, string>> = { ru: 'Товары', en: 'Goods', zh: '商品' };

/** The products of a filter as a file that streams. Imported again it changes nothing: tables and JSON lines hold all, YML what a feed can say. */
export function exportProducts(reader: PageReader, options: ExportOptions): Readable {
  if (options.format === 'xlsx') return exportXlsx(reader, options);
  return Readable.from(textOf(reader, options), { objectMode: false });
}

async function* textOf(reader: PageReader, options: ExportOptions): AsyncGenerator<string> {
  const { format, filter = {}, language = 'ru' } = options;
  if (format === 'jsonl') return yield* exportJsonLines(productPages(reader, filter));
  if (format === 'yml') return yield* ymlOf(reader, filter, options);
  const facts = new TableFactsCount();
  for await (const { document } of documents(reader, filter)) facts.add(document);
  const table = new ProductTable(facts.facts(), CSV_CELLS, { ...options, language, currency: options.currency ?? 'RUB' });
  yield* writeCsv(table.header, rowPages(productPages(reader, filter), table));
}

async function* ymlOf(reader: PageReader, filter: ProductFilter, { pictureUrl, shop = NO_SHOP, date = new Date() }: ExportOptions): AsyncGenerator<string> {
  const [categories, currencies] = [new Set<string>(), new Set<string>()];
  for await (const { document } of documents(reader, filter)) {
    if (document.category !== '') categories.add(document.category);
    if (document.price) currencies.add(document.price.currency);
  }
  yield* exportYml(productPages(reader, filter), { categories: [...categories], currencies: [...currencies].sort() }, shop, { date, ...(pictureUrl && { pictureUrl }) });
}

function exportXlsx(reader: PageReader, options: ExportOptions): Readable {
  const { filter = {}, language = 'ru' } = options;
  const unheld: Unheld[] = [];
  let table: ProductTable | undefined;
  const header = async (): Promise<readonly string[]> => {
    const facts = new TableFactsCount();
    for await (const { document } of documents(reader, filter)) facts.add(document);
    table = new ProductTable(facts.facts(), XLSX_CELLS, { ...options, language, currency: options.currency ?? 'RUB' });
    return table.header;
  };
  const rows = async function* (): AsyncGenerator<Cell[][]> {
    if (table) yield* rowPages(productPages(reader, filter), table, (value) => unheld.length < MOST_UNHELD && unheld.push(value));
  };
  const left = async function* (): AsyncGenerator<Cell[][]> {
    if (unheld.length > 0) yield unheld.map((value) => unheldRow(value, language));
    await Promise.resolve();
  };
  return writeXlsx([
    { name: GOODS_SHEET[language], header, pages: rows() },
    { name: UNHELD_SHEETS[language], header: () => Promise.resolve(unheldHeader(language)), pages: left(), onlyWithRows: true },
  ]);
}

const MOST_UNHELD = 100_000;

async function* rowPages(pages: AsyncIterable<readonly StoredProduct[]>, table: ProductTable, unheld: (value: Unheld) => void = () => undefined): AsyncGenerator<Cell[][]> {
  for await (const page of pages) yield page.flatMap(({ document }) => [table.row(document, unheld) ?? []].filter((row) => row.length > 0));
}

async function* documents(reader: PageReader, filter: ProductFilter): AsyncGenerator<{ readonly document: ProductDocument }> {
  for await (const page of productPages(reader, filter)) yield* page;
}

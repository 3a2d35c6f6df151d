import { formatMoney, type Money, parseMoney } from '#kernel';
import type { AttributeValue, ProductDocument } from '../../document/product-document.js';
import { sameValue } from '../../document/canonical-document.js';
import type { Language } from '../../faults/fault-texts.js';
import { guardCell } from '../../formats/formula-guard.js';
import { readBarcodes, readCategory, readNumber, readVat } from '../../import/table/cell-reading.js';
import { type ColumnMeaning, meaningText } from '../../import/table/column-meaning.js';
import { headerMeaning } from '../../import/table/header-meaning.js';
import { type CellForm, jsonCell } from './cell-form.js';
import { HEADERS, JSON_FIELDS, jsonHeader, type JsonField, PLAIN_COLUMNS, type PlainColumn } from './headers.js';
import { type AttributeColumn, attributeColumnOf, type TableFacts } from './table-facts.js';

export type Cell = string | number | undefined;

export interface TableOptions {
  readonly language: Language;
  /** Of the plain price columns; other prices stand as JSON. */
  readonly currency: string;
  /** Where a picture can be seen; the digest stands alone without it. */
  readonly pictureUrl?: (digest: string) => string;
}

/** A value that no cell of this kind of file can hold; the row leaves it as it is. */
export interface Unheld {
  readonly sku: string;
  readonly field: 'sku' | JsonField;
}

/**
 * Products as rows of a table that the import reads back without a difference: a value stands in the plain cell where that gives
 * it back exactly, else as JSON.
 */
export class ProductTable {
  readonly header: readonly string[];
  private readonly warehouses: readonly string[];
  private readonly systems: readonly string[];
  private readonly attributes: readonly AttributeColumn[];

  constructor(
    facts: TableFacts,
    private readonly form: CellForm,
    private readonly options: TableOptions,
  ) {
    const names = HEADERS[options.language];
    // A name that the import would take for something else has no column; its value stands as JSON.
    const understood = <T>(list: readonly T[], header: (item: T) => string, meaning: (item: T) => ColumnMeaning): T[] =>
      list.filter((item) => form.holds(header(item)) && guardCell(header(item)) === header(item) && sameValue(headerMeaning(header(item)).meaning, meaning(item)));
    this.warehouses = understood(
      facts.warehouses,
      (name) => `${names.stock}: ${name}`,
      (warehouse) => ({ kind: 'stock', warehouse }),
    );
    this.systems = understood(
      facts.systems,
      (name) => `id: ${name}`,
      (system) => ({ kind: 'externalId', system }),
    );
    this.attributes = distinct(understood(facts.attributes, attributeHeader, (column) => ({ kind: 'attribute', ...column })));
    this.header = [
      ...PLAIN_COLUMNS.map((column) => names[column]),
      ...this.warehouses.map((name) => `${names.stock}: ${name}`),
      ...this.systems.map((name) => `id: ${name}`),
      ...this.attributes.map(attributeHeader),
      ...JSON_FIELDS.map(jsonHeader),
    ];
  }

  /** Undefined for a product whose very SKU no cell can hold. */
  row(document: ProductDocument, unheld: (value: Unheld) => void): Cell[] | undefined {
    if (!this.form.holds(document.sku)) {
      unheld({ sku: document.sku, field: 'sku' });
      return undefined;
    }
    const rest: Partial<Record<JsonField, unknown>> = {};
    const cells = [
      ...PLAIN_COLUMNS.map((column) => this.plain(column, document, rest)),
      ...this.keyed('stock', this.warehouses, document.stock, rest),
      ...this.keyed('externalIds', this.systems, document.externalIds, rest),
      ...this.attributeCells(document.attributes, rest),
    ];
    for (const field of ['model', 'components', 'translations', 'overrides'] as const) if (document[field] !== undefined) rest[field] = document[field];
    const json = JSON_FIELDS.map((field) => {
      const value = rest[field];
      const text = value === undefined ? undefined : jsonCell(value);
      if (text === undefined || text.length <= this.form.longest) return text;
      unheld({ sku: document.sku, field });
      return undefined;
    });
    return [...cells, ...json];
  }

  private plain(column: PlainColumn, document: ProductDocument, rest: Partial<Record<JsonField, unknown>>): Cell {
    switch (column) {
      case 'sku':
        return guardCell(document.sku);
      case 'title':
      case 'description':
      case 'brand':
      case 'country':
        return this.text(
          document[column],
          (text) => text,
          () => (rest[column] = document[column]),
        );
      case 'category':
        return this.text(document.category, readCategory, () => (rest.category = document.category));
      case 'vat':
        return document.vat !== undefined && readVat(String(document.vat)) === document.vat ? document.vat : undefined;
      case 'barcodes':
        return document.barcodes.length > 0 && readBarcodes(document.barcodes.join(' '), () => undefined).length === document.barcodes.length
          ? document.barcodes.join(' ')
          : undefined;
      case 'price':
      case 'oldPrice':
      case 'minPrice':
        return this.money(document[column], () => (rest[column] = document[column]));
      case 'weight':
        return document.weight;
      case 'length':
      case 'width':
      case 'height':
        return document.dimensions?.[column];
      case 'archived':
        return document.archived ? '1' : '0';
      case 'pictures':
        return this.pictures(document, rest);
    }
  }

  private text(value: string | undefined, read: (text: string) => string, keep: () => void): Cell {
    if (value === undefined || value === '') return undefined;
    if (value.length <= this.form.longest && this.form.holds(value) && read(value) === value) return guardCell(value);
    keep();
    return undefined;
  }

  private money(value: Money | undefined, keep: () => void): Cell {
    if (value === undefined) return undefined;
    const text = formatMoney(value);
    if (value.currency === this.options.currency && parseMoney(text, value.currency)?.minor === value.minor) return text;
    keep();
    return undefined;
  }

  /** Roles stand only in JSON. */
  private pictures({ media }: ProductDocument, rest: Partial<Record<JsonField, unknown>>): Cell {
    if (media.length === 0) return undefined;
    const cell = media.map(({ digest }) => this.options.pictureUrl?.(digest) ?? digest).join(' ');
    if (media.every(({ role }) => role === undefined) && cell.length <= this.form.longest) return cell;
    rest.media = media;
    return undefined;
  }

  /** All of them in their columns, or all as JSON: the import takes a map from one place. */
  private keyed(
    field: 'stock' | 'externalIds',
    columns: readonly string[],
    values: Readonly<Record<string, string | number>> | undefined,
    rest: Partial<Record<JsonField, unknown>>,
  ): Cell[] {
    const entries = Object.entries(values ?? {});
    const held = entries.every(([name, value]) => columns.includes(name) && (typeof value === 'number' || this.form.holds(value)));
    const emptyButThere = field === 'externalIds' && values !== undefined && entries.length === 0;
    if (!held || emptyButThere) rest[field] = values;
    const shown = new Map(held ? entries : []);
    return columns.map((name): Cell => {
      const value = shown.get(name);
      return typeof value === 'string' ? guardCell(value) : value;
    });
  }

  private attributeCells(attributes: Readonly<Record<string, AttributeValue>>, rest: Partial<Record<JsonField, unknown>>): Cell[] {
    const left = new Map(Object.entries(attributes));
    const cells = this.attributes.map(({ name, unit }): Cell => {
      const value = left.get(name);
      if (value === undefined || attributeColumnOf(name, value)?.unit !== unit) return undefined;
      const cell = this.attributeCell(value);
      if (cell !== undefined) left.delete(name);
      return cell;
    });
    if (left.size > 0) rest.attributes = Object.fromEntries(left);
    return cells;
  }

  private attributeCell(value: AttributeValue): Cell {
    if (typeof value === 'string') return value.length <= this.form.longest && this.form.holds(value) ? guardCell(value) : undefined;
    if (typeof value !== 'object' || !('value' in value)) return undefined;
    const text = String(value.value);
    return Object.is(readNumber(text), value.value) ? text : undefined;
  }
}

function attributeHeader({ name, unit }: AttributeColumn): string {
  return unit === undefined ? name : `${name} [${unit}]`;
}

/** The import takes the first of two columns that mean the same. */
function distinct(columns: readonly AttributeColumn[]): AttributeColumn[] {
  const seen = new Set<string>();
  return columns.filter((column) => {
    const meaning = meaningText(headerMeaning(attributeHeader(column)).meaning);
    return !seen.has(meaning) && seen.add(meaning) !== undefined;
  });
}

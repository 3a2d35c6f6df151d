import { parseMoney } from '#kernel';
import type { AttributeValue, DocumentField, ProductPatch } from '../../document/product-document.js';
import { MAX_GRAMS, MAX_SIZE } from '../../document/value-checks.js';
import { issueOf, type ValidationIssue } from '../../faults/validation-issue.js';
import { unguardCell } from '../../formats/formula-guard.js';
import type { RowChange } from '../../formats/source.js';
import { readBarcodes, readCategory, readMeasure, readNumber, readPieces, readVat, readYesNo, type Warn } from './cell-reading.js';
import type { ColumnMeaning } from './column-meaning.js';

const LARGEST = { length: MAX_SIZE, width: MAX_SIZE, height: MAX_SIZE, weight: MAX_GRAMS } as const;
const RATES = '0, 5, 7, 10, 20, 22';

/** A cell as the person meant it: one kind of line end, no blanks around it. */
export function cellText(cell: string | undefined): string {
  if (cell === undefined || cell === '') return '';
  const text = cell.includes('\r') ? cell.replaceAll('\r\n', '\n') : cell;
  return unguardCell(text.trim());
}

/** A column that says something of the product, and its place in the table. */
export interface ReadColumn {
  readonly at: number;
  readonly meaning: ColumnMeaning;
}

/** The columns to read, in this order: attributes by their names, as the document will hold them, so that none has to be ordered row by row. */
export function columnsToRead(meanings: readonly ColumnMeaning[]): ReadColumn[] {
  const columns = meanings.map((meaning, at): ReadColumn => ({ meaning, at })).filter(({ meaning: { kind } }) => kind !== 'sku' && kind !== 'ignored');
  const attributes = columns.filter(({ meaning }) => meaning.kind === 'attribute').sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : nameOf(a) > nameOf(b) ? 1 : 0));
  return columns.map((column) => (column.meaning.kind === 'attribute' ? (attributes.shift() ?? column) : column));
}

function nameOf({ meaning }: ReadColumn): string {
  return meaning.kind === 'attribute' ? meaning.name : '';
}

/** Turns the cells of one row into a change of one product. An empty cell leaves the product as it is. */
export function rowToPatch(columns: readonly ReadColumn[], cells: readonly string[], currency: string): RowChange {
  return new RowReading(currency).read(columns, cells);
}

class RowReading {
  private readonly warnings: ValidationIssue[] = [];
  private readonly patch: Record<string, unknown> = {};
  private readonly sizes: Partial<Record<'length' | 'width' | 'height', number>> = {};
  private badSize = false;
  private pictures: readonly string[] | undefined;

  constructor(private readonly currency: string) {}

  read(columns: readonly ReadColumn[], cells: readonly string[]): RowChange {
    for (const { meaning, at } of columns) {
      const text = cellText(cells[at]);
      if (text !== '') this.take(meaning, text);
    }
    const { length, width, height } = this.sizes;
    if (length !== undefined && width !== undefined && height !== undefined) this.patch['dimensions'] = { length, width, height };
    else if (Object.keys(this.sizes).length > 0 && !this.badSize) this.warn('dimensions', this.sizes, 'table-three-sizes');
    return { patch: this.patch as ProductPatch, warnings: this.warnings, ...(this.pictures && { pictures: this.pictures }) };
  }

  private take(column: ColumnMeaning, text: string): void {
    switch (column.kind) {
      case 'title':
      case 'description':
      case 'brand':
      case 'country':
        this.patch[column.kind] = text;
        return;
      case 'category':
        this.patch['category'] = readCategory(text);
        return;
      case 'vat':
        return this.set('vat', text, readVat(text), 'vat', { rates: RATES });
      case 'archived':
        return this.set('archived', text, readYesNo(text), 'table-yes-no');
      case 'price':
      case 'oldPrice':
      case 'minPrice':
        return this.set(column.kind, text, parseMoney(text.replace(/\s*(₽|руб\.?|р\.)$/i, ''), this.currency), 'table-money');
      case 'stock':
        return this.setKey('stock', column.warehouse, text, readPieces(text), 'table-pieces');
      case 'externalId':
        return this.setKey('externalIds', column.system, text, text, 'table-pieces');
      case 'barcodes': {
        const codes = readBarcodes(text, this.warn);
        if (codes.length > 0) this.patch['barcodes'] = codes;
        return;
      }
      case 'pictures':
        this.pictures = [...new Set(text.split(/[\s,;|]+/).filter((address) => address !== ''))];
        return;
      case 'length':
      case 'width':
      case 'height':
      case 'weight':
        return this.measure(column, text);
      case 'attribute':
        return column.unit === undefined
          ? this.setKey('attributes', column.name, text, text, 'table-number')
          : this.setKey('attributes', column.name, text, amount(text, column.unit), 'table-number');
      case 'json':
        return this.json(column.field, text);
      case 'sku':
      case 'ignored':
        return;
    }
  }

  private readonly warn: Warn = (field, value, code, params) => void this.warnings.push(issueOf(field, value, code, params));

  private set(field: string, text: string, value: unknown, code: Parameters<Warn>[2], params?: Parameters<Warn>[3]): void {
    if (value === undefined) this.warn(field, text, code, params);
    else this.patch[field] = value;
  }

  private setKey(field: string, key: string, text: string, value: unknown, code: Parameters<Warn>[2]): void {
    if (value === undefined) this.warn(`${field}.${key}`, text, code);
    else this.keyed(field)[key] = value;
  }

  private keyed(field: string): Record<string, unknown> {
    const standing = this.patch[field];
    if (standing !== null && typeof standing === 'object') return standing as Record<string, unknown>;
    return (this.patch[field] = {}) as Record<string, unknown>;
  }

  private measure({ kind, unit, factor }: Extract<ColumnMeaning, { factor: number }>, text: string): void {
    const size = readMeasure(text, factor);
    if (size !== undefined && size <= LARGEST[kind]) {
      if (kind === 'weight') this.patch['weight'] = size;
      else this.sizes[kind] = size;
      return;
    }
    this.badSize ||= kind !== 'weight';
    if (size === undefined) this.warn(kind, text, 'table-measure');
    else this.warn(kind, `${text} ${unit}`, kind === 'weight' ? 'table-too-heavy' : 'table-too-large', { max: LARGEST[kind] });
  }

  private json(field: DocumentField, text: string): void {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (error) {
      return this.warn(field, text, 'table-json', { message: error instanceof Error ? error.message.slice(0, 80) : '' });
    }
    if (field === 'attributes' && value !== null) return this.attributes(value, text);
    this.patch[field] = value;
  }

  private attributes(value: unknown, text: string): void {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return this.warn('attributes', text, 'table-json-object');
    for (const [name, given] of Object.entries(value)) {
      const attribute = looseAttribute(given);
      if (attribute !== undefined) this.keyed('attributes')[name] = attribute;
      else if (given !== '') this.warn(`attributes.${name}`, given, 'attribute');
    }
  }
}

function amount(text: string, unit: string): AttributeValue | undefined {
  const value = readNumber(text);
  return value === undefined ? undefined : { value, ...(unit !== '' && { unit }) };
}

/** An attribute as people write it in JSON: a bare number has no unit, null removes. */
function looseAttribute(given: unknown): AttributeValue | null | undefined {
  if (given === null || typeof given === 'boolean') return given;
  if (typeof given === 'string') return given.trim() === '' ? undefined : given;
  if (typeof given === 'number') return { value: given };
  if (Array.isArray(given)) return given.length > 0 && given.every((one) => typeof one === 'string') ? given : undefined;
  return typeof given === 'object' && given !== null && 'value' in given ? (given as AttributeValue) : undefined;
}

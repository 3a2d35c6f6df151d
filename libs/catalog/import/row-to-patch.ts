import { parseMoney } from '#kernel';
import { barcodeFault } from '../document/barcode.js';
import type { AttributeValue, ProductPatch } from '../document/product-document.js';
import { MAX_GRAMS, MAX_SIZE } from '../document/value-checks.js';
import { shown, type ValidationIssue } from '../faults/validation-issue.js';
import type { ColumnMeaning } from './column-meaning.js';

type Warning = Pick<ValidationIssue, 'field' | 'value' | 'reason' | 'remedy'>;

export interface MappedRow {
  readonly sku: string;
  readonly patch: ProductPatch;
  /** Values that were not taken; the product keeps what it had there. */
  readonly warnings: readonly Warning[];
}

const VAT: Readonly<Record<string, number>> = { 'без ндс': 0, 'не облагается': 0, '0': 0, '5': 5, '7': 7, '10': 10, '20': 20, '22': 22 };

const LARGEST = { length: MAX_SIZE, width: MAX_SIZE, height: MAX_SIZE, weight: MAX_GRAMS } as const;

/** Turns the cells of one row into a change of one product. An empty cell leaves the product as it is. */
export function rowToPatch(columns: readonly ColumnMeaning[], cells: readonly string[], currency: string): MappedRow {
  const warnings: Warning[] = [];
  const patch: Record<string, unknown> = {};
  const attributes: Record<string, AttributeValue> = {};
  const stock: Record<string, number> = {};
  const externalIds: Record<string, string> = {};
  const sizes: Partial<Record<'length' | 'width' | 'height', number>> = {};
  let sku = '';
  let badSize = false;
  const warn = (field: string, value: unknown, reason: string, remedy: string) => warnings.push({ field, value: shown(value), reason, remedy });

  columns.forEach((column, i) => {
    const text = (cells[i] ?? '').replaceAll('\r\n', '\n').trim();
    if (text === '') return;
    switch (column.kind) {
      case 'sku':
        sku = text;
        break;
      case 'title':
      case 'description':
      case 'brand':
      case 'country':
        patch[column.kind] = text;
        break;
      case 'category':
        patch.category = text
          .split(/\s*(?:\/|>|\\|\|)\s*/)
          .filter(Boolean)
          .join(' / ');
        break;
      case 'vat': {
        const rate =
          VAT[
            text
              .toLowerCase()
              .replace(/^ндс\s*/, '')
              .replace(/\s*%$/, '')
          ];
        if (rate === undefined) warn('vat', text, 'no such VAT rate', 'use one of 0, 5, 7, 10, 20, 22');
        else patch.vat = rate;
        break;
      }
      case 'price':
      case 'oldPrice':
      case 'minPrice': {
        const money = parseMoney(text.replace(/\s*(₽|руб\.?|р\.)$/i, ''), currency);
        if (money) patch[column.kind] = money;
        else warn(column.kind, text, 'not an amount of money', 'write it like 1290 or 1290,50');
        break;
      }
      case 'stock':
        if (/^\d{1,8}([.,]0+)?$/.test(text)) stock[column.warehouse] = parseInt(text, 10);
        else warn(`stock.${column.warehouse}`, text, 'not a whole number of pieces', 'write the pieces on hand, e.g. 12');
        break;
      case 'externalId':
        externalIds[column.system] = text;
        break;
      case 'barcodes':
        patch.barcodes = goodBarcodes(text, warn);
        break;
      case 'length':
      case 'width':
      case 'height':
      case 'weight': {
        const size = measure(text, column.factor);
        if (size === undefined || size > LARGEST[column.kind]) {
          badSize ||= column.kind !== 'weight';
          if (size === undefined) warn(column.kind, text, 'not a number above 0', 'write a number in the unit of the column');
          else warn(column.kind, text, `more than any package has (${LARGEST[column.kind]} ${column.kind === 'weight' ? 'g' : 'mm'})`, 'check the unit of this value');
        } else if (column.kind === 'weight') patch.weight = size;
        else sizes[column.kind] = size;
        break;
      }
      case 'attributes':
        Object.assign(attributes, parseAttributes(text, warn));
        break;
      case 'attribute':
        attributes[column.name] = text;
        break;
      case 'ignored':
        break;
    }
  });

  const { length, width, height } = sizes;
  if (length !== undefined && width !== undefined && height !== undefined) patch.dimensions = { length, width, height };
  else if (Object.keys(sizes).length > 0 && !badSize) warn('dimensions', sizes, 'length, width and height are not all given', 'give all three');
  if (Array.isArray(patch.barcodes) && patch.barcodes.length === 0) delete patch.barcodes;
  if (Object.keys(attributes).length > 0) patch.attributes = attributes;
  if (Object.keys(stock).length > 0) patch.stock = stock;
  if (Object.keys(externalIds).length > 0) patch.externalIds = externalIds;
  return { sku, patch: patch as ProductPatch, warnings };
}

type Warn = (field: string, value: unknown, reason: string, remedy: string) => void;

const BARCODE_REASONS = { digits: 'a barcode has only digits', length: 'a barcode has 8, 12, 13 or 14 digits', 'check-digit': 'the check digit does not fit' } as const;

function goodBarcodes(text: string, warn: Warn): string[] {
  const codes = [...new Set(text.split(/[\s,;|]+/).filter(Boolean))];
  return codes.filter((code) => {
    const fault = barcodeFault(code);
    if (fault) warn('barcodes', code, BARCODE_REASONS[fault], 'compare with the package; the product is taken without this barcode');
    return fault === undefined;
  });
}

/** "0,125" with a factor of 1000 → 125; never below 1. */
function measure(text: string, factor: number): number | undefined {
  if (!/^\d{1,9}([.,]\d{1,9})?$/.test(text)) return undefined;
  const value = Number(text.replace(',', '.')) * factor;
  return value > 0 ? Math.max(1, Math.round(value)) : undefined;
}

function parseAttributes(text: string, warn: Warn): Record<string, AttributeValue> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    warn('attributes', text, `not JSON (${error instanceof Error ? error.message.slice(0, 80) : 'unreadable'})`, 'write an object like {"Цвет": "синий"}');
    return {};
  }
  if (parsed === null || typeof parsed !== 'object' || Array.isArray(parsed)) {
    warn('attributes', text, 'not a JSON object', 'write an object like {"Цвет": "синий"}');
    return {};
  }
  const out: Record<string, AttributeValue> = {};
  for (const [name, value] of Object.entries(parsed)) {
    if (typeof value === 'string' && value.trim() !== '') out[name.trim()] = value.trim();
    else if (typeof value === 'number') out[name.trim()] = { value };
    else if (typeof value === 'boolean') out[name.trim()] = value;
    else if (Array.isArray(value) && value.length > 0 && value.every((v) => typeof v === 'string')) out[name.trim()] = value as string[];
    else if (value !== null && value !== '') warn(`attributes.${name}`, value, 'this kind of value cannot be an attribute', 'use a text, a number, true, false or a list of texts');
  }
  return out;
}

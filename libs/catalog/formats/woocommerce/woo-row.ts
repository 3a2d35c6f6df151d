import { parseMoney } from '#kernel';
import { barcodeFault } from '../../document/barcode.js';
import type { AttributeValue } from '../../document/product-document.js';
import { issueOf, type ValidationIssue } from '../../faults/validation-issue.js';
import { categoryPath } from '../category-path.js';
import { measured, parsePieces } from '../decimal.js';
import type { ProductRow } from '../product-row.js';
import type { WooColumns } from './woo-columns.js';

export interface WooContext {
  readonly columns: WooColumns;
  /** Shops do not write it into the file. */
  readonly currency: string;
  /** ms since 1970; a sale outside of its dates does not count. */
  readonly now: number;
  /** The cells of a parent, by what its variations call it. */
  readonly parent: (reference: string) => readonly string[] | undefined;
  /** Whether the file has variations of this parent. */
  readonly hasVariations: (cells: readonly string[]) => boolean;
}

type Warn = (issue: ValidationIssue) => void;

/** Kinds of which nothing is sent to a buyer. */
const UNSENT = ['grouped', 'external', 'virtual', 'downloadable'] as const;

/** One record of the table as a row; `place` is its number in the file. */
export function wooRow(cells: readonly string[], place: string, context: WooContext): ProductRow {
  const { columns } = context;
  const of = reader(columns, cells);
  const kinds = of('type')
    .toLowerCase()
    .split(/\s*,\s*/);
  const warnings: ValidationIssue[] = [];
  const sku = skuOf(columns, cells);
  const base = { place, ...(sku && { sku }), warnings };
  const unsent = UNSENT.find((kind) => kinds.includes(kind));
  if (unsent !== undefined) return { ...base, patch: {}, skipped: issueOf('type', of('type'), `woo-${unsent}`) };
  const variation = kinds.includes('variation');
  if (!variation && kinds.includes('variable') && context.hasVariations(cells)) return { ...base, patch: {}, skipped: issueOf('type', of('type'), 'woo-parent') };

  const reference = of('parent');
  const parent = variation && reference !== '' ? context.parent(reference) : undefined;
  const warn: Warn = (issue) => void warnings.push(issue);
  if (variation && parent === undefined) warn(issueOf('model', reference, 'woo-orphan', { parent: reference }));
  const upper = reader(columns, parent ?? []);
  const own = attributesOf(columns, cells);
  const attributes = { ...(parent && without(attributesOf(columns, parent), attributeNames(columns, cells))), ...own };
  const pictures = listOf(of('images') || upper('images'));
  const said = {
    title: of('name'),
    description: of('description') || upper('description') || of('short') || upper('short'),
    brand: listOf(of('brands') || upper('brands'))[0],
    category: categoryOf(of('categories') || upper('categories')),
    barcodes: barcodesOf(of('gtin'), warn),
    ...sizesOf(columns, cells, parent ?? [], warn),
    ...pricesOf(of, context, warn),
    stock: stockOf(of, warn),
  };
  return {
    ...base,
    patch: { ...Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined && value !== '')), ...(Object.keys(attributes).length > 0 && { attributes }) },
    ...(variation && { model: { code: (parent && skuOf(columns, parent)) ?? reference, axes: attributeNames(columns, cells), ...(upper('name') && { title: upper('name') }) } }),
    ...(pictures.length > 0 && { pictures }),
  };
}

/** How variations call this parent: by its sku or by its id. */
export function referencesOf(columns: WooColumns, cells: readonly string[]): string[] {
  const of = reader(columns, cells);
  return [of('sku'), of('id') === '' ? '' : `id:${of('id')}`].filter((reference) => reference !== '');
}

/** A shop's goods may have no sku; the id of the shop stands for it. */
function skuOf(columns: WooColumns, cells: readonly string[]): string | undefined {
  const of = reader(columns, cells);
  return of('sku') || (of('id') === '' ? undefined : `woo-${of('id')}`);
}

export function reader({ at }: WooColumns, cells: readonly string[]): (column: keyof WooColumns['at']) => string {
  return (column) => {
    const place = at[column];
    return place === undefined ? '' : (cells[place] ?? '').replaceAll('\\n', '\n').trim();
  };
}

/** "A, B\, C" → A and "B, C". */
function listOf(text: string): string[] {
  const parts = text.split(/(?<!\\),/).map((part) => part.replaceAll('\\,', ',').trim());
  return [...new Set(parts.filter((part) => part !== ''))];
}

/** Of several categories the deepest, the first of these. */
function categoryOf(text: string): string | undefined {
  const paths = listOf(text).map((path) => path.split('>').map((name) => name.trim()));
  const deepest = paths.reduce<string[]>((best, path) => (path.length > best.length ? path : best), []);
  return deepest.length === 0 ? undefined : categoryPath(deepest);
}

function attributeNames({ attributes }: WooColumns, cells: readonly string[]): string[] {
  return attributes.flatMap(({ name }) => cells[name]?.trim() || []);
}

function attributesOf({ attributes }: WooColumns, cells: readonly string[]): Record<string, AttributeValue> {
  const pairs = attributes.flatMap(({ name, values }) => {
    const [title, list] = [cells[name]?.trim(), listOf(cells[values] ?? '')];
    const [first] = list;
    return title && first !== undefined ? [[title, list.length > 1 ? list : first] as const] : [];
  });
  return Object.fromEntries(pairs);
}

function without(attributes: Readonly<Record<string, AttributeValue>>, names: readonly string[]): Record<string, AttributeValue> {
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => !names.includes(name)));
}

function barcodesOf(text: string, warn: Warn): readonly string[] | undefined {
  const good = listOf(text).filter((barcode) => {
    const fault = barcodeFault(barcode);
    if (fault) warn(issueOf('barcodes', barcode, `barcode-${fault}`, { barcode }));
    return fault === undefined;
  });
  return good.length > 0 ? good : undefined;
}

function sizesOf({ sizes }: WooColumns, cells: readonly string[], parent: readonly string[], warn: Warn): object {
  const read = (name: keyof WooColumns['sizes']): number | undefined => {
    const column = sizes[name];
    const text = (column && (cells[column.at]?.trim() || parent[column.at]?.trim())) || '';
    if (!column || text === '') return undefined;
    // Shops leave out the zero before the point.
    const { value, issue } = measured(name === 'weight' ? name : `dimensions.${name}`, text.replace(/^([.,])/, '0$1'), column.factor);
    if (issue) warn(issue);
    return value;
  };
  const [weight, length, width, height] = [read('weight'), read('length'), read('width'), read('height')];
  return { weight, dimensions: length !== undefined && width !== undefined && height !== undefined ? { length, width, height } : undefined };
}

function pricesOf(of: ReturnType<typeof reader>, { currency, now }: WooContext, warn: Warn): object {
  const money = (column: 'sale' | 'regular', field: string) => {
    const text = of(column);
    if (text === '') return undefined;
    const amount = parseMoney(text.replace(/^([.,])/, '0$1'), currency);
    if (amount === undefined) warn(issueOf(field, text, 'feed-money'));
    return amount;
  };
  const [regular, reduced] = [money('regular', 'price'), money('sale', 'price')];
  const begun = of('saleFrom') === '' || Date.parse(of('saleFrom')) <= now;
  const over = of('saleTo') !== '' && Date.parse(of('saleTo')) + 86_400_000 <= now;
  if (reduced && begun && !over) return { price: reduced, oldPrice: regular };
  // The two are one statement: without a sale there is no former price.
  return regular ? { price: regular, oldPrice: null } : {};
}

function stockOf(of: ReturnType<typeof reader>, warn: Warn): object | undefined {
  if (of('inStock') === '0') return { main: 0 };
  const text = of('stock');
  const pieces = text === '' ? undefined : parsePieces(text);
  if (text !== '' && pieces === undefined) warn(issueOf('stock.main', text, 'feed-pieces'));
  if (text === '' && of('inStock') !== '') warn(issueOf('stock', of('inStock'), 'woo-no-stock'));
  return pieces === undefined ? undefined : { main: pieces };
}

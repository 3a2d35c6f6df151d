import { DOCUMENT_FIELDS, type DocumentField } from '../../document/product-document.js';

/** What a column of an imported table says. Sizes carry the factor to millimetres or grams. */
export type ColumnMeaning =
  | { readonly kind: 'sku' | 'title' | 'description' | 'brand' | 'category' | 'country' | 'vat' | 'barcodes' | 'archived' | 'pictures' }
  | { readonly kind: 'price' | 'oldPrice' | 'minPrice' }
  | { readonly kind: 'stock'; readonly warehouse: string }
  | { readonly kind: 'externalId'; readonly system: string }
  | { readonly kind: 'length' | 'width' | 'height' | 'weight'; readonly unit: string; readonly factor: number }
  | { readonly kind: 'attribute'; readonly name: string; readonly unit?: string }
  /** Any field of the document as JSON; null removes it. */
  | { readonly kind: 'json'; readonly field: DocumentField }
  | { readonly kind: 'ignored' };

export const MILLIMETRES: Readonly<Record<string, number>> = { mm: 1, мм: 1, cm: 10, см: 10, m: 1000, м: 1000 };
export const GRAMS: Readonly<Record<string, number>> = { g: 1, г: 1, гр: 1, kg: 1000, кг: 1000 };

const PLAIN = ['sku', 'title', 'description', 'brand', 'category', 'country', 'vat', 'barcodes', 'archived', 'pictures', 'price', 'oldPrice', 'minPrice', 'ignored'] as const;
const MEASURED = ['length', 'width', 'height', 'weight'] as const;

/** One line that says the same: "title", "stock:main", "weight:kg", "attribute:Мощность [W]", "json:overrides". */
export function meaningText(meaning: ColumnMeaning): string {
  switch (meaning.kind) {
    case 'stock':
      return `stock:${meaning.warehouse}`;
    case 'externalId':
      return `externalId:${meaning.system}`;
    case 'length':
    case 'width':
    case 'height':
    case 'weight':
      return `${meaning.kind}:${meaning.unit}`;
    case 'attribute':
      return `attribute:${meaning.name}${meaning.unit === undefined ? '' : ` [${meaning.unit}]`}`;
    case 'json':
      return `json:${meaning.field}`;
    default:
      return meaning.kind;
  }
}

/** The meaning behind a line that `meaningText` wrote or a person chose; undefined when it says nothing known. */
export function meaningOf(text: string): ColumnMeaning | undefined {
  const plain = PLAIN.find((kind) => kind === text);
  if (plain) return { kind: plain };
  const colon = text.indexOf(':');
  const [kind, rest] = colon < 0 ? [text, ''] : [text.slice(0, colon), text.slice(colon + 1).trim()];
  if (rest === '' || rest.length > 200) return undefined;
  if (kind === 'stock') return { kind, warehouse: rest };
  if (kind === 'externalId') return { kind, system: rest };
  if (kind === 'attribute') return attributeColumn(rest);
  if (kind === 'json') {
    const field = DOCUMENT_FIELDS.find((name) => name === rest);
    return field === undefined || field === 'sku' ? undefined : { kind, field };
  }
  const measured = MEASURED.find((name) => name === kind);
  const factor = measured && (measured === 'weight' ? GRAMS : MILLIMETRES)[rest];
  return measured && factor !== undefined ? { kind: measured, unit: rest, factor } : undefined;
}

/** "Мощность [W]" holds numbers in watts, "Вес []" numbers without a unit, "Цвет" texts. */
export function attributeColumn(header: string): ColumnMeaning {
  const split = /^(.+?)\s*\[([^\]]{0,30})\]$/.exec(header);
  return split?.[1] === undefined ? { kind: 'attribute', name: header } : { kind: 'attribute', name: split[1], unit: split[2]?.trim() ?? '' };
}

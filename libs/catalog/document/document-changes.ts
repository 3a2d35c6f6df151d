import { sameValue } from './canonical-document.js';
import { DOCUMENT_FIELDS, type ProductDocument } from './product-document.js';

export interface DocumentChange {
  /** A field, or a key of a keyed one ("attributes.Цвет"). */
  readonly field: string;
  /** null: none. */
  readonly before: unknown;
  readonly after: unknown;
}

/** Field by field what differs; keyed fields key by key. */
export function changesBetween(before: ProductDocument, after: ProductDocument): DocumentChange[] {
  return DOCUMENT_FIELDS.flatMap((field) => {
    const old: unknown = before[field];
    const now: unknown = after[field];
    if (sameValue(old, now)) return [];
    if (!isPlain(old) || !isPlain(now) || field === 'price' || field === 'oldPrice' || field === 'minPrice') return [{ field, before: old ?? null, after: now ?? null }];
    const keys = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter((key) => !sameValue(old[key], now[key]));
    return keys.map((key) => ({ field: `${field}.${key}`, before: old[key] ?? null, after: now[key] ?? null }));
  });
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

import { createHash } from 'node:crypto';
import { DOCUMENT_FIELDS, type ProductDocument } from './product-document.js';

/** Keys in one fixed order at every level, absent fields left out: equal documents give equal text. */
export function canonicalText(document: ProductDocument): string {
  const top: Record<string, unknown> = {};
  for (const field of DOCUMENT_FIELDS) {
    const value = ordered(document[field]);
    if (value !== undefined) top[field] = value;
  }
  return JSON.stringify(top);
}

/** SHA-256 over the canonical text, hex. */
export function documentDigest(document: ProductDocument): string {
  return textDigest(canonicalText(document));
}

export function textDigest(canonical: string): string {
  return createHash('sha256').update(canonical).digest('hex');
}

/** Whether two field values mean the same, whatever the order of their keys. */
export function sameValue(left: unknown, right: unknown): boolean {
  return JSON.stringify(ordered(left)) === JSON.stringify(ordered(right));
}

/** The value itself where everything in it stands in order already. */
function ordered(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.every((one) => ordered(one) === one) ? value : value.map(ordered);
  const record = value as Readonly<Record<string, unknown>>;
  if (isOrdered(record)) return record;
  const keys = Object.keys(record).sort();
  const entry = (key: string): [string, unknown] => [key, ordered(record[key])];
  // A name that an assignment would take for something else.
  if (Object.hasOwn(record, '__proto__')) return Object.fromEntries(keys.map(entry).filter(([, inner]) => inner !== undefined));
  const out: Record<string, unknown> = {};
  for (const key of keys) {
    const inner = record[key];
    if (inner !== undefined) out[key] = typeof inner === 'object' ? ordered(inner) : inner;
  }
  return out;
}

function isOrdered(record: Readonly<Record<string, unknown>>): boolean {
  let before: string | undefined;
  for (const key of Object.keys(record)) {
    if (before !== undefined && key < before) return false;
    before = key;
    const inner = record[key];
    if (typeof inner === 'object' && ordered(inner) !== inner) return false;
  }
  return true;
}

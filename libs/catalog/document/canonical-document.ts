import { createHash } from 'node:crypto';
import { DOCUMENT_FIELDS, type ProductDocument } from './product-document.js';

/** Documents never change once made, and a batch asks for the text of the next one while the database is busy with the last. */
const known = new WeakMap<ProductDocument, string>();

/** Keys in one fixed order at every level, absent fields left out: equal documents give equal text. */
export function canonicalText(document: ProductDocument): string {
  const found = known.get(document);
  if (found !== undefined) return found;
  const text = orderedText(document);
  known.set(document, text);
  return text;
}

function orderedText(document: ProductDocument): string {
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

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (value === null || typeof value !== 'object') return value;
  const record = value as Readonly<Record<string, unknown>>;
  const out: [string, unknown][] = [];
  for (const key of Object.keys(record).sort()) {
    const inner = record[key];
    if (inner !== undefined) out.push([key, typeof inner === 'object' ? ordered(inner) : inner]);
  }
  return Object.fromEntries(out);
}

import { fingerprint } from '#kernel';
import type { AttributeValue, ProductDocument } from '../document/product-document.js';

/** Longer texts are descriptions: nobody looks a product up by one, and they would swell the index. */
const LONGEST = 200;

/** A value as it is looked up: case and spaces at the ends do not count, a number carries its unit. */
export function attributeTexts(value: AttributeValue): string[] {
  const texts = Array.isArray(value)
    ? (value as readonly string[])
    : [typeof value === 'object' && 'value' in value ? [String(value.value), value.unit].filter(Boolean).join(' ') : String(value)];
  return texts.map((text) => text.trim().toLowerCase()).filter((text) => text !== '' && text.length <= LONGEST);
}

/** Catalogs repeat their values: a few thousand keys answer for millions. */
const REMEMBERED = 20_000;
const known = new Map<string, string>();

/** What a value is found by: 64 bits of its name and text. */
export function attributeKey(name: string, text: string): string {
  const whole = `${name}\u0000${text}`;
  const found = known.get(whole);
  if (found !== undefined) return found;
  const key = fingerprint(whole);
  if (known.size >= REMEMBERED) known.clear();
  known.set(whole, key);
  return key;
}

/** Ascending, so that equal attributes give equal keys. */
export function attributeKeys(document: Pick<ProductDocument, 'attributes'>): string[] {
  return [...new Set(Object.entries(document.attributes).flatMap(([name, value]) => attributeTexts(value).map((text) => attributeKey(name, text))))].sort();
}

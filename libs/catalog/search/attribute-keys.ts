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

/** Catalogs repeat their values: these keys, some fifteen megabytes, answer for millions. */
const REMEMBERED = 100_000;
const known = new Map<string, Map<string, string>>();
let remembered = 0;

/** What a value is found by: 64 bits of its name and text. */
export function attributeKey(name: string, text: string): string {
  const found = known.get(name)?.get(text);
  if (found !== undefined) return found;
  const key = fingerprint(`${name}\u0000${text}`);
  remember(name, text, key);
  return key;
}

function remember(name: string, text: string, key: string): void {
  if (remembered >= REMEMBERED) {
    known.clear();
    remembered = 0;
  }
  let texts = known.get(name);
  if (!texts) known.set(name, (texts = new Map()));
  texts.set(text, key);
  remembered++;
}

/** Ascending, so that equal attributes give equal keys. */
export function attributeKeys(document: Pick<ProductDocument, 'attributes'>): string[] {
  const keys = new Set<string>();
  for (const [name, value] of Object.entries(document.attributes)) for (const text of attributeTexts(value)) keys.add(attributeKey(name, text));
  return [...keys].sort();
}

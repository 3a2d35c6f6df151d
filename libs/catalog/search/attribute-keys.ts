import { fingerprint, fingerprintBits } from '#kernel';
import type { AttributeValue, ProductDocument } from '../document/product-document.js';

/** Longer texts are descriptions: nobody looks a product up by one, and they would swell the index. */
const LONGEST = 200;

/** A value as it is looked up: case and spaces at the ends do not count, a number carries its unit. */
export function attributeTexts(value: AttributeValue): string[] {
  if (Array.isArray(value)) return (value as readonly string[]).flatMap(lookedUp);
  return lookedUp(typeof value === 'object' && 'value' in value ? [String(value.value), value.unit].filter(Boolean).join(' ') : String(value));
}

function lookedUp(value: string): string[] {
  const text = value.trim().toLowerCase();
  return text === '' || text.length > LONGEST ? [] : [text];
}

const spoken = (name: string, text: string): string => `${name}\u0000${text}`;

/** What a value is found by: 64 bits of its name and text, the text as `attributeTexts` gives it. */
export function attributeKey(name: string, text: string): string {
  return fingerprint(spoken(name, text));
}

/** Ascending and each once, so that equal attributes give equal keys. */
export function attributeKeys({ attributes }: Pick<ProductDocument, 'attributes'>): BigInt64Array {
  const found: bigint[] = [];
  for (const name of Object.keys(attributes)) {
    const value = attributes[name];
    if (value !== undefined) for (const text of attributeTexts(value)) found.push(fingerprintBits(spoken(name, text)));
  }
  const keys = new BigInt64Array(found.length);
  found.forEach((key, at) => (keys[at] = key));
  keys.sort();
  return keys.some((key, at) => key === keys[at - 1]) ? BigInt64Array.from(new Set(keys)) : keys;
}

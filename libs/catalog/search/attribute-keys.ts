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

/** What a value is found by: 64 bits of its name and text, the text as `attributeTexts` gives it. */
export function attributeKey(name: string, text: string): string {
  return fingerprint(`${name}\u0000${text}`);
}

/** Catalogs repeat their values: these keys, some fifteen megabytes, answer for millions. */
const REMEMBERED = 100_000;
/** By name, then by the text as the document holds it. */
const known = new Map<string, Map<string, bigint>>();
let remembered = 0;

/** The text is copied: cut out of a file it would keep all that was read with it. */
function remember(name: string, text: string, key: bigint): bigint {
  if (remembered >= REMEMBERED) {
    known.clear();
    remembered = 0;
  }
  let texts = known.get(name);
  if (!texts) known.set(name, (texts = new Map()));
  texts.set(Buffer.from(text, 'utf16le').toString('utf16le'), key);
  remembered++;
  return key;
}

function addKeys(name: string, value: AttributeValue, keys: bigint[]): void {
  const found = typeof value === 'string' ? known.get(name)?.get(value) : undefined;
  if (found !== undefined) return void keys.push(found);
  for (const text of attributeTexts(value)) {
    const key = BigInt(attributeKey(name, text));
    keys.push(typeof value === 'string' ? remember(name, value, key) : key);
  }
}

/** Ascending and each once, so that equal attributes give equal keys. */
export function attributeKeys({ attributes }: Pick<ProductDocument, 'attributes'>): BigInt64Array {
  const found: bigint[] = [];
  for (const name of Object.keys(attributes)) {
    const value = attributes[name];
    if (value !== undefined) addKeys(name, value, found);
  }
  const keys = new BigInt64Array(found.length);
  found.forEach((key, at) => (keys[at] = key));
  keys.sort();
  return keys.some((key, at) => key === keys[at - 1]) ? BigInt64Array.from(new Set(keys)) : keys;
}

import { canonicalText, textDigest } from '../document/canonical-document.js';
import type { ProductDocument } from '../document/product-document.js';
import { attributeKeys } from '../search/attribute-keys.js';
import { searchWords } from '../search/search-words.js';

/** A document as it is stored: making this is the larger part of the work on it, and can be done while the database is busy with others. */
export interface SpelledDocument {
  /** Canonical JSON. */
  readonly text: string;
  /** SHA-256 of the text, hex. */
  readonly digest: string;
  /** What its attributes are found by; absent where they stay as they are. */
  readonly keys?: BigInt64Array;
  /** What its title and brand are found by; absent where they stay as they are. */
  readonly words?: string;
}

/** `before` is the document this one was made from, when it is at hand: what it shares is found as before. */
export function spell(document: ProductDocument, before?: ProductDocument): SpelledDocument {
  const text = canonicalText(document);
  const words = searchWords(document);
  return {
    text,
    digest: textDigest(text),
    ...(before?.attributes !== document.attributes && { keys: attributeKeys(document) }),
    ...((before === undefined || searchWords(before) !== words) && { words }),
  };
}

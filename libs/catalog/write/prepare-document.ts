import { InvalidProduct } from '../catalog-error.js';
import { type KnownChannels, unknownChannels } from '../document/known-channels.js';
import type { ProductDocument, ProductInput } from '../document/product-document.js';
import { completeDocument } from '../document/patch-document.js';
import { safeDescription } from '../document/safe-text.js';
import type { ValidationIssue } from '../faults/validation-issue.js';
import { validateDocument } from '../document/validate-document.js';

export type Prepared = { readonly document: ProductDocument } | { readonly issues: readonly ValidationIssue[] };

/** What a document is judged by beside itself. */
export interface Surroundings {
  readonly channels?: KnownChannels;
  /** The document it was made from. */
  readonly before?: ProductDocument;
}

/** Fills what may be left out, checks everything, and leaves only safe mark-up in descriptions. */
export function prepareDocument(input: ProductInput, { channels, before }: Surroundings = {}): Prepared {
  const document = completeDocument(input);
  const faults = validateDocument(document, before);
  const issues = faults.length > 0 ? faults : unknownChannels(document, channels, before);
  return issues.length > 0 ? { issues } : { document: withSafeDescriptions(document) };
}

/** @throws InvalidProduct */
export function checkedDocument(input: ProductInput, surroundings?: Surroundings): ProductDocument {
  const prepared = prepareDocument(input, surroundings);
  if ('issues' in prepared) throw new InvalidProduct(String(input.sku), prepared.issues);
  return prepared.document;
}

function withSafeDescriptions(document: ProductDocument): ProductDocument {
  const description = safeDescription(document.description);
  if (description === document.description && !document.overrides && !document.translations) return document;
  return {
    ...document,
    description,
    ...(document.overrides && { overrides: eachSafe(document.overrides) }),
    ...(document.translations && { translations: eachSafe(document.translations) }),
  };
}

function eachSafe<T extends { readonly description?: string }>(texts: Readonly<Record<string, T>>): Record<string, T> {
  const safe = (text: T): T => (text.description === undefined ? text : { ...text, description: safeDescription(text.description) });
  return Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, safe(text)]));
}

import { completeDocument, patchDocument } from '../document/patch-document.js';
import type { MediaRef, ProductDocument, ProductInput, ProductPatch } from '../document/product-document.js';
import { MAX_MINOR } from '../document/value-checks.js';
import { issueOf, type ValidationIssue } from '../faults/validation-issue.js';
import type { BulkOperation } from './bulk-operation.js';
import { multiplyMinor, parseFactor } from './multiply-price.js';
import { replaceText } from './replace-text.js';

export type Applied = { readonly document: ProductDocument } | { readonly issues: readonly ValidationIssue[] };

/** What operations, one after another, make of a document; pure. The result still has to pass the catalog's own checks. */
export function applyOperations(document: ProductDocument, operations: readonly BulkOperation[]): Applied {
  let current = document;
  for (const operation of operations) {
    const applied = applyOne(current, operation);
    if ('issues' in applied) return applied;
    current = applied.document;
  }
  return { document: current };
}

function applyOne(document: ProductDocument, operation: BulkOperation): Applied {
  switch (operation.op) {
    case 'set':
      return patched(document, { [operation.field]: operation.value });
    case 'archive':
      return patched(document, { archived: operation.archived });
    case 'set-attribute':
      return patched(document, { attributes: { [operation.name]: operation.value } });
    case 'remove-attribute':
      return patched(document, { attributes: { [operation.name]: null } });
    case 'replace-text':
      return patched(document, Object.fromEntries(operation.fields.map((field) => [field, replaced(document[field], operation)])));
    case 'multiply-price':
      return multiplied(document, operation);
    case 'move-category':
      return patched(document, { category: movedPath(document.category, operation) });
    case 'add-media':
      return patched(document, { media: withPicture(document.media, operation) });
    case 'remove-media':
      return patched(document, { media: document.media.filter(({ digest }) => digest !== operation.digest) });
    case 'reorder-media': {
      const first = operation.digests.flatMap((digest) => document.media.filter((picture) => picture.digest === digest));
      return patched(document, { media: [...first, ...document.media.filter((picture) => !first.includes(picture))] });
    }
    case 'set-override':
      return { document: withOverride(document, operation) };
  }
}

function patched(document: ProductDocument, patch: ProductPatch): Applied {
  return { document: patchDocument(document, patch) };
}

function replaced(text: string | undefined, { find, replace, wildcards, anyCase }: Extract<BulkOperation, { op: 'replace-text' }>): string | undefined {
  return text === undefined ? undefined : replaceText(text, find, replace, { wildcards, anyCase });
}

function multiplied(document: ProductDocument, { fields, factor: text, step }: Extract<BulkOperation, { op: 'multiply-price' }>): Applied {
  const factor = parseFactor(text);
  if (!factor) return { issues: [issueOf('factor', text, 'percent')] };
  const prices: Record<string, unknown> = {};
  for (const field of fields) {
    const price = document[field];
    if (!price) return { issues: [issueOf(field, undefined, 'price-missing')] };
    const minor = multiplyMinor(price.minor, factor, step);
    if (minor === undefined) return { issues: [issueOf(field, price, 'money-too-large', { max: MAX_MINOR })] };
    prices[field] = { ...price, minor };
  }
  return patched(document, prices);
}

function movedPath(category: string, { from, to }: Extract<BulkOperation, { op: 'move-category' }>): string {
  if (from === undefined || category === from) return to;
  return category.startsWith(`${from} / `) ? `${to}${category.slice(from.length)}` : category;
}

function withPicture(media: readonly MediaRef[], { digest, role, at = 'end' }: Extract<BulkOperation, { op: 'add-media' }>): readonly MediaRef[] {
  const picture: MediaRef = { digest, ...(role !== undefined && { role }) };
  const others = media.filter((known) => known.digest !== digest).map((known): MediaRef => (role === 'main' && known.role === 'main' ? { digest: known.digest } : known));
  return at === 'start' ? [picture, ...others] : [...others, picture];
}

function withOverride(document: ProductDocument, { channel, field, value }: Extract<BulkOperation, { op: 'set-override' }>): ProductDocument {
  const own: Record<string, unknown> = { ...document.overrides?.[channel] };
  if (value === null) delete own[field];
  else own[field] = value;
  const overrides: Record<string, unknown> = { ...document.overrides, [channel]: own };
  if (Object.keys(own).length === 0) delete overrides[channel];
  const { overrides: _before, ...rest } = document;
  return completeDocument({ ...rest, ...(Object.keys(overrides).length > 0 && { overrides }) } as ProductInput);
}

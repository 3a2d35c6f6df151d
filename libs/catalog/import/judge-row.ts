import { sameValue } from '../document/canonical-document.js';
import { completeDocument, patchDocument } from '../document/patch-document.js';
import type { KnownChannels } from '../document/known-channels.js';
import { DOCUMENT_FIELDS, KEYED_FIELDS, type ProductDocument, type ProductInput } from '../document/product-document.js';
import type { ValidationIssue } from '../faults/validation-issue.js';
import type { RowChange } from '../formats/source.js';
import { prepareDocument } from '../write/prepare-document.js';
import { spell, type SpelledDocument } from '../write/spelled-document.js';
import type { FieldChange } from './import-request.js';

export interface JudgedRow {
  readonly document: ProductDocument;
  readonly spelled: SpelledDocument;
}

/** The product after the change, checked; or what is wrong with it. Pure. */
export function judgeRow(
  sku: string,
  current: ProductDocument | undefined,
  { patch }: RowChange,
  channels?: KnownChannels,
): JudgedRow | { readonly issues: readonly ValidationIssue[] } {
  const base = current ?? completeDocument({ sku, title: '' });
  const prepared = prepareDocument(patchDocument(base, patch) as ProductInput, { channels, before: current });
  if ('issues' in prepared) return prepared;
  return { document: prepared.document, spelled: spell(prepared.document, current) };
}

/** Pieces in all warehouses. */
export function pieces(document: Pick<ProductDocument, 'stock'> | undefined): number {
  return Object.values(document?.stock ?? {}).reduce((sum, n) => sum + n, 0);
}

const KEYED: ReadonlySet<string> = new Set<string>(KEYED_FIELDS);

const BLANK = completeDocument({ sku: '', title: '' });

/** Every field that differs, keyed fields key by key; of a new product all that it says. */
export function fieldChanges(sku: string, place: string, before: ProductDocument | undefined, after: ProductDocument): FieldChange[] {
  const changes: FieldChange[] = [];
  const base = before ?? BLANK;
  const compare = (field: string, was: unknown, is: unknown): void => {
    if (!sameValue(was, is)) changes.push({ sku, place, field, before: before === undefined ? null : (was ?? null), after: is ?? null });
  };
  for (const field of DOCUMENT_FIELDS) {
    if (!KEYED.has(field)) {
      compare(field, base[field], after[field]);
      continue;
    }
    const [was, is] = [base[field], after[field]] as (Record<string, unknown> | undefined)[];
    for (const key of new Set([...Object.keys(was ?? {}), ...Object.keys(is ?? {})])) compare(`${field}.${key}`, was?.[key], is?.[key]);
  }
  return changes;
}

import type { ProductDocument } from '../document/product-document.js';
import { issueOf, type ValidationIssue } from '../faults/validation-issue.js';
import { prepareDocument } from '../write/prepare-document.js';
import { applyOperations } from './apply-operations.js';
import type { BulkRequest } from './bulk-scope.js';

/** The document a bulk edit makes of another, checked; or why it cannot. */
export function changedDocument(
  document: ProductDocument,
  { operations }: Pick<BulkRequest, 'operations'>,
): { readonly document: ProductDocument } | { readonly issues: readonly ValidationIssue[] } {
  const applied = applyOperations(document, operations);
  return 'issues' in applied ? applied : prepareDocument(applied.document, { before: document });
}

/** Why a product of a job was passed over because somebody was there first. */
export function editedSince(sku: string, revision: number): readonly ValidationIssue[] {
  return [issueOf('revision', sku, 'edited-since', { revision })];
}

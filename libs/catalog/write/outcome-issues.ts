import { issueOf, type ValidationIssue } from '../faults/validation-issue.js';
import type { UpsertOutcome } from './bulk-upsert.js';

/** Why an item was not written, fault by fault; empty for one that was. */
export function outcomeIssues(outcome: UpsertOutcome): readonly ValidationIssue[] {
  switch (outcome.kind) {
    case 'invalid':
      return outcome.issues;
    case 'stale':
      return [issueOf('revision', outcome.sku, 'changed-meanwhile')];
    case 'repeated':
      return [issueOf('sku', outcome.sku, 'repeated')];
    case 'barcode-taken':
      return outcome.clashes.map((clash) => issueOf('barcodes', clash.barcode, 'barcode-taken', { owner: clash.ownerSku }));
    case 'unknown-media':
      return outcome.digests.map((digest) => issueOf('media', digest, 'picture-unknown'));
    default:
      return [];
  }
}

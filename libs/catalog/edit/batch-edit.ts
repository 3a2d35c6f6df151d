import type { Pool } from 'pg';
import type { StaleField } from '../catalog-error.js';
import { completeDocument, patchDocument, patchedPaths } from '../document/patch-document.js';
import type { KnownChannels } from '../document/known-channels.js';
import type { ProductDocument, ProductInput, ProductPatch } from '../document/product-document.js';
import { issueOf, type ValidationIssue } from '../faults/validation-issue.js';
import type { ProductReader, StoredProduct } from '../read/product-reader.js';
import { inTransaction } from '../write/in-transaction.js';
import { outcomeIssues } from '../write/outcome-issues.js';
import { prepareDocument } from '../write/prepare-document.js';
import { type DocumentWrite, writeDocuments, type WriteOptions } from '../write/write-documents.js';
import { staleFields } from './stale-fields.js';

/** One change of a batch: a patch of the revision a person saw, or with `basedOn` 0 a new product. */
export interface BatchItem {
  readonly sku: string;
  readonly basedOn: number;
  readonly patch: ProductPatch;
}

export interface BatchOptions extends WriteOptions {
  /** One refusal, and nothing of the batch is kept. */
  readonly allOrNothing?: boolean;
  /** Those that overrides may speak to; without the list any name is taken. */
  readonly channels?: KnownChannels;
}

export type BatchOutcome =
  | { readonly sku: string; readonly kind: 'created' | 'updated' | 'unchanged'; readonly revision: number }
  | { readonly sku: string; readonly kind: 'stale'; readonly current: number; readonly fields: readonly StaleField[] }
  | { readonly sku: string; readonly kind: 'refused'; readonly issues: readonly ValidationIssue[] }
  /** It was good, but another item of an all-or-nothing batch was not. */
  | { readonly sku: string; readonly kind: 'held-back' };

class NotAll extends Error {}

/** Changes up to a thousand products, each on the revision its editor saw; one outcome an item, in order. */
export async function editBatch(
  pool: Pool,
  read: ProductReader,
  items: readonly BatchItem[],
  { allOrNothing = false, channels, ...options }: BatchOptions,
): Promise<BatchOutcome[]> {
  const known = new Map((await read.getBySku(items.map((item) => item.sku))).map((product) => [product.sku, product]));
  const outcomes: (BatchOutcome | undefined)[] = [];
  const writes: (DocumentWrite & { readonly at: number })[] = [];
  const seen = new Set<string>();
  for (const [at, item] of items.entries()) {
    const judged = seen.has(item.sku) ? refused(item, [issueOf('sku', item.sku, 'repeated')]) : await judge(read, item, known.get(item.sku), channels);
    seen.add(item.sku);
    if ('kind' in judged) outcomes[at] = judged;
    else writes.push({ ...judged, at });
  }
  const failed = () => outcomes.some((outcome) => outcome?.kind === 'stale' || outcome?.kind === 'refused');
  const overtaken: number[] = [];
  if (!(allOrNothing && failed())) {
    await inTransaction(pool, async (client) => {
      const written = await writeDocuments(client, writes, options);
      for (const [place, outcome] of written.entries()) {
        const { at, document } = writes[place] ?? { at: 0, document: undefined };
        if (outcome.kind === 'stale') overtaken.push(at);
        else if ('revision' in outcome) outcomes[at] = { sku: outcome.sku, kind: outcome.kind, revision: outcome.revision };
        else outcomes[at] = refused({ sku: document?.sku ?? outcome.sku }, outcomeIssues(outcome));
      }
      if (allOrNothing && (failed() || overtaken.length > 0)) throw new NotAll();
    }).catch((error: unknown) => {
      if (!(error instanceof NotAll)) throw error;
    });
  }
  for (const at of overtaken) outcomes[at] = await overtakenOutcome(read, items[at]);
  const keptNothing = allOrNothing && failed();
  return items.map((item, at): BatchOutcome => {
    const outcome = outcomes[at];
    return outcome && !(keptNothing && 'revision' in outcome) ? outcome : { sku: item.sku, kind: 'held-back' };
  });
}

function refused({ sku }: { readonly sku: string }, issues: readonly ValidationIssue[]): BatchOutcome {
  return { sku, kind: 'refused', issues };
}

async function judge(read: ProductReader, item: BatchItem, current: StoredProduct | undefined, channels: KnownChannels | undefined): Promise<BatchOutcome | DocumentWrite> {
  const { sku, basedOn, patch } = item;
  if (!current && basedOn !== 0) return refused(item, [issueOf('sku', sku, 'product-not-found', { sku })]);
  if (current && basedOn === 0) return refused(item, [issueOf('sku', sku, 'sku-taken', { sku })]);
  const base: ProductDocument = current?.document ?? completeDocument({ sku, title: '' });
  const prepared = prepareDocument(patchDocument(base, patch) as ProductInput, { channels, before: current?.document });
  if (current && current.revision !== basedOn) return stale(read, current, item, prepared);
  return 'issues' in prepared ? refused(item, prepared.issues) : { document: prepared.document, basedOn, ...(current && { before: current.document }) };
}

async function stale(read: ProductReader, current: StoredProduct, { sku, basedOn, patch }: BatchItem, prepared: ReturnType<typeof prepareDocument>): Promise<BatchOutcome> {
  const base = await read.revision(sku, basedOn);
  if (!base) return refused({ sku }, [issueOf('based_on', basedOn, 'revision-not-found', { sku, revision: basedOn })]);
  const wanted = 'issues' in prepared ? current.document : prepared.document;
  return { sku, kind: 'stale', current: current.revision, fields: staleFields(base.document, current.document, wanted, patchedPaths(patch)) };
}

async function overtakenOutcome(read: ProductReader, item: BatchItem | undefined): Promise<BatchOutcome> {
  const current = item && (await read.get(item.sku));
  if (!item || !current) return refused({ sku: item?.sku ?? '' }, [issueOf('sku', item?.sku, 'changed-meanwhile')]);
  return item.basedOn === 0
    ? refused(item, [issueOf('sku', item.sku, 'sku-taken', { sku: item.sku })])
    : stale(read, current, item, prepareDocument(patchDocument(current.document, item.patch) as ProductInput));
}

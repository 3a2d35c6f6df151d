import type { Pool, PoolClient } from 'pg';
import type { ProductDocument } from '../document/product-document.js';
import type { ValidationIssue } from '../faults/validation-issue.js';
import type { JobEnd, JobKind, JobRun } from '../jobs/job.js';
import { inTransaction } from '../write/in-transaction.js';
import { eachInTurns } from '../write/in-turns.js';
import { outcomeIssues } from '../write/outcome-issues.js';
import { spell, type SpelledDocument } from '../write/spelled-document.js';
import { type DocumentWrite, writeDocuments, type WriteOptions } from '../write/write-documents.js';
import { changedDocument, editedSince } from './changed-document.js';
import type { BulkRequest } from './bulk-scope.js';

export const BULK_EDIT = 'bulk-edit';
export const BULK_UNDO = 'bulk-undo';

export interface UndoRequest {
  /** The bulk job to take back. */
  readonly job: string;
  readonly products: number;
}

interface Checkpoint {
  /** The product after which the next batch begins. */
  readonly after: string;
  readonly changed: number;
  readonly unchanged: number;
  readonly refused: number;
}

interface PinnedProduct {
  readonly id: string;
  readonly sku: string;
  readonly before: number;
  readonly revision: number;
  /** Of revision `revision`, hex. */
  readonly digest: string;
  readonly document: ProductDocument;
}

/** `before` is given when `document` was made from the newest one. */
type Made = { readonly document: ProductDocument; readonly before?: ProductDocument } | { readonly issues: readonly ValidationIssue[] };
type Spelled = (Extract<Made, { readonly document: unknown }> & { readonly spelled: SpelledDocument }) | { readonly issues: readonly ValidationIssue[] };

interface BatchQuery {
  readonly name: string;
  readonly text: string;
}

interface PreparedBatch {
  /** Undefined: nothing was left. */
  readonly last: string | undefined;
  readonly made: readonly { readonly product: PinnedProduct; readonly made: Spelled }[];
}

const PER_BATCH = 500;
const START: Checkpoint = { after: '0', changed: 0, unchanged: 0, refused: 0 };

/** Applies one bulk edit to the products pinned when it was started, a batch a transaction. */
export function bulkEditKind(pool: Pool): JobKind<BulkRequest & { readonly products: number }, Checkpoint> {
  return {
    kind: BULK_EDIT,
    run: (job) =>
      runBatches(pool, job, PINNED, [], { author: job.author, cause: { kind: 'bulk', job: job.id } }, ({ document }) => ({
        ...changedDocument(document, job.request),
        before: document,
      })),
  };
}

/** Gives the products of a bulk job their former documents back, as new revisions. */
export function bulkUndoKind(pool: Pool): JobKind<UndoRequest, Checkpoint> {
  return {
    kind: BULK_UNDO,
    run: (job) =>
      runBatches(pool, job, FORMER, [job.request.job], { author: job.author, cause: { kind: 'bulk-undo', job: job.id, undoes: job.request.job } }, ({ document }) => ({
        document,
      })),
  };
}

/** Done where the database is busy with the batch before. */
function spelledOut(made: Made): Spelled {
  return 'issues' in made ? made : { ...made, spelled: spell(made.document, made.before) };
}

/** `document` is the one to begin from: of an edit the one that was seen, of an undo the one before the edit. */
const batchOf = (name: string, joins: string): BatchQuery => ({
  name,
  text: `SELECT c.product_id AS id, p.sku, c.before, p.revision, encode(p.digest, 'hex') AS digest, r.document
         FROM bulk_change c JOIN product p ON p.id = c.product_id ${joins}
         WHERE c.job_id = $1 AND c.product_id > $2 ORDER BY c.product_id LIMIT ${PER_BATCH}`,
});
const PINNED = batchOf('catalog-bulk-pinned', 'JOIN product_revision r ON r.product_id = p.id AND r.revision = c.before');
const FORMER = batchOf(
  'catalog-bulk-former',
  'JOIN bulk_change o ON o.job_id = $3 AND o.product_id = c.product_id JOIN product_revision r ON r.product_id = p.id AND r.revision = o.before',
);

async function runBatches(
  pool: Pool,
  job: JobRun<{ readonly products: number }, Checkpoint>,
  select: BatchQuery,
  more: readonly string[],
  options: WriteOptions,
  make: (product: PinnedProduct) => Made,
): Promise<JobEnd> {
  let state = job.checkpoint ?? START;
  const prepare = async (after: string): Promise<PreparedBatch> => {
    const { rows } = await pool.query<PinnedProduct>({ ...select, values: [job.id, after, ...more] });
    const made: PreparedBatch['made'][number][] = [];
    await eachInTurns(rows, (product) => void made.push({ product, made: spelledOut(make(product)) }));
    return { last: rows.at(-1)?.id, made };
  };
  let upcoming = prepare(state.after);
  upcoming.catch(() => undefined);
  for (;;) {
    job.signal.throwIfAborted();
    const batch = await upcoming;
    if (batch.last === undefined) break;
    const reached = batch.last;
    // The next documents are made while the database writes these; what changes meanwhile is noticed by its revision.
    const following = prepare(reached);
    following.catch(() => undefined);
    upcoming = following;
    state = await inTransaction(pool, async (client) => {
      const done = await changeBatch(client, job.id, batch.made, options);
      const next: Checkpoint = {
        after: reached,
        changed: state.changed + done.changed,
        unchanged: state.unchanged + done.unchanged,
        refused: state.refused + done.refused,
      };
      const { after: _after, ...counts } = next;
      await job.save(client, next, { done: counts.changed + counts.unchanged + counts.refused, total: job.request.products, unit: 'products' }, counts);
      return next;
    });
  }
  const { after: _after, ...counts } = state;
  return { state: 'done', counts };
}

async function changeBatch(client: PoolClient, jobId: string, batch: PreparedBatch['made'], options: WriteOptions) {
  const refusals: { sku: string; issues: readonly ValidationIssue[] }[] = [];
  const writes: DocumentWrite[] = [];
  const revisions = new Map(batch.map(({ product }) => [product.sku, product.revision]));
  for (const { product, made } of batch) {
    if (product.revision !== product.before) {
      refusals.push({ sku: product.sku, issues: editedSince(product.sku, product.revision) });
      continue;
    }
    if ('issues' in made) refusals.push({ sku: product.sku, issues: made.issues });
    else writes.push({ ...made, basedOn: product.before, standing: product });
  }
  const outcomes = writes.length === 0 ? [] : await writeDocuments(client, writes, options);
  const written: { id: string; after: number }[] = [];
  let unchanged = 0;
  for (const outcome of outcomes) {
    if (outcome.kind === 'updated' || outcome.kind === 'created') written.push({ id: outcome.productId, after: outcome.revision });
    else if (outcome.kind === 'unchanged') unchanged++;
    else refusals.push({ sku: outcome.sku, issues: outcome.kind === 'stale' ? editedSince(outcome.sku, revisions.get(outcome.sku) ?? 0) : outcomeIssues(outcome) });
  }
  await client.query({
    name: 'catalog-bulk-written',
    text: 'UPDATE bulk_change c SET after = w.after FROM unnest($2::bigint[], $3::integer[]) AS w (id, after) WHERE c.job_id = $1 AND c.product_id = w.id',
    values: [jobId, written.map((row) => row.id), written.map((row) => row.after)],
  });
  if (refusals.length > 0) {
    await client.query(`INSERT INTO bulk_refusal (job_id, sku, issues) SELECT $1, w.sku, w.issues FROM jsonb_to_recordset($2::jsonb) AS w (sku text, issues jsonb)`, [
      jobId,
      JSON.stringify(refusals),
    ]);
  }
  return { changed: written.length, unchanged, refused: refusals.length };
}

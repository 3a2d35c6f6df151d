import type { Pool } from 'pg';
import { BulkRefused } from '../catalog-error.js';
import { outcomeIssues } from '../write/outcome-issues.js';
import { inTransaction } from '../write/in-transaction.js';
import { writeDocuments } from '../write/write-documents.js';
import { changesBetween, type DocumentChange } from '../document/document-changes.js';
import type { ProductDocument } from '../document/product-document.js';
import type { ValidationIssue } from '../faults/validation-issue.js';
import { JobStore } from '../jobs/job-store.js';
import type { ListedCondition } from '../search/product-filter.js';
import { BULK_EDIT, BULK_UNDO, type UndoRequest } from './bulk-kinds.js';
import { type BulkRequest, MOST_PRODUCTS, pinScope, type PinnedScope, scopeCondition } from './bulk-scope.js';
import { changedDocument } from './changed-document.js';
import { type RefusalReason, RefusalReasons } from './refusal-reasons.js';

/** One product of a sample: what each changed field holds now and would hold. */
export interface SampledChange {
  readonly sku: string;
  readonly title: string;
  readonly changes: readonly DocumentChange[];
}

export interface BulkPreview extends PinnedScope {
  /** How many products were tried out; the figures below are of these. */
  readonly tried: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly refused: number;
  readonly sample: readonly SampledChange[];
  readonly refusals: readonly { readonly sku: string; readonly issues: readonly ValidationIssue[] }[];
  /** Why products tried would be refused, most of them first. */
  readonly reasons: readonly RefusalReason[];
  /** Fields that change in any product tried. */
  readonly fields: readonly string[];
}

const TRIED = 1_000;
const SAMPLE = 20;

/** Tries bulk edits out, starts them as jobs, and starts their undoing. */
export class BulkEditor {
  private readonly jobs: JobStore;

  constructor(
    private readonly pool: Pool,
    private readonly listed?: ListedCondition,
  ) {
    this.jobs = new JobStore(pool);
  }

  /** Counts the products and tries the operations out on the first thousand of them; nothing is kept. */
  async preview(request: BulkRequest): Promise<BulkPreview> {
    const scope = await pinScope(this.pool, request, this.listed);
    const values: unknown[] = [];
    const where = scopeCondition(request.filter, (value) => `$${values.push(value)}`, this.listed);
    const { rows } = await this.pool.query<{ document: ProductDocument; revision: number }>(
      `SELECT r.document, p.revision FROM product p JOIN product_revision r ON r.product_id = p.id AND r.revision = p.revision WHERE ${where} ORDER BY p.id LIMIT ${TRIED}`,
      values,
    );
    return { ...scope, ...(await this.tryOut(rows, request)) };
  }

  /**
   * Queues a bulk edit of exactly the products and revisions of the preview. Answers the job's id.
   * @throws BulkRefused when the products changed since, when there are none or too many
   */
  async start(request: BulkRequest, token: string, author: string): Promise<string> {
    return inTransaction(this.pool, async (client) => {
      const scope = await pinScope(client, request, this.listed);
      if (scope.token !== token) throw new BulkRefused('preview-outdated');
      if (scope.count > MOST_PRODUCTS) throw new BulkRefused('too-large-filter', { count: scope.count, max: MOST_PRODUCTS });
      const id = await this.jobs.enqueue(BULK_EDIT, author, { ...request, products: scope.count }, client);
      const values: unknown[] = [id];
      const where = scopeCondition(request.filter, (value) => `$${values.push(value)}`, this.listed);
      const { rowCount } = await client.query(`INSERT INTO bulk_change (job_id, product_id, before) SELECT $1, p.id, p.revision FROM product p WHERE ${where}`, values);
      // Between the two looks somebody may have added a product: then the person has not seen it.
      if (rowCount !== scope.count || (await pinScope(client, request, this.listed)).token !== token) throw new BulkRefused('preview-outdated');
      return id;
    });
  }

  /** Queues the undoing of a bulk edit: each product it changed and nobody edited since gets its former document as a new revision. */
  async undo(jobId: string, author: string): Promise<string> {
    return inTransaction(this.pool, async (client) => {
      const { rows } = await client.query<{ kind: string; state: string }>('SELECT kind, state FROM catalog_job WHERE id = $1 AND kind = ANY ($2) FOR UPDATE', [
        jobId,
        [BULK_EDIT, BULK_UNDO],
      ]);
      const job = rows[0];
      if (!job) throw new BulkRefused('bulk-not-found', { job: jobId });
      if (job.state === 'queued' || job.state === 'running' || job.state === 'held') throw new BulkRefused('bulk-running', { job: jobId });
      const { rows: changed } = await client.query<{ n: number }>('SELECT count(*)::integer AS n FROM bulk_change WHERE job_id = $1 AND after IS NOT NULL', [jobId]);
      const request: UndoRequest = { job: jobId, products: changed[0]?.n ?? 0 };
      const id = await this.jobs.enqueue(BULK_UNDO, author, request, client);
      await client.query('INSERT INTO bulk_change (job_id, product_id, before) SELECT $1, product_id, after FROM bulk_change WHERE job_id = $2 AND after IS NOT NULL', [id, jobId]);
      return id;
    });
  }

  /** Products that a job left as they were, with the reasons, by SKU. */
  async refusals(jobId: string, after: string | undefined, limit: number): Promise<{ sku: string; issues: ValidationIssue[] }[]> {
    const { rows } = await this.pool.query<{ sku: string; issues: ValidationIssue[] }>(
      'SELECT sku, issues FROM bulk_refusal WHERE job_id = $1 AND ($2::text IS NULL OR sku > $2) ORDER BY sku LIMIT $3',
      [jobId, after ?? null, limit],
    );
    return rows;
  }

  private async tryOut(rows: readonly { document: ProductDocument; revision: number }[], request: BulkRequest): Promise<Omit<BulkPreview, keyof PinnedScope>> {
    const refusals: { sku: string; issues: readonly ValidationIssue[] }[] = [];
    const wanted: { document: ProductDocument; basedOn: number }[] = [];
    for (const { document, revision } of rows) {
      const made = changedDocument(document, request);
      if ('issues' in made) refusals.push({ sku: document.sku, issues: made.issues });
      else wanted.push({ document: made.document, basedOn: revision });
    }
    const outcomes = await inTransaction(this.pool, (client) => writeDocuments(client, wanted, { author: 'preview', cause: { kind: 'bulk' } }), false);
    const before = new Map(rows.map((row) => [row.document.sku, row.document]));
    const fields = new Set<string>();
    const sample: SampledChange[] = [];
    let changed = 0;
    let unchanged = 0;
    outcomes.forEach((outcome, at) => {
      const document = wanted[at]?.document;
      const old = before.get(outcome.sku);
      if (outcome.kind === 'unchanged') unchanged++;
      else if (outcome.kind !== 'updated') refusals.push({ sku: outcome.sku, issues: outcomeIssues(outcome) });
      else if (document && old) {
        changed++;
        const changes = changesBetween(old, document);
        for (const { field } of changes) fields.add(field.split('.')[0] ?? field);
        if (sample.length < SAMPLE) sample.push({ sku: document.sku, title: old.title, changes });
      }
    });
    const reasons = new RefusalReasons();
    for (const { sku, issues } of refusals) reasons.add(sku, issues);
    return { tried: rows.length, changed, unchanged, refused: refusals.length, sample, refusals: refusals.slice(0, SAMPLE), reasons: reasons.list(), fields: [...fields] };
  }
}

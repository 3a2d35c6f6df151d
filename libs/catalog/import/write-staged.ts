import type { PoolClient } from 'pg';
import type { BarcodeClash } from '../catalog-error.js';
import type { ProductDocument } from '../document/product-document.js';
import type { ValidationIssue } from '../faults/validation-issue.js';
import type { RevisionCause } from '../write/revision-cause.js';
import { outcomeIssues } from '../write/outcome-issues.js';
import { refuseDocuments, type WriteOutcome, writeDocuments } from '../write/write-documents.js';
import type { PicturePort } from './picture-port.js';

const PER_BATCH = 1_000;

interface StagedProduct {
  readonly sku: string;
  readonly position: number;
  readonly place: string;
  readonly productId: string | null;
  readonly basedOn: number;
  readonly document: ProductDocument | null;
  readonly pictures: readonly string[] | null;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
}

export interface WriteContext {
  readonly client: PoolClient;
  readonly jobId: string;
  readonly author: string;
  readonly cause: RevisionCause;
  readonly pictures: PicturePort | undefined;
  /** Only says what would be refused. */
  readonly rehearsal: boolean;
}

/** What a batch changes of what was expected when the rows were read. */
export interface WrittenBatch {
  /** Position of the last product of the batch; undefined: nothing was left. */
  readonly last: number | undefined;
  readonly products: number;
  /** To be added to the counts of rows. */
  readonly correction: { created: number; updated: number; unchanged: number; failed: number };
  readonly refused: readonly { readonly sku: string; readonly position: number; readonly place: string; readonly issues: readonly ValidationIssue[] }[];
}

/** Carries the next staged products into the catalog, in the caller's transaction: revisions, outbox and prints of the rows together. */
export async function writeStaged(context: WriteContext, after: number): Promise<WrittenBatch> {
  const { client, jobId, rehearsal } = context;
  const { rows: staged } = await client.query<StagedProduct>({
    name: 'catalog-import-next',
    text: `SELECT sku, position, place, product_id AS "productId", based_on AS "basedOn", document, pictures, created, updated, unchanged
           FROM import_staged WHERE job_id = $1 AND position > $2 ORDER BY position LIMIT $3`,
    values: [jobId, after, PER_BATCH],
  });
  const outcomes = await (rehearsal ? rehearse(client, staged) : write(context, staged));
  return { last: staged.at(-1)?.position, products: staged.length, ...corrected(staged, outcomes) };
}

async function rehearse(client: PoolClient, staged: readonly StagedProduct[]): Promise<Map<string, WriteOutcome>> {
  return refuseDocuments(
    client,
    staged.flatMap((product) => product.document ?? []),
  );
}

async function write({ client, jobId, author, cause, pictures }: WriteContext, staged: readonly StagedProduct[]): Promise<Map<string, WriteOutcome>> {
  const writes = staged.flatMap(({ document, basedOn, place }) => (document ? [{ document, basedOn, cause: { ...cause, row: place } }] : []));
  const outcomes = new Map((await writeDocuments(client, writes, { author, cause })).map((outcome) => [outcome.sku, outcome]));
  const taken = staged.flatMap(({ sku, productId, basedOn, document }) => {
    const outcome = outcomes.get(sku);
    if (!document) return productId === null ? [] : [{ sku, id: productId, revision: basedOn }];
    return outcome && 'productId' in outcome ? [{ sku, id: outcome.productId, revision: outcome.revision }] : [];
  });
  await client.query({
    name: 'catalog-import-prints',
    text: `INSERT INTO import_print AS i (product_id, source, print, revision)
           SELECT w.id, u.source, u.print, w.revision
           FROM unnest($2::text[], $3::bigint[], $4::integer[]) AS w (sku, id, revision)
           JOIN import_staged s ON s.job_id = $1 AND s.sku = w.sku
           CROSS JOIN LATERAL unnest(s.sources, s.prints) AS u (source, print)
           ON CONFLICT (product_id, source) DO UPDATE SET print = excluded.print, revision = excluded.revision
           WHERE (i.print, i.revision) IS DISTINCT FROM (excluded.print, excluded.revision)`,
    values: [jobId, taken.map((t) => t.sku), taken.map((t) => t.id), taken.map((t) => t.revision)],
  });
  if (pictures) {
    const ids = new Map(taken.map((t) => [t.sku, t.id]));
    const wishes = staged.flatMap(({ sku, place, pictures: addresses }) => {
      const productId = ids.get(sku);
      return addresses && productId !== undefined ? [{ productId, sku, place, addresses }] : [];
    });
    if (wishes.length > 0) await pictures.want(client, jobId, wishes);
  }
  return outcomes;
}

/** Barcodes that two products of the file want: the later one is refused and is staged no more. */
export async function refuseSharedBarcodes(client: PoolClient, jobId: string): Promise<Pick<WrittenBatch, 'refused' | 'correction'>> {
  const { rows } = await client.query<{ sku: string; barcode: string; owner: string }>(
    `SELECT sku, barcode, owner FROM (
       SELECT s.sku, b.barcode, first_value(s.sku) OVER (PARTITION BY b.barcode ORDER BY s.position) AS owner
       FROM import_staged s CROSS JOIN LATERAL unnest(s.barcodes) AS b (barcode) WHERE s.job_id = $1 AND s.document IS NOT NULL
     ) AS claimed WHERE owner <> sku`,
    [jobId],
  );
  const clashes = new Map<string, BarcodeClash[]>();
  for (const { sku, barcode, owner } of rows) clashes.set(sku, [...(clashes.get(sku) ?? []), { barcode, ownerSku: owner, sku }]);
  const { rows: staged } = await client.query<StagedProduct>(
    `DELETE FROM import_staged WHERE job_id = $1 AND sku = ANY ($2::text[]) RETURNING sku, position, place, created, updated, unchanged`,
    [jobId, [...clashes.keys()]],
  );
  return corrected(staged, new Map([...clashes].map(([sku, of]) => [sku, { sku, kind: 'barcode-taken', clashes: of }])));
}

/** What the outcomes change of what was expected of the rows. */
function corrected(staged: readonly StagedProduct[], outcomes: ReadonlyMap<string, WriteOutcome>): Pick<WrittenBatch, 'refused' | 'correction'> {
  const correction = { created: 0, updated: 0, unchanged: 0, failed: 0 };
  const refused: WrittenBatch['refused'][number][] = [];
  for (const { sku, position, place, created, updated, unchanged } of staged) {
    const outcome = outcomes.get(sku);
    const issues = outcome ? outcomeIssues(outcome) : [];
    const moved = issues.length > 0 ? 'failed' : outcome?.kind === 'unchanged' ? 'unchanged' : undefined;
    if (moved === undefined) continue;
    correction.created -= created;
    correction.updated -= updated;
    correction.unchanged -= unchanged;
    correction[moved] += created + updated + unchanged;
    if (moved === 'failed') refused.push({ sku, position, place, issues });
  }
  return { correction, refused };
}

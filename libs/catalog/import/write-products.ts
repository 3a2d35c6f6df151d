import type { PoolClient } from 'pg';
import type { BarcodeClash } from '../catalog-error.js';
import type { ProductDocument } from '../document/product-document.js';
import type { ValidationIssue } from '../faults/validation-issue.js';
import type { RevisionCause } from '../write/revision-cause.js';
import type { SpelledDocument } from '../write/spelled-document.js';
import { outcomeIssues } from '../write/outcome-issues.js';
import type { KnownProduct } from '../write/write-parameters.js';
import { refuseDocuments, type WriteOutcome, writeDocuments } from '../write/write-documents.js';
import type { PicturePort } from './picture-port.js';
import type { StagedRow } from './stage-rows.js';

const PER_BATCH = 1_000;

/** A product as the rows of an import want it. */
export interface WantedProduct {
  readonly sku: string;
  /** Of the first row that spoke of it. */
  readonly position: number;
  readonly place: string;
  readonly productId: string | null;
  readonly basedOn: number;
  /** Null when the product says this already: only the prints of its rows are new. */
  readonly document: ProductDocument | null;
  /** When it is at hand. */
  readonly spelled?: SpelledDocument;
  /** The product as it stood when the row was read, null when there was none; absent: to be looked up. */
  readonly standing?: KnownProduct | null;
  readonly pictures: readonly string[] | null;
  /** Rows of the file by what becomes of them. */
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly sources: readonly string[];
  readonly prints: readonly string[];
}

/** A row just read as the product it wants. */
export function asWanted({ sku, position, place, standing, document, spelled, pictures, outcome, source, print }: StagedRow): WantedProduct {
  return {
    sku,
    position,
    place,
    productId: standing?.id ?? null,
    basedOn: standing?.revision ?? 0,
    document: document ?? null,
    spelled,
    standing: standing ?? null,
    pictures: pictures ?? null,
    created: outcome === 'created' ? 1 : 0,
    updated: outcome === 'updated' ? 1 : 0,
    unchanged: outcome === 'unchanged' ? 1 : 0,
    sources: [source],
    prints: [print],
  };
}

export interface WriteContext {
  readonly client: PoolClient;
  readonly jobId: string;
  readonly author: string;
  readonly cause: RevisionCause;
  readonly pictures: PicturePort | undefined;
}

/** What a batch changes of what was expected when the rows were read. */
export interface WrittenBatch {
  /** To be added to the counts of rows. */
  readonly correction: { created: number; updated: number; unchanged: number; failed: number };
  readonly refused: readonly { readonly sku: string; readonly position: number; readonly place: string; readonly issues: readonly ValidationIssue[] }[];
}

/** The next staged products in the order of the file, after a position. */
export async function nextStaged(client: PoolClient, jobId: string, after: number): Promise<WantedProduct[]> {
  const { rows } = await client.query<WantedProduct>({
    name: 'catalog-import-next',
    text: `SELECT sku, position, place, product_id AS "productId", based_on AS "basedOn", document, pictures, created, updated, unchanged, sources, prints
           FROM import_staged WHERE job_id = $1 AND position > $2 ORDER BY position LIMIT $3`,
    values: [jobId, after, PER_BATCH],
  });
  return rows;
}

/** Carries products into the catalog, in the caller's transaction: revisions, outbox and prints of the rows together. */
export async function writeProducts({ client, jobId, author, cause, pictures }: WriteContext, wanted: readonly WantedProduct[]): Promise<WrittenBatch> {
  const writes = wanted.flatMap(({ document, spelled, standing, basedOn, place }) => (document ? [{ document, basedOn, standing, cause: { ...cause, row: place }, spelled }] : []));
  const outcomes = new Map((await writeDocuments(client, writes, { author, cause })).map((outcome) => [outcome.sku, outcome]));
  const taken = wanted.flatMap((product) => {
    const outcome = outcomes.get(product.sku);
    if (!product.document) return product.productId === null ? [] : [{ product, id: product.productId, revision: product.basedOn }];
    return outcome && 'productId' in outcome ? [{ product, id: outcome.productId, revision: outcome.revision }] : [];
  });
  const wishes = pictures
    ? taken.flatMap(({ product: { sku, place, pictures: addresses }, id, revision }) => (addresses ? [{ productId: id, sku, revision, place, addresses }] : []))
    : [];
  // A row whose pictures are still to come keeps no print: if they fail, the same file brings them the next time.
  const unfinished = new Set(wishes.map(({ productId }) => productId));
  await writePrints(
    client,
    taken.flatMap(({ product: { sources, prints }, id, revision }) => (unfinished.has(id) ? [] : sources.map((source, i) => ({ id, source, print: prints[i] ?? '0', revision })))),
  );
  if (wishes.length > 0) await pictures?.want(client, jobId, wishes);
  return corrected(wanted, outcomes);
}

/** What would be refused; nothing is written. */
export async function rehearse(client: PoolClient, wanted: readonly WantedProduct[]): Promise<WrittenBatch> {
  const documents = wanted.flatMap(({ document }) => document ?? []);
  return corrected(wanted, await refuseDocuments(client, documents));
}

async function writePrints(
  client: PoolClient,
  rows: readonly { readonly id: string; readonly source: string; readonly print: string; readonly revision: number }[],
): Promise<void> {
  if (rows.length === 0) return;
  await client.query({
    name: 'catalog-import-prints',
    text: `INSERT INTO import_print AS i (product_id, source, print, revision)
           SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::integer[])
           ON CONFLICT (product_id, source) DO UPDATE SET print = excluded.print, revision = excluded.revision
           WHERE (i.print, i.revision) IS DISTINCT FROM (excluded.print, excluded.revision)`,
    values: [rows.map((row) => row.id), rows.map((row) => row.source), rows.map((row) => row.print), rows.map((row) => row.revision)],
  });
}

/** Barcodes that two products of the file want: the later one is refused and is staged no more. */
export async function refuseSharedBarcodes(client: PoolClient, jobId: string): Promise<WrittenBatch> {
  const { rows } = await client.query<{ sku: string; barcode: string; owner: string }>(
    `SELECT sku, barcode, owner FROM (
       SELECT s.sku, b.barcode, first_value(s.sku) OVER (PARTITION BY b.barcode ORDER BY s.position) AS owner
       FROM import_staged s CROSS JOIN LATERAL unnest(s.barcodes) AS b (barcode) WHERE s.job_id = $1 AND s.document IS NOT NULL
     ) AS claimed WHERE owner <> sku`,
    [jobId],
  );
  const clashes = new Map<string, BarcodeClash[]>();
  for (const { sku, barcode, owner } of rows) clashes.set(sku, [...(clashes.get(sku) ?? []), { barcode, ownerSku: owner, sku }]);
  const { rows: staged } = await client.query<WantedProduct>(
    `DELETE FROM import_staged WHERE job_id = $1 AND sku = ANY ($2::text[]) RETURNING sku, position, place, created, updated, unchanged`,
    [jobId, [...clashes.keys()]],
  );
  return corrected(staged, new Map([...clashes].map(([sku, of]) => [sku, { sku, kind: 'barcode-taken', clashes: of }])));
}

/** What the outcomes change of what was expected of the rows. */
function corrected(staged: readonly WantedProduct[], outcomes: ReadonlyMap<string, WriteOutcome>): WrittenBatch {
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

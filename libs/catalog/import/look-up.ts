import type { PoolClient } from 'pg';
import type { ProductDocument } from '../document/product-document.js';

/** A row as it is looked for: by sku, with what it says under which source. */
export interface Wanted {
  readonly sku: string;
  readonly source: string;
  readonly print: string;
}

/** The product behind a row. `document` is absent when the row says what it said last time and nobody changed the product since. */
export interface Standing {
  readonly sku: string;
  readonly id: string;
  readonly revision: number;
  readonly digest: string;
  readonly document: ProductDocument | null;
  /** Id of the import that made this revision. */
  readonly job: string | null;
  /** Name of the file that made it, when an import did. */
  readonly file: string | null;
}

/** What earlier rows of the same import made of a product; not written yet. */
export interface Staged {
  readonly sku: string;
  readonly digest: string;
  readonly document: ProductDocument | null;
}

/** The products of these rows by sku. `trustPrints` false: documents are given whatever the rows said before. */
export async function lookUpProducts(client: PoolClient, wanted: readonly Wanted[], trustPrints: boolean): Promise<Map<string, Standing>> {
  const { rows } = await client.query<[string, string, number, string, ProductDocument | null, string | null, string | null]>({
    name: 'catalog-import-look-up',
    rowMode: 'array',
    text: `SELECT p.sku, p.id, p.revision, encode(p.digest, 'hex'), r.document, r.cause ->> 'job', r.cause ->> 'file'
           FROM unnest($1::text[], $2::bigint[], $3::bigint[]) AS w (sku, source, print)
           JOIN product p ON p.sku = w.sku
           LEFT JOIN import_print i ON i.product_id = p.id AND i.source = w.source AND i.print = w.print AND i.revision = p.revision AND $4
           LEFT JOIN product_revision r ON r.product_id = p.id AND r.revision = p.revision AND i.product_id IS NULL`,
    values: [wanted.map((w) => w.sku), wanted.map((w) => w.source), wanted.map((w) => w.print), trustPrints],
  });
  return new Map(rows.map(([sku, id, revision, digest, document, job, file]) => [sku, { sku, id, revision, digest, document, job, file }]));
}

/** Documents of products whose rows said the same as last time, when they are needed after all. */
export async function lookUpDocuments(client: PoolClient, skus: readonly string[]): Promise<Map<string, ProductDocument>> {
  const { rows } = await client.query<{ sku: string; document: ProductDocument }>(
    `SELECT p.sku, r.document FROM product p JOIN product_revision r ON r.product_id = p.id AND r.revision = p.revision WHERE p.sku = ANY ($1::text[])`,
    [skus],
  );
  return new Map(rows.map((row) => [row.sku, row.document]));
}

export async function lookUpStaged(client: PoolClient, jobId: string, skus: readonly string[]): Promise<Map<string, Staged>> {
  const { rows } = await client.query<Staged>({
    name: 'catalog-import-staged',
    text: 'SELECT sku, digest, document FROM import_staged WHERE job_id = $1 AND sku = ANY ($2::text[])',
    values: [jobId, skus],
  });
  return new Map(rows.map((row) => [row.sku, row]));
}

/** SKUs by "system:id": what this import staged comes first, then the catalog. */
export async function lookUpExternal(client: PoolClient, jobId: string, ids: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await client.query<{ id: string; sku: string }>({
    name: 'catalog-import-external',
    text: `SELECT DISTINCT ON (id) id, sku FROM (
             SELECT external_id AS id, sku, 0 AS rank, position::bigint AS age FROM import_staged WHERE job_id = $1 AND external_id = ANY ($2::text[])
             UNION ALL
             SELECT e.external_id, p.sku, 1, p.id FROM product_external_id e JOIN product p ON p.id = e.product_id WHERE e.external_id = ANY ($2::text[])
           ) AS found ORDER BY id, rank, age`,
    values: [jobId, ids],
  });
  return new Map(rows.map((row) => [row.id, row.sku]));
}

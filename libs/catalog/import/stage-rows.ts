import type { PoolClient } from 'pg';
import type { ProductDocument } from '../document/product-document.js';
import type { SpelledDocument } from '../write/spelled-document.js';
import type { KnownProduct } from '../write/write-parameters.js';

export interface StagedRow {
  readonly sku: string;
  readonly position: number;
  readonly place: string;
  /** The product that the row changes. */
  readonly standing: KnownProduct | undefined;
  /** Undefined when the product says this already. */
  readonly document: ProductDocument | undefined;
  readonly spelled: SpelledDocument;
  readonly title: string;
  readonly category: string;
  readonly model: string | undefined;
  readonly archived: boolean;
  readonly barcodes: readonly string[];
  readonly pictures: readonly string[] | undefined;
  readonly externalId: string | undefined;
  readonly outcome: 'created' | 'updated' | 'unchanged';
  readonly source: string;
  readonly print: string;
}

export interface RowKey {
  readonly sku: string;
  readonly part: string;
  readonly place: string;
}

/**
 * Notes that the import met these rows. Answers, by index, the place at which the product of a row stood before in the same part;
 * the first row of a product is not among them.
 */
export async function claimKeys(client: PoolClient, jobId: string, keys: readonly RowKey[]): Promise<Map<number, string>> {
  if (keys.length === 0) return new Map();
  const columns = [keys.map((key) => key.sku), keys.map((key) => key.part), keys.map((key) => key.place)];
  const { rowCount } = await client.query({
    name: 'catalog-import-keys',
    text: `INSERT INTO import_key (job_id, sku, part, place) SELECT $1, k.sku, k.part, k.place FROM unnest($2::text[], $3::text[], $4::text[]) AS k (sku, part, place)
           ON CONFLICT DO NOTHING`,
    values: [jobId, ...columns],
  });
  if (rowCount === keys.length) return new Map();
  const { rows } = await client.query<{ index: string; place: string }>(
    `SELECT k.index - 1 AS index, f.place FROM unnest($2::text[], $3::text[], $4::text[]) WITH ORDINALITY AS k (sku, part, place, index)
     JOIN import_key f ON f.job_id = $1 AND f.sku = k.sku AND f.part = k.part AND f.place <> k.place`,
    [jobId, ...columns],
  );
  return new Map(rows.map((row) => [Number(row.index), row.place]));
}

/**
 * Keeps products as the import wants them. What is staged already takes the newer document and both rows' prints. Products
 * in `rows` must differ in their sku.
 */
export async function stageRows(client: PoolClient, jobId: string, rows: readonly StagedRow[]): Promise<void> {
  if (rows.length === 0) return;
  await client.query({ name: 'catalog-import-stage', text: STAGE, values: [jobId, `[${rows.map(recordText).join(',')}]`] });
}

/** The canonical document goes in as it is: parsing it into an object and out again would only cost time. */
function recordText({ document, spelled: { text, digest }, standing, ...row }: StagedRow): string {
  const head = JSON.stringify({ ...row, digest, productId: standing?.id, basedOn: standing?.revision ?? 0 });
  return document === undefined ? head : `${head.slice(0, -1)},"document":${text}}`;
}

const STAGE = `
  INSERT INTO import_staged AS s (job_id, sku, position, place, product_id, based_on, document, digest, title, category, model, archived, barcodes, pictures,
    external_id, created, updated, unchanged, sources, prints)
  SELECT $1, r.sku, r.position, r.place, r."productId", r."basedOn", r.document, r.digest, r.title, r.category, r.model, r.archived, r.barcodes, r.pictures,
    r."externalId", (r.outcome = 'created')::integer, (r.outcome = 'updated')::integer, (r.outcome = 'unchanged')::integer, ARRAY[r.source], ARRAY[r.print]
  FROM json_to_recordset($2::json) AS r (sku text, position integer, place text, "productId" bigint, "basedOn" integer, document json, digest text, title text,
    category text, model text, archived boolean, barcodes text[], pictures text[], "externalId" text, outcome text, source bigint, print bigint)
  ON CONFLICT (job_id, sku) DO UPDATE SET
    document = coalesce(excluded.document, s.document), digest = excluded.digest, title = excluded.title, category = excluded.category, model = excluded.model,
    archived = excluded.archived, barcodes = excluded.barcodes, pictures = coalesce(excluded.pictures, s.pictures), external_id = coalesce(s.external_id, excluded.external_id),
    created = s.created + excluded.created, updated = s.updated + excluded.updated, unchanged = s.unchanged + excluded.unchanged,
    sources = s.sources || excluded.sources, prints = s.prints || excluded.prints`;

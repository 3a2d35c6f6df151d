import type { PoolClient } from 'pg';
import type { BarcodeClash } from '../catalog-error.js';
import { canonicalText, documentDigest } from '../document/canonical-document.js';
import type { ProductDocument } from '../document/product-document.js';
import type { RevisionCause } from './revision-cause.js';
import { saveModels } from './save-models.js';

export interface DocumentWrite {
  readonly document: ProductDocument;
  /** The revision the change was based on; 0 when the product must be new; absent when whatever stands may be replaced. */
  readonly basedOn?: number;
}

export interface WriteOptions {
  readonly author: string;
  readonly cause: RevisionCause;
  /** A draft gets a revision that waits for approval; channels go on with the approved one. */
  readonly draft?: boolean;
}

export type WriteOutcome =
  | { readonly sku: string; readonly kind: 'created' | 'updated' | 'unchanged'; readonly productId: string; readonly revision: number }
  | { readonly sku: string; readonly kind: 'stale' }
  | { readonly sku: string; readonly kind: 'barcode-taken'; readonly clashes: readonly BarcodeClash[] }
  | { readonly sku: string; readonly kind: 'unknown-media'; readonly digests: readonly string[] };

interface WrittenRow {
  sku: string;
  id: string;
  revision: number;
  kind: 'created' | 'updated' | 'unchanged';
}

/**
 * Writes checked documents in the caller's transaction: revisions, barcodes, categories, models and outbox together, only
 * for those whose digest changed. One outcome a document, in the order given; documents must differ in their sku.
 * Fails with PostgreSQL's unique violation when another transaction takes a barcode at the same moment.
 */
export async function writeDocuments(client: PoolClient, writes: readonly DocumentWrite[], options: WriteOptions): Promise<WriteOutcome[]> {
  const refused = await findRefusals(
    client,
    writes.map((w) => w.document),
  );
  const accepted = writes.filter((w) => !refused.has(w.document.sku));
  await saveModels(
    client,
    accepted.map((w) => w.document),
  );

  const rows = accepted.map(({ document, basedOn }) => ({
    sku: document.sku,
    digest: documentDigest(document),
    based_on: basedOn ?? null,
    title: document.title,
    category: document.category,
    model: document.model?.code ?? null,
    archived: document.archived,
    barcodes: document.barcodes,
  }));
  const documents = `[${accepted.map((w) => canonicalText(w.document)).join(',')}]`;
  const { rows: written } = await client.query<WrittenRow>({
    name: 'catalog-write-documents',
    text: WRITE,
    values: [JSON.stringify(rows), documents, options.author, JSON.stringify(options.cause), options.draft !== true],
  });
  const bySku = new Map(written.map((row) => [row.sku, row]));
  return writes.map(({ document: { sku } }): WriteOutcome => {
    const row = bySku.get(sku);
    if (row) return { sku, kind: row.kind, productId: row.id, revision: row.revision };
    return refused.get(sku) ?? { sku, kind: 'stale' };
  });
}

async function findRefusals(client: PoolClient, documents: readonly ProductDocument[]): Promise<Map<string, WriteOutcome>> {
  const refused = new Map<string, WriteOutcome>();
  const clashes = await findBarcodeClashes(client, documents);
  for (const clash of clashes) {
    const known = refused.get(clash.sku);
    const before = known?.kind === 'barcode-taken' ? known.clashes : [];
    refused.set(clash.sku, { sku: clash.sku, kind: 'barcode-taken', clashes: [...before, clash] });
  }
  const unknown = await findUnknownMedia(client, documents);
  if (unknown.size > 0) {
    for (const document of documents) {
      const digests = mediaOf(document).filter((digest) => unknown.has(digest));
      if (digests.length > 0 && !refused.has(document.sku)) refused.set(document.sku, { sku: document.sku, kind: 'unknown-media', digests });
    }
  }
  return refused;
}

async function findBarcodeClashes(client: PoolClient, documents: readonly ProductDocument[]): Promise<BarcodeClash[]> {
  const clashes: BarcodeClash[] = [];
  const first = new Map<string, string>();
  for (const { sku, barcodes } of documents) {
    for (const barcode of barcodes) {
      const ownerSku = first.get(barcode);
      if (ownerSku === undefined) first.set(barcode, sku);
      else clashes.push({ barcode, ownerSku, sku });
    }
  }
  if (first.size === 0) return clashes;
  const { rows } = await client.query<BarcodeClash>({
    name: 'catalog-barcode-clashes',
    text: `SELECT w.barcode, p.sku AS "ownerSku", w.sku
           FROM unnest($1::text[], $2::text[]) AS w (barcode, sku)
           JOIN product_barcode b ON b.barcode = w.barcode
           JOIN product p ON p.id = b.product_id AND p.sku <> w.sku`,
    values: [[...first.keys()], [...first.values()]],
  });
  return [...clashes, ...rows];
}

async function findUnknownMedia(client: PoolClient, documents: readonly ProductDocument[]): Promise<Set<string>> {
  const digests = [...new Set(documents.flatMap(mediaOf))];
  if (digests.length === 0) return new Set();
  const { rows } = await client.query<{ digest: string }>({
    name: 'catalog-unknown-media',
    text: `SELECT w.digest FROM unnest($1::text[]) AS w (digest) WHERE NOT EXISTS (SELECT FROM media m WHERE m.digest = w.digest)`,
    values: [digests],
  });
  return new Set(rows.map((row) => row.digest));
}

function mediaOf(document: ProductDocument): string[] {
  const overridden = Object.values(document.overrides ?? {}).flatMap((o) => o.media ?? []);
  return [...document.media, ...overridden].map((m) => m.digest);
}

/*
 * The filter on `input` keeps unchanged products out of the upsert altogether: a conflict whose WHERE is false would still
 * lock, and so write, the row.
 */
const WRITE = `
  WITH head AS (
    SELECT * FROM jsonb_to_recordset($1::jsonb)
      AS h (sku text, digest text, based_on integer, title text, category text, model text, archived boolean, barcodes text[])
  ), body AS (
    SELECT document ->> 'sku' AS sku, document FROM jsonb_array_elements($2::jsonb) AS d (document)
  ), input AS (
    SELECT h.*, b.document, decode(h.digest, 'hex') AS sum, m.id AS model_id, p.id AS old_id, p.digest AS old_sum, p.revision AS old_revision
    FROM head h
    JOIN body b USING (sku)
    LEFT JOIN product_model m ON m.code = h.model
    LEFT JOIN product p ON p.sku = h.sku
  ), wanted AS (
    SELECT * FROM input
    WHERE old_sum IS DISTINCT FROM sum AND (based_on IS NULL OR based_on = coalesce(old_revision, 0))
  ), written AS (
    INSERT INTO product AS p (sku, revision, approved_revision, model_id, title, category, archived, digest)
    SELECT sku, 1, CASE WHEN $5 THEN 1 END, model_id, title, category, archived, sum FROM wanted ORDER BY sku
    ON CONFLICT (sku) DO UPDATE SET
      revision = p.revision + 1,
      approved_revision = CASE WHEN $5 THEN p.revision + 1 ELSE p.approved_revision END,
      model_id = excluded.model_id, title = excluded.title, category = excluded.category, archived = excluded.archived,
      digest = excluded.digest, updated_at = now()
    WHERE p.revision = (SELECT w.old_revision FROM wanted w WHERE w.sku = p.sku)
    RETURNING p.id, p.sku, p.revision
  ), revisions AS (
    INSERT INTO product_revision (product_id, revision, document, digest, author, cause, approved)
    SELECT w.id, w.revision, i.document, i.sum, $3, $4::jsonb, $5 FROM written w JOIN wanted i USING (sku)
  ), released AS (
    DELETE FROM product_barcode b USING written w, wanted i
    WHERE i.sku = w.sku AND b.product_id = w.id AND NOT (b.barcode = ANY (i.barcodes))
  ), taken AS (
    INSERT INTO product_barcode (barcode, product_id)
    SELECT code, w.id FROM written w JOIN wanted i USING (sku), unnest(i.barcodes) AS code
    WHERE NOT EXISTS (SELECT FROM product_barcode b WHERE b.barcode = code AND b.product_id = w.id)
  ), paths AS (
    SELECT DISTINCT array_to_string(parts[1:depth], ' / ') AS path, nullif(array_to_string(parts[1:depth - 1], ' / '), '') AS parent
    FROM (SELECT DISTINCT string_to_array(category, ' / ') AS parts FROM wanted WHERE category <> '') c,
      generate_series(1, cardinality(parts)) AS depth
  ), categories AS (
    INSERT INTO category (path, parent) SELECT path, parent FROM paths t
    WHERE NOT EXISTS (SELECT FROM category c WHERE c.path = t.path)
    ORDER BY path
    ON CONFLICT (path) DO NOTHING
  ), announced AS (
    INSERT INTO outbox (topic, product_id, revision) SELECT 'product', id, revision FROM written
  )
  SELECT sku, id, revision, CASE revision WHEN 1 THEN 'created' ELSE 'updated' END AS kind FROM written
  UNION ALL
  SELECT sku, old_id, old_revision, 'unchanged' FROM input WHERE old_sum = sum AND coalesce(based_on, 1) > 0`;

import type { PoolClient } from 'pg';
import type { BarcodeClash } from '../catalog-error.js';
import { canonicalText, textDigest } from '../document/canonical-document.js';
import type { ProductDocument } from '../document/product-document.js';
import { declaredIn } from '../attributes/attribute-declaration.js';
import { fitAttributes, wrongAttributes, type Declared } from '../attributes/check-attributes.js';
import { declarationsFor } from '../attributes/declaration-store.js';
import type { ValidationIssue } from '../faults/validation-issue.js';
import { attributeKeys } from '../search/attribute-keys.js';
import { announceHolders } from './bundle-holders.js';
import { findBundleFaults } from './bundle-faults.js';
import { becomesDraft } from './edit-approval.js';
import { findBarcodeClashes, findUnknownMedia } from './identity-refusals.js';
import { findTwins, variantKey } from './variant-twins.js';
import type { RevisionCause } from './revision-cause.js';
import { saveModels } from './save-models.js';

export interface DocumentWrite {
  readonly document: ProductDocument;
  /** The revision the change was based on; 0 when the product must be new; absent when whatever stands may be replaced. */
  readonly basedOn?: number;
  /** Instead of the cause of the whole write: the row of a file, for one. */
  readonly cause?: RevisionCause;
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
  | { readonly sku: string; readonly kind: 'unknown-media'; readonly digests: readonly string[] }
  /** It breaks a rule of the whole catalog: a declared attribute, a variant's twin, a bundle. */
  | { readonly sku: string; readonly kind: 'invalid'; readonly issues: readonly ValidationIssue[] };

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
export async function writeDocuments(client: PoolClient, given: readonly DocumentWrite[], options: WriteOptions): Promise<WriteOutcome[]> {
  const declared = await declarationsOf(
    client,
    given.map((w) => w.document),
  );
  const writes = given.map(({ document, ...rest }) => ({ document: fitAttributes(document, declared(document.category)), ...rest }));
  const refused = await findRefusals(
    client,
    writes.map((w) => w.document),
    declared,
  );
  const accepted = writes.filter((w) => !refused.has(w.document.sku));
  await saveModels(
    client,
    accepted.map((w) => w.document),
  );

  const texts = accepted.map((w) => canonicalText(w.document));
  const rows = accepted.map(({ document, basedOn, cause }, i) => ({
    sku: document.sku,
    digest: textDigest(texts[i] ?? ''),
    based_on: basedOn ?? null,
    title: document.title,
    category: document.category,
    model: document.model?.code ?? null,
    archived: document.archived,
    barcodes: document.barcodes,
    brand: document.brand ?? null,
    variant: variantKey(document) ?? null,
    keys: attributeKeys(document),
    components: document.components ?? [],
    external_ids: Object.entries(document.externalIds ?? {}).map(([system, id]) => `${system}:${id}`),
    cause: cause ?? null,
  }));
  const documents = `[${texts.join(',')}]`;
  const { rows: written } = await client.query<WrittenRow>({
    name: 'catalog-write-documents',
    text: WRITE,
    values: [JSON.stringify(rows), documents, options.author, JSON.stringify(options.cause), !(await becomesDraft(client, options.draft, options.cause))],
  });
  const changed = written.filter((row) => row.kind !== 'unchanged').map((row) => row.id);
  if (changed.length > 0) await announceHolders(client, changed);
  const bySku = new Map(written.map((row) => [row.sku, row]));
  return writes.map(({ document: { sku } }): WriteOutcome => {
    const row = bySku.get(sku);
    if (row) return { sku, kind: row.kind, productId: row.id, revision: row.revision };
    return refused.get(sku) ?? { sku, kind: 'stale' };
  });
}

/** What `writeDocuments` would refuse of these documents as the catalog stands; the others are not among the answers. Writes nothing. */
export async function refuseDocuments(client: PoolClient, given: readonly ProductDocument[]): Promise<Map<string, WriteOutcome>> {
  const declared = await declarationsOf(client, given);
  return findRefusals(
    client,
    given.map((document) => fitAttributes(document, declared(document.category))),
    declared,
  );
}

async function findRefusals(client: PoolClient, documents: readonly ProductDocument[], declared: (category: string) => Declared): Promise<Map<string, WriteOutcome>> {
  const refused = new Map<string, WriteOutcome>();
  for (const clash of await findBarcodeClashes(client, documents)) {
    const known = refused.get(clash.sku);
    const before = known?.kind === 'barcode-taken' ? known.clashes : [];
    refused.set(clash.sku, { sku: clash.sku, kind: 'barcode-taken', clashes: [...before, clash] });
  }
  for (const [sku, digests] of await findUnknownMedia(client, documents)) if (!refused.has(sku)) refused.set(sku, { sku, kind: 'unknown-media', digests });
  const twins = await findTwins(client, documents);
  const bundles = await findBundleFaults(client, documents);
  for (const document of documents) {
    const { sku } = document;
    const twin = twins.get(sku);
    const issues = [...wrongAttributes(document, declared(document.category)), ...(twin ? [twin] : []), ...(bundles.get(sku) ?? [])];
    if (issues.length > 0 && !refused.has(sku)) refused.set(sku, { sku, kind: 'invalid', issues });
  }
  return refused;
}

/** Answers what is declared in a category of these documents. */
async function declarationsOf(client: PoolClient, documents: readonly ProductDocument[]): Promise<(category: string) => Declared> {
  const categories = new Set(documents.map((document) => document.category));
  const declarations = await declarationsFor(client, categories);
  const known = new Map(declarations.length === 0 ? [] : [...categories].map((category) => [category, declaredIn(category, declarations)]));
  const nothing: Declared = new Map();
  return (category) => known.get(category) ?? nothing;
}

/*
 * The filter on `input` keeps unchanged products out altogether: a conflict whose WHERE is false would still lock, and so
 * write, the row. New and standing products are told apart, because a conflict costs a look through all of `wanted` each.
 */
const WRITE = `
  WITH head AS (
    SELECT * FROM jsonb_to_recordset($1::jsonb)
      AS h (sku text, digest text, based_on integer, title text, category text, model text, archived boolean, barcodes text[],
          brand text, variant bigint, keys bigint[], components jsonb, external_ids text[], cause jsonb)
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
  ), created AS (
    INSERT INTO product AS p (sku, revision, approved_revision, model_id, title, category, archived, digest, brand, variant_key, attribute_keys)
    SELECT sku, 1, CASE WHEN $5 THEN 1 END, model_id, title, category, archived, sum, brand, variant, keys FROM wanted WHERE old_id IS NULL ORDER BY sku
    ON CONFLICT (sku) DO NOTHING
    RETURNING p.id, p.sku, p.revision
  ), changed AS (
    UPDATE product p SET
      revision = p.revision + 1,
      approved_revision = CASE WHEN $5 THEN p.revision + 1 ELSE p.approved_revision END,
      model_id = w.model_id, title = w.title, category = w.category, archived = w.archived,
      digest = w.sum, brand = w.brand, variant_key = w.variant, attribute_keys = w.keys, updated_at = now()
    FROM wanted w WHERE p.id = w.old_id AND p.revision = w.old_revision
    RETURNING p.id, p.sku, p.revision
  ), written AS (
    SELECT * FROM created UNION ALL SELECT * FROM changed
  ), revisions AS (
    INSERT INTO product_revision (product_id, revision, document, digest, author, cause, approved)
    SELECT w.id, w.revision, i.document, i.sum, $3, coalesce(i.cause, $4::jsonb), $5 FROM written w JOIN wanted i USING (sku)
  ), released AS (
    DELETE FROM product_barcode b USING changed w, wanted i
    WHERE i.sku = w.sku AND b.product_id = w.id AND NOT (b.barcode = ANY (i.barcodes))
  ), taken AS (
    INSERT INTO product_barcode (barcode, product_id)
    SELECT code, w.id FROM written w JOIN wanted i USING (sku), unnest(i.barcodes) AS code
    WHERE NOT EXISTS (SELECT FROM product_barcode b WHERE b.barcode = code AND b.product_id = w.id)
  ), unbundled AS (
    DELETE FROM product_component c USING changed w, wanted i
    WHERE i.sku = w.sku AND c.bundle_id = w.id AND NOT EXISTS (SELECT FROM jsonb_array_elements(i.components) k WHERE k ->> 'sku' = c.sku)
  ), bundled AS (
    INSERT INTO product_component (bundle_id, sku, quantity)
    SELECT w.id, k ->> 'sku', (k ->> 'quantity')::integer FROM written w JOIN wanted i USING (sku), jsonb_array_elements(i.components) AS k
    ON CONFLICT (bundle_id, sku) DO UPDATE SET quantity = excluded.quantity
  ), forgotten AS (
    DELETE FROM product_external_id e USING changed w, wanted i
    WHERE i.sku = w.sku AND e.product_id = w.id AND NOT (e.external_id = ANY (i.external_ids))
  ), known_by AS (
    INSERT INTO product_external_id (external_id, product_id)
    SELECT other, w.id FROM written w JOIN wanted i USING (sku), unnest(i.external_ids) AS other
    ON CONFLICT DO NOTHING
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

import type { PoolClient } from 'pg';
import type { BarcodeClash } from '../catalog-error.js';
import { canonicalText, textDigest } from '../document/canonical-document.js';
import type { ProductDocument } from '../document/product-document.js';
import { declaredIn } from '../attributes/attribute-declaration.js';
import { fitAttributes, wrongAttributes, type Declared } from '../attributes/check-attributes.js';
import { declarationsFor } from '../attributes/declaration-store.js';
import type { ValidationIssue } from '../faults/validation-issue.js';
import { attributeKeys } from '../search/attribute-keys.js';
import { WRITE_STATEMENT } from './write-statement.js';
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
  /** Canonical text of the document, when the caller has it anyway. */
  readonly text?: string;
  /** The document of revision `basedOn` that this one was made from, when it is at hand: attributes it shares are not looked up anew. */
  readonly before?: ProductDocument;
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

interface KnownRow {
  sku: string;
  id: string;
  revision: number;
  digest: string;
}

/** A document that is to be written, and the product it changes. */
interface Wanted {
  readonly document: ProductDocument;
  readonly text: string;
  readonly digest: string;
  readonly known: KnownRow | undefined;
  readonly cause: RevisionCause | undefined;
  /** The very attributes of the revision before: what the product is found by stays. */
  readonly sameAttributes: boolean;
}

/**
 * Writes checked documents in the caller's transaction: revisions, barcodes, categories, models and outbox together, only
 * for those whose digest changed; nothing else is even locked. One outcome a document, in the order given; documents must differ in
 * their sku. Fails with PostgreSQL's unique violation when another transaction takes a barcode at the same moment.
 */
export async function writeDocuments(client: PoolClient, writes: readonly DocumentWrite[], options: WriteOptions): Promise<WriteOutcome[]> {
  const declared = await declarationsOf(
    client,
    writes.map((w) => w.document),
  );
  const known = await knownProducts(
    client,
    writes.map((w) => w.document.sku),
  );
  const outcomes = new Map<string, WriteOutcome>();
  const wanted: Wanted[] = [];
  for (const { document: given, text: ready, basedOn, before, cause } of writes) {
    const document = fitAttributes(given, declared(given.category));
    const { sku } = document;
    const current = known.get(sku);
    const text = document === given && ready !== undefined ? ready : canonicalText(document);
    const digest = textDigest(text);
    if (current && current.digest === digest && basedOn !== 0) outcomes.set(sku, { sku, kind: 'unchanged', productId: current.id, revision: current.revision });
    else if (basedOn === undefined || basedOn === (current?.revision ?? 0)) {
      const sameAttributes = basedOn !== undefined && before?.attributes === document.attributes;
      wanted.push({ document, text, digest, known: current, cause, sameAttributes });
    }
  }
  if (wanted.length > 0) {
    const refused = await findRefusals(
      client,
      wanted.map((w) => w.document),
      declared,
    );
    for (const outcome of refused.values()) outcomes.set(outcome.sku, outcome);
    const accepted = wanted.filter((w) => !refused.has(w.document.sku)).sort((a, b) => (a.document.sku < b.document.sku ? -1 : 1));
    for (const outcome of await write(client, accepted, options)) outcomes.set(outcome.sku, outcome);
  }
  return writes.map(({ document: { sku } }): WriteOutcome => outcomes.get(sku) ?? { sku, kind: 'stale' });
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

async function knownProducts(client: PoolClient, skus: readonly string[]): Promise<Map<string, KnownRow>> {
  const { rows } = await client.query<KnownRow>({
    name: 'catalog-known-products',
    text: `SELECT p.sku, p.id, p.revision, encode(p.digest, 'hex') AS digest FROM product p WHERE p.sku = ANY ($1::text[])`,
    values: [skus],
  });
  return new Map(rows.map((row) => [row.sku, row]));
}

async function write(client: PoolClient, wanted: readonly Wanted[], options: WriteOptions): Promise<WriteOutcome[]> {
  if (wanted.length === 0) return [];
  await saveModels(
    client,
    wanted.map((w) => w.document),
  );
  const approved = !(await becomesDraft(client, options.draft, options.cause));
  const { rows } = await client.query<{ sku: string; id: string; revision: number }>({
    name: 'catalog-write-documents',
    text: WRITE_STATEMENT,
    values: [`[${wanted.map(headAndDocument).join(',')}]`, options.author, JSON.stringify(options.cause), approved],
  });
  await announceHolders(
    client,
    rows.map((row) => row.id),
  );
  return rows.map(({ sku, id, revision }) => ({ sku, kind: revision === 1 ? 'created' : 'updated', productId: id, revision }));
}

/** One element of the statement's JSON; the document goes in as the text its digest was taken from. */
function headAndDocument({ document, text, digest, known, cause, sameAttributes }: Wanted): string {
  const head = JSON.stringify({
    id: known?.id ?? null,
    fresh: known === undefined,
    old_revision: known?.revision ?? null,
    sku: document.sku,
    digest,
    title: document.title,
    brand: document.brand ?? null,
    category: document.category,
    model: document.model?.code ?? null,
    variant: variantKey(document) ?? null,
    archived: document.archived,
    keys: sameAttributes ? null : attributeKeys(document),
    barcodes: document.barcodes,
    components: document.components ?? [],
    external_ids: Object.entries(document.externalIds ?? {}).map(([system, id]) => `${system}:${id}`),
    cause: cause ?? null,
  });
  return `${head.slice(0, -1)},"document":${text}}`;
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

import { isDeepStrictEqual } from 'node:util';
import type { PoolClient } from 'pg';
import type { BarcodeClash } from '../catalog-error.js';
import type { DocumentField, ProductDocument } from '../document/product-document.js';
import { declaredIn } from '../attributes/attribute-declaration.js';
import { fitAttributes, wrongAttributes, type Declared } from '../attributes/check-attributes.js';
import { declarationsFor } from '../attributes/declaration-store.js';
import type { ValidationIssue } from '../faults/validation-issue.js';
import { type SpelledDocument, spell } from './spelled-document.js';
import { WRITE_STATEMENT } from './write-statement.js';
import { announceHolders } from './bundle-holders.js';
import { findBundleFaults } from './bundle-faults.js';
import { becomesDraft } from './edit-approval.js';
import { type KnownProduct, type WantedDocument, writeParameters } from './write-parameters.js';
import { findBarcodeClashes, findUnknownMedia } from './identity-refusals.js';
import { findTwins } from './variant-twins.js';
import type { RevisionCause } from './revision-cause.js';
import { saveModels } from './save-models.js';

export interface DocumentWrite {
  readonly document: ProductDocument;
  /** The revision the change was based on; 0 when the product must be new; absent when whatever stands may be replaced. */
  readonly basedOn?: number;
  /** What the document is stored as, when the caller has it ready; without keys or words only if the attributes or title and brand are those of revision `basedOn`. */
  readonly spelled?: SpelledDocument;
  /** The product of revision `basedOn`, null when there was none: where the caller has it, it is not looked up again, and whatever happened to it since makes the write stale. */
  readonly standing?: KnownProduct | null;
  /** The document of revision `basedOn`, when the caller has it: what that said already was accepted then and is not looked up again. */
  readonly before?: ProductDocument;
  /** Instead of the cause of the whole write: the row of a file, for one. */
  readonly cause?: RevisionCause;
}

type Checked = Pick<DocumentWrite, 'document' | 'before'>;

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
    writes.filter((w) => w.standing === undefined).map((w) => w.document.sku),
  );
  const outcomes = new Map<string, WriteOutcome>();
  const wanted: (WantedDocument & Checked)[] = [];
  for (const { document: given, spelled: ready, standing, basedOn, before, cause } of writes) {
    const document = fitAttributes(given, declared(given.category));
    const { sku } = document;
    const current = standing === undefined ? known.get(sku) : (standing ?? undefined);
    const spelled = document === given && ready !== undefined ? ready : spell(document);
    if (current && current.digest === spelled.digest && basedOn !== 0) outcomes.set(sku, { sku, kind: 'unchanged', productId: current.id, revision: current.revision });
    else if (basedOn === undefined || basedOn === (current?.revision ?? 0)) wanted.push({ document, spelled, known: current, cause, ...(before && { before }) });
  }
  if (wanted.length > 0) {
    const refused = await findRefusals(client, wanted, declared);
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
    given.map((document) => ({ document: fitAttributes(document, declared(document.category)) })),
    declared,
  );
}

async function knownProducts(client: PoolClient, skus: readonly string[]): Promise<Map<string, KnownProduct>> {
  if (skus.length === 0) return new Map();
  const { rows } = await client.query<KnownProduct>({
    name: 'catalog-known-products',
    text: `SELECT p.sku, p.id, p.revision, encode(p.digest, 'hex') AS digest FROM product p WHERE p.sku = ANY ($1::text[])`,
    values: [skus],
  });
  return new Map(rows.map((row) => [row.sku, row]));
}

async function write(client: PoolClient, wanted: readonly WantedDocument[], options: WriteOptions): Promise<WriteOutcome[]> {
  if (wanted.length === 0) return [];
  await saveModels(
    client,
    wanted.map((w) => w.document),
  );
  const approved = !(await becomesDraft(client, options.draft, options.cause));
  const { rows } = await client.query<{ sku: string; id: string; revision: number }>({
    name: 'catalog-write-documents',
    text: WRITE_STATEMENT,
    values: writeParameters(wanted, options, approved),
  });
  await announceHolders(
    client,
    rows.map((row) => row.id),
  );
  return rows.map(({ sku, id, revision }) => ({ sku, kind: revision === 1 ? 'created' : 'updated', productId: id, revision }));
}

async function findRefusals(client: PoolClient, wanted: readonly Checked[], declared: (category: string) => Declared): Promise<Map<string, WriteOutcome>> {
  const refused = new Map<string, WriteOutcome>();
  for (const clash of await findBarcodeClashes(client, newIn(wanted, ['barcodes']))) {
    const known = refused.get(clash.sku);
    const before = known?.kind === 'barcode-taken' ? known.clashes : [];
    refused.set(clash.sku, { sku: clash.sku, kind: 'barcode-taken', clashes: [...before, clash] });
  }
  for (const [sku, digests] of await findUnknownMedia(client, newIn(wanted, ['media', 'overrides'])))
    if (!refused.has(sku)) refused.set(sku, { sku, kind: 'unknown-media', digests });
  const twins = await findTwins(client, newIn(wanted, ['model', 'attributes', 'archived']));
  const bundles = await findBundleFaults(client, newIn(wanted, ['components']));
  for (const { document } of wanted) {
    const { sku } = document;
    const twin = twins.get(sku);
    const issues = [...wrongAttributes(document, declared(document.category)), ...(twin ? [twin] : []), ...(bundles.get(sku) ?? [])];
    if (issues.length > 0 && !refused.has(sku)) refused.set(sku, { sku, kind: 'invalid', issues });
  }
  return refused;
}

/** Documents that say something else in one of these fields than they did before. */
function newIn(wanted: readonly Checked[], fields: readonly DocumentField[]): ProductDocument[] {
  return wanted
    .filter(({ document, before }) => before === undefined || fields.some((field) => !isDeepStrictEqual(document[field], before[field])))
    .map(({ document }) => document);
}

/** Answers what is declared in a category of these documents. */
async function declarationsOf(client: PoolClient, documents: readonly ProductDocument[]): Promise<(category: string) => Declared> {
  const categories = new Set(documents.map((document) => document.category));
  const declarations = await declarationsFor(client, categories);
  const known = new Map(declarations.length === 0 ? [] : [...categories].map((category) => [category, declaredIn(category, declarations)]));
  const nothing: Declared = new Map();
  return (category) => known.get(category) ?? nothing;
}

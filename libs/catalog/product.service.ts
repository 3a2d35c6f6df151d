import type { Pool } from 'pg';
import { BarcodeConflict, InvalidProduct, ProductNotFound, SkuTaken, StaleRevision, type CatalogError } from './catalog-error.js';
import { approveDrafts, type DraftOutcome, rejectDrafts, type SeenDraft } from './edit/approvals.js';
import { type BatchItem, type BatchOptions, type BatchOutcome, editBatch } from './edit/batch-edit.js';
import { staleFields } from './edit/stale-fields.js';
import type { DocumentField, ProductDocument, ProductInput, ProductPatch } from './document/product-document.js';
import { patchDocument, patchedPaths, takeFields } from './document/patch-document.js';
import { ProductReader, type ProductSnapshotRow, type StoredProduct } from './read/product-reader.js';
import { upsertProducts, writeAndSettle, type UpsertItem, type UpsertOptions, type UpsertOutcome } from './write/bulk-upsert.js';
import { outcomeIssues } from './write/outcome-issues.js';
import type { KnownChannels } from './document/known-channels.js';
import type { ListedCondition } from './search/product-filter.js';
import { announceHolders } from './write/bundle-holders.js';
import { inTransaction } from './write/in-transaction.js';
import { checkedDocument } from './write/prepare-document.js';
import type { WriteOptions, WriteOutcome } from './write/write-documents.js';

export interface Saved {
  readonly productId: string;
  readonly sku: string;
  readonly revision: number;
  /** False when the product said this already: no revision was made and nothing was written. */
  readonly changed: boolean;
}

export interface PatchRequest extends WriteOptions {
  /** The revision the person saw. */
  readonly basedOn: number;
  readonly patch: ProductPatch;
}

export interface RestoreRequest {
  /** The revision the person saw. */
  readonly basedOn: number;
  /** The one to take from. */
  readonly revision: number;
  readonly author: string;
  /** All when absent. */
  readonly fields?: readonly DocumentField[] | undefined;
}

export interface ReplaceRequest extends WriteOptions {
  readonly basedOn: number;
  readonly document: ProductInput;
}

/**
 * Writes the master catalog. Every change is a new revision with its author and cause, and stands in the outbox in the
 * same transaction; a change that changes nothing writes nothing. Refusals are `CatalogError`s.
 */
export class ProductService {
  readonly read: ProductReader;

  constructor(
    private readonly pool: Pool,
    listed?: ListedCondition,
    /** Those that overrides may speak to; without the list any name is taken. */
    private readonly channels?: KnownChannels,
  ) {
    this.read = new ProductReader(pool, listed);
  }

  /** @throws InvalidProduct, SkuTaken, BarcodeConflict */
  async create(input: ProductInput, options: WriteOptions): Promise<Saved> {
    const document = checkedDocument(input, { channels: this.channels });
    const [outcome] = await writeAndSettle(this.pool, [{ document, basedOn: 0 }], options);
    if (outcome?.kind === 'stale') throw new SkuTaken(document.sku);
    return this.saved(outcome, document.sku);
  }

  /** Replaces the whole document. @throws InvalidProduct, ProductNotFound, StaleRevision, BarcodeConflict */
  async update(sku: string, { basedOn, document, ...options }: ReplaceRequest): Promise<Saved> {
    const current = await this.existing(sku);
    const wanted = checkedDocument({ ...document, sku }, { channels: this.channels, before: current.document });
    return this.replace(current, wanted, Object.keys(wanted), basedOn, options);
  }

  /** Changes some fields. @throws InvalidProduct, ProductNotFound, StaleRevision, BarcodeConflict */
  async patch(sku: string, { basedOn, patch, ...options }: PatchRequest): Promise<Saved> {
    const current = await this.existing(sku);
    const wanted = checkedDocument(patchDocument(current.document, patch), { channels: this.channels, before: current.document });
    return this.replace(current, wanted, patchedPaths(patch), basedOn, options);
  }

  /** Takes the whole of an older revision, or only some of its fields, as a new revision. @throws ProductNotFound, StaleRevision, BarcodeConflict */
  async restore(sku: string, { revision, basedOn, author, fields }: RestoreRequest): Promise<Saved> {
    const current = await this.existing(sku);
    const source = await this.read.revision(sku, revision);
    if (!source) throw new ProductNotFound(sku, revision);
    const wanted = checkedDocument(takeFields(current.document, source.document, fields));
    const cause = { kind: 'restore', revision, ...(fields && { fields }) } as const;
    return this.replace(current, wanted, fields ?? Object.keys(wanted), basedOn, { author, cause });
  }

  /** Lets a draft through to the channels, with every draft before it. Answers false when it was approved already. @throws ProductNotFound */
  async approve(sku: string, revision: number): Promise<boolean> {
    return inTransaction(this.pool, async (client) => {
      const { rows } = await client.query<{ id: string; approved: number | null; newest: number }>(
        'SELECT id, approved_revision AS approved, revision AS newest FROM product WHERE sku = $1 FOR UPDATE',
        [sku],
      );
      const product = rows[0];
      if (!product || revision < 1 || revision > product.newest) throw new ProductNotFound(sku, product && revision);
      if (revision <= (product.approved ?? 0)) return false;
      await client.query('UPDATE product_revision SET approved = true WHERE product_id = $1 AND revision = $2', [product.id, revision]);
      await client.query('UPDATE product SET approved_revision = $2, draft = revision <> $2, updated_at = now() WHERE id = $1', [product.id, revision]);
      await client.query(`INSERT INTO outbox (topic, product_id, revision) VALUES ('product', $1, $2)`, [product.id, revision]);
      await announceHolders(client, [product.id]);
      return true;
    });
  }

  /** Changes up to a thousand products, each on the revision its editor saw. */
  batch(items: readonly BatchItem[], options: BatchOptions): Promise<BatchOutcome[]> {
    return editBatch(this.pool, this.read, items, { ...options, ...(this.channels && { channels: this.channels }) });
  }

  approveDrafts(drafts: readonly SeenDraft[]): Promise<DraftOutcome[]> {
    return approveDrafts(this.pool, drafts);
  }

  rejectDrafts(drafts: readonly SeenDraft[], author: string): Promise<DraftOutcome[]> {
    return rejectDrafts(this.pool, drafts, author);
  }

  /** Creates or replaces many, set by set; the bad ones are refused alone, one outcome an item in the order given. */
  upsertMany(items: readonly UpsertItem[], options: UpsertOptions): Promise<UpsertOutcome[]> {
    return upsertProducts(this.pool, items, options);
  }

  snapshots(productIds: readonly string[], view: { readonly channel: string; readonly approvedOnly?: boolean }): Promise<ProductSnapshotRow[]> {
    return this.read.snapshots(productIds, view);
  }

  private async existing(sku: string): Promise<StoredProduct> {
    const current = await this.read.get(sku);
    if (!current) throw new ProductNotFound(sku);
    return current;
  }

  private async replace(current: StoredProduct, wanted: ProductDocument, paths: readonly string[], basedOn: number, options: WriteOptions): Promise<Saved> {
    if (current.revision !== basedOn) throw await this.stale(current, wanted, paths, basedOn);
    const [outcome] = await writeAndSettle(this.pool, [{ document: wanted, basedOn, before: current.document }], options);
    if (outcome?.kind === 'stale') throw await this.stale(await this.existing(current.sku), wanted, paths, basedOn);
    return this.saved(outcome, current.sku);
  }

  private async stale(current: StoredProduct, wanted: ProductDocument, paths: readonly string[], basedOn: number): Promise<CatalogError> {
    const base = await this.read.revision(current.sku, basedOn);
    if (!base) return new ProductNotFound(current.sku, basedOn);
    const fields = staleFields(base.document, current.document, wanted, paths);
    return new StaleRevision(current.sku, current.revision, basedOn, fields);
  }

  private saved(outcome: WriteOutcome | undefined, sku: string): Saved {
    switch (outcome?.kind) {
      case 'created':
      case 'updated':
      case 'unchanged':
        return { productId: outcome.productId, sku, revision: outcome.revision, changed: outcome.kind !== 'unchanged' };
      case 'barcode-taken':
        throw new BarcodeConflict(outcome.clashes);
      case 'unknown-media':
      case 'invalid':
        throw new InvalidProduct(sku, outcomeIssues(outcome));
      default:
        throw new Error(`Product "${sku}" got no outcome from the write`);
    }
  }
}

import type { Pool } from 'pg';
import { type ListedCondition, type ProductFilter, productConditions } from '../search/product-filter.js';
import type { ProductDocument } from '../document/product-document.js';
import { withBundleStock } from '../channels/bundle-stock.js';
import { viewForChannel, type ProductView } from '../channels/channel-view.js';
import { channelTemplates } from '../channels/template-store.js';
import type { RevisionCause } from '../write/revision-cause.js';

export interface StoredProduct {
  readonly id: string;
  readonly sku: string;
  readonly revision: number;
  /** The newest approved revision; null while only drafts exist. */
  readonly approvedRevision: number | null;
  readonly document: ProductDocument;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface StoredRevision {
  readonly revision: number;
  readonly document: ProductDocument;
  readonly author: string;
  readonly cause: RevisionCause;
  readonly approved: boolean;
  readonly createdAt: Date;
}

export interface ProductPage {
  readonly items: readonly StoredProduct[];
  /** Absent on the last page. */
  readonly next?: string;
}

export type ProductSnapshotRow = ProductView & { readonly productId: string };

const PRODUCT = `p.id, p.sku, p.revision, p.approved_revision AS "approvedRevision", r.document, p.created_at AS "createdAt", p.updated_at AS "updatedAt"
  FROM product p JOIN product_revision r ON r.product_id = p.id AND r.revision = p.revision`;

const REVISION = `r.revision, r.document, r.author, r.cause, r.approved, r.created_at AS "createdAt"
  FROM product_revision r JOIN product p ON p.id = r.product_id`;

/** Reads the master catalog; never writes. */
export class ProductReader {
  /** `listed` answers what a filter asks about listings, which the catalog itself does not know. */
  constructor(
    private readonly pool: Pool,
    private readonly listed?: ListedCondition,
  ) {}

  async get(sku: string): Promise<StoredProduct | undefined> {
    const { rows } = await this.pool.query<StoredProduct>({ name: 'catalog-product', text: `SELECT ${PRODUCT} WHERE p.sku = $1`, values: [sku] });
    return rows[0];
  }

  async getMany(ids: readonly string[]): Promise<StoredProduct[]> {
    const { rows } = await this.pool.query<StoredProduct>(`SELECT ${PRODUCT} WHERE p.id = ANY ($1::bigint[]) ORDER BY p.id`, [ids]);
    return rows;
  }

  async getBySku(skus: readonly string[]): Promise<StoredProduct[]> {
    const { rows } = await this.pool.query<StoredProduct>(`SELECT ${PRODUCT} WHERE p.sku = ANY ($1::text[]) ORDER BY p.id`, [skus]);
    return rows;
  }

  /** Products in the order of their ids, after the one the cursor names. `limit` is held between 1 and 1,000. */
  async page(cursor: string | undefined, limit: number, filter: ProductFilter = {}): Promise<ProductPage> {
    const size = Math.max(1, Math.min(1000, Math.trunc(limit)));
    const after = cursor !== undefined && /^\d{1,18}$/.test(cursor) ? cursor : '0';
    const values: unknown[] = [after, size + 1];
    const where = ['p.id > $1', ...productConditions(filter, (value) => `$${values.push(value)}`, this.listed)];
    const { rows } = await this.pool.query<StoredProduct>(`SELECT ${PRODUCT} WHERE ${where.join(' AND ')} ORDER BY p.id LIMIT $2`, values);
    const items = rows.slice(0, size);
    return rows.length > size ? { items, next: items.at(-1)?.id } : { items };
  }

  /** Revisions of a product, newest first; at most `limit`, older than `before` when given. */
  async history(sku: string, limit = 100, before?: number): Promise<StoredRevision[]> {
    const { rows } = await this.pool.query<StoredRevision>(`SELECT ${REVISION} WHERE p.sku = $1 AND ($3::integer IS NULL OR r.revision < $3) ORDER BY r.revision DESC LIMIT $2`, [
      sku,
      Math.max(1, Math.min(1000, Math.trunc(limit))),
      before ?? null,
    ]);
    return rows;
  }

  async revision(sku: string, revision: number): Promise<StoredRevision | undefined> {
    const { rows } = await this.pool.query<StoredRevision>(`SELECT ${REVISION} WHERE p.sku = $1 AND r.revision = $2`, [sku, revision]);
    return rows[0];
  }

  /**
   * Products as a channel sees them, in the order of their ids: the last approved revision (products without one are left
   * out), or the newest when `approvedOnly` is false.
   */
  async snapshots(productIds: readonly string[], { channel, approvedOnly = true }: { readonly channel: string; readonly approvedOnly?: boolean }): Promise<ProductSnapshotRow[]> {
    const { rows } = await this.pool.query<{ id: string; revision: number; document: ProductDocument }>({
      name: `catalog-snapshots-${approvedOnly ? 'approved' : 'newest'}`,
      text: `SELECT p.id, r.revision, r.document
             FROM product p JOIN product_revision r ON r.product_id = p.id AND r.revision = ${approvedOnly ? 'p.approved_revision' : 'p.revision'}
             WHERE p.id = ANY ($1::bigint[]) ORDER BY p.id`,
      values: [productIds],
    });
    // Read after the documents: what changes in between raises the view version, and the product is planned again.
    const templates = await channelTemplates(this.pool, channel);
    const stocked = await withBundleStock(this.pool, rows, approvedOnly);
    return stocked.map((row) => ({ ...viewForChannel(row.document, row.revision, channel, templates), productId: row.id }));
  }

  /** The products with the stock that their components make, as the newest revisions say; others stay as they are. */
  withStock(products: readonly StoredProduct[]): Promise<readonly StoredProduct[]> {
    return withBundleStock(this.pool, products, false);
  }

  /** How many products a filter takes. */
  async count(filter: ProductFilter): Promise<number> {
    const values: unknown[] = [];
    const where = productConditions(filter, (value) => `$${values.push(value)}`, this.listed);
    const { rows } = await this.pool.query<{ n: number }>(`SELECT count(*)::integer AS n FROM product p ${where.length > 0 ? `WHERE ${where.join(' AND ')}` : ''}`, values);
    return rows[0]?.n ?? 0;
  }

  /** Ids of all products after `afterId`, in order: the way to walk the whole catalog. */
  async ids(afterId: string, limit: number): Promise<string[]> {
    const { rows } = await this.pool.query<{ id: string }>('SELECT id FROM product WHERE id > $1 ORDER BY id LIMIT $2', [afterId, limit]);
    return rows.map((row) => row.id);
  }

  /** Who holds a barcode. */
  async ownerOfBarcode(barcode: string): Promise<string | undefined> {
    const { rows } = await this.pool.query<{ sku: string }>('SELECT p.sku FROM product_barcode b JOIN product p ON p.id = b.product_id WHERE b.barcode = $1', [barcode]);
    return rows[0]?.sku;
  }
}

import type { Pool } from 'pg';
import type { ProductDocument } from '../document/product-document.js';
import { viewForChannel, type ProductView } from '../document/product-view.js';
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

export interface ProductFilter {
  /** Part of the sku or of the title, any case. */
  readonly text?: string;
  /** A path; products of the categories under it belong to it too. */
  readonly category?: string;
  readonly skuPrefix?: string;
  readonly archived?: boolean;
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
  constructor(private readonly pool: Pool) {}

  async get(sku: string): Promise<StoredProduct | undefined> {
    const { rows } = await this.pool.query<StoredProduct>(`SELECT ${PRODUCT} WHERE p.sku = $1`, [sku]);
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
    const where = ['p.id > $1'];
    const bind = (value: unknown) => `$${values.push(value)}`;
    if (filter.text) {
      const pattern = bind(`%${likeText(filter.text)}%`);
      where.push(`(p.title ILIKE ${pattern} OR p.sku ILIKE ${pattern})`);
    }
    if (filter.category) where.push(`(p.category = ${bind(filter.category)} OR starts_with(p.category, ${bind(`${filter.category} / `)}))`);
    if (filter.skuPrefix) where.push(`starts_with(p.sku, ${bind(filter.skuPrefix)})`);
    if (filter.archived !== undefined) where.push(`p.archived = ${bind(filter.archived)}`);
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
    return rows.map((row) => ({ ...viewForChannel(row.document, row.revision, channel), productId: row.id }));
  }

  /** One given revision of each product, as the channel would have seen it. */
  async snapshotsAt(revisions: readonly { readonly productId: string; readonly revision: number }[], channel: string): Promise<ProductSnapshotRow[]> {
    const { rows } = await this.pool.query<{ id: string; revision: number; document: ProductDocument }>({
      name: 'catalog-snapshots-at',
      text: `SELECT r.product_id AS id, r.revision, r.document
             FROM unnest($1::bigint[], $2::integer[]) AS w (id, revision)
             JOIN product_revision r ON r.product_id = w.id AND r.revision = w.revision ORDER BY 1, 2`,
      values: [revisions.map((r) => r.productId), revisions.map((r) => r.revision)],
    });
    return rows.map((row) => ({ ...viewForChannel(row.document, row.revision, channel), productId: row.id }));
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

function likeText(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}

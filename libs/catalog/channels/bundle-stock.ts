import type { Pool, PoolClient } from 'pg';
import type { BundleComponent, ProductDocument } from '../document/product-document.js';

type Stock = Readonly<Record<string, number>>;
type Part = Pick<ProductDocument, 'sku' | 'stock' | 'components' | 'archived'>;

/**
 * Gives bundles the stock that their components make: in each warehouse the fewest whole bundles any component allows.
 * Approved revisions of the components count, or the newest when `approvedOnly` is false; a component that is archived or not approved has none.
 */
export async function withBundleStock<T extends { readonly document: ProductDocument }>(db: Pool | PoolClient, rows: readonly T[], approvedOnly: boolean): Promise<readonly T[]> {
  const bundles = rows.filter((row) => row.document.components !== undefined);
  if (bundles.length === 0) return rows;
  const parts = await partsBelow(db, [...new Set(bundles.flatMap((row) => (row.document.components ?? []).map((component) => component.sku)))], approvedOnly);
  return rows.map((row) => (row.document.components === undefined ? row : { ...row, document: { ...row.document, stock: bundleStock(row.document.components, parts) } }));
}

/** Pure; `parts` holds every component, also those of bundles within the bundle, which never hold one another in a circle. */
export function bundleStock(components: readonly BundleComponent[], parts: ReadonlyMap<string, Part>): Stock {
  const each = components.map(({ sku, quantity }) => ({ quantity, stock: stockOf(parts.get(sku), parts) }));
  const warehouses = [...new Set(each.flatMap(({ stock }) => Object.keys(stock)))].sort();
  return Object.fromEntries(warehouses.map((warehouse) => [warehouse, Math.min(...each.map(({ stock, quantity }) => Math.floor((stock[warehouse] ?? 0) / quantity)))]));
}

function stockOf(part: Part | undefined, parts: ReadonlyMap<string, Part>): Stock {
  if (part === undefined || part.archived) return {};
  return part.components === undefined ? part.stock : bundleStock(part.components, parts);
}

async function partsBelow(db: Pool | PoolClient, skus: readonly string[], approvedOnly: boolean): Promise<Map<string, Part>> {
  const parts = new Map<string, Part>();
  let wanted = skus;
  while (wanted.length > 0) {
    const { rows } = await db.query<{ document: Part }>({
      name: `catalog-bundle-parts-${approvedOnly ? 'approved' : 'newest'}`,
      text: `SELECT jsonb_build_object('sku', p.sku, 'stock', r.document -> 'stock', 'archived', r.document -> 'archived')
               || CASE WHEN r.document ? 'components' THEN jsonb_build_object('components', r.document -> 'components') ELSE '{}' END AS document
             FROM product p JOIN product_revision r ON r.product_id = p.id AND r.revision = ${approvedOnly ? 'p.approved_revision' : 'p.revision'}
             WHERE p.sku = ANY ($1::text[])`,
      values: [wanted],
    });
    for (const { document } of rows) parts.set(document.sku, document);
    wanted = [...new Set(rows.flatMap(({ document }) => (document.components ?? []).map((component) => component.sku)))].filter((sku) => !parts.has(sku));
  }
  return parts;
}

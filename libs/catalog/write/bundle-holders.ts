import type { PoolClient } from 'pg';

/** Lets the bundles that these products are part of be planned anew: their stock follows from that of their components. */
export async function announceHolders(client: PoolClient, productIds: readonly string[]): Promise<void> {
  await client.query({
    name: 'catalog-announce-holders',
    text: `WITH RECURSIVE holders AS (
             SELECT c.bundle_id AS id FROM product p JOIN product_component c ON c.sku = p.sku WHERE p.id = ANY ($1::bigint[])
             UNION
             SELECT c.bundle_id FROM holders h JOIN product p ON p.id = h.id JOIN product_component c ON c.sku = p.sku
           ), seen AS (
             UPDATE product p SET view_version = view_version + 1
             WHERE p.id IN (SELECT id FROM holders) AND p.approved_revision IS NOT NULL RETURNING p.id, p.approved_revision
           )
           INSERT INTO outbox (topic, product_id, revision) SELECT 'product', id, approved_revision FROM seen`,
    values: [productIds],
  });
}

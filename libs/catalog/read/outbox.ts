import type { PoolClient } from 'pg';

export interface ProductChange {
  readonly productId: string;
  readonly revision: number;
}

/**
 * Takes up to `limit` product changes out of the outbox, oldest first, in the caller's transaction: rolled back, they are
 * there again; two takers never get the same ones. A product may come several times.
 */
export async function takeProductChanges(client: PoolClient, limit: number): Promise<ProductChange[]> {
  const { rows } = await client.query<ProductChange & { id: string }>({
    name: 'catalog-take-changes',
    text: `DELETE FROM outbox WHERE id = ANY (ARRAY(
             SELECT id FROM outbox WHERE topic = 'product' ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED))
           RETURNING id, product_id AS "productId", revision`,
    values: [limit],
  });
  return rows.sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1)).map(({ productId, revision }) => ({ productId, revision }));
}

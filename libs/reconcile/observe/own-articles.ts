import type { PoolClient } from 'pg';
import type { AccountContext } from '../account/account-context.js';

/**
 * Where listings have keys of the channel's own making, a product may have a card under its SKU all the same. Its waiting listing, of
 * which nothing was sent, goes by that card's key from now on. Answers their ids by key.
 */
export async function takeOwnArticles(client: PoolClient, ctx: AccountContext, keys: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ctx.module.keyOf === undefined) return new Map();
  const { rows } = await client.query<{ id: string; key: string }>(
    `UPDATE listing l SET key = p.sku FROM product p
     WHERE p.sku = ANY($2) AND l.account_id = $1 AND l.product_id = p.id AND l.external_id IS NULL AND l.key <> p.sku
       AND NOT EXISTS (SELECT 1 FROM push_intent i WHERE i.listing_id = l.id AND i.phase IN ('planned', 'sent', 'accepted', 'unknown')) RETURNING l.id, l.key`,
    [ctx.account.id, keys],
  );
  return new Map(rows.map((row) => [row.key, row.id]));
}

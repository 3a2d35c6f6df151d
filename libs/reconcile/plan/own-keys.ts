import { ProductReader } from '#catalog';
import type { PoolClient } from 'pg';
import type { ListedVariant, ProductSnapshot } from '#channels/contract';
import type { Account } from '#listings';
import type { AccountContext } from '../account/account-context.js';
import { inTransaction } from '../account/in-transaction.js';

/** The account whose channel names its listings. */
export interface KeyGiver extends Pick<AccountContext, 'pool' | 'module'> {
  readonly account: Pick<Account, 'id' | 'channel'>;
}

/** Keys of listings that are not their product's SKU, by product id. */
type OwnKeys = ReadonlyMap<string, string>;

interface Pair {
  readonly product_id: string;
  readonly listed_id: string;
  readonly listed_key: string;
}

/**
 * The keys under which products without a listing are to be known, where the channel has its own. A product that has a card under its
 * SKU goes by that, and so does one whose key another product has.
 */
export async function ownKeys(ctx: AccountContext, productIds: readonly string[]): Promise<OwnKeys> {
  if (ctx.module.keyOf === undefined || productIds.length === 0) return new Map();
  const { rows: pairs } = await ctx.pool.query<Pair>(
    `SELECT p.id AS product_id, q.id AS listed_id, o.key AS listed_key FROM product p JOIN product q ON q.model_id = p.model_id AND q.id <> p.id
     JOIN listing o ON o.account_id = $1 AND o.product_id = q.id AND o.external_id IS NOT NULL WHERE p.id = ANY($2::bigint[]) ORDER BY q.id`,
    [ctx.account.id, productIds],
  );
  const keys = await keysOf(ctx, productIds, pairs);
  const { rows } = await ctx.pool.query<{ id: string }>(
    `SELECT u.id FROM unnest($2::bigint[], $3::text[]) AS u (id, key) JOIN product p ON p.id = u.id
     WHERE EXISTS (SELECT 1 FROM listing l WHERE l.account_id = $1 AND l.key = u.key AND l.product_id IS NOT NULL)
        OR EXISTS (SELECT 1 FROM listing l WHERE l.account_id = $1 AND l.key = p.sku)`,
    [ctx.account.id, [...keys.keys()], [...keys.values()]],
  );
  for (const { id } of rows) keys.delete(id);
  const taken = new Set<string>();
  return new Map([...keys].filter(([, key]) => !taken.has(key) && taken.add(key)));
}

/**
 * A card that was joined to a product has an article of its own, and the product's variants that wait for theirs belong to it. Gives
 * waiting listings the keys that follow from the listings just looked at; nothing of theirs has been sent yet.
 */
export async function followListed(ctx: AccountContext, listingIds: readonly string[]): Promise<void> {
  if (ctx.module.keyOf === undefined) return;
  const { rows } = await ctx.pool.query<Pair>(
    `SELECT p.id AS product_id, q.id AS listed_id, o.key AS listed_key FROM listing o JOIN product q ON q.id = o.product_id JOIN product p ON p.model_id = q.model_id AND p.id <> q.id
     JOIN listing l ON l.account_id = o.account_id AND l.product_id = p.id AND l.external_id IS NULL
       AND NOT EXISTS (SELECT 1 FROM push_intent i WHERE i.listing_id = l.id AND i.phase IN ('planned', 'sent', 'accepted', 'unknown'))
     WHERE o.id = ANY($1::bigint[]) AND o.external_id IS NOT NULL ORDER BY q.id`,
    [listingIds],
  );
  const keys = await keysOf(ctx, [...new Set(rows.map((row) => row.product_id))], rows);
  await inTransaction(ctx.pool, (client) => giveKeys(client, ctx.account.id, keys));
}

/** The keys that waiting variants of a product follow once the card under this key is the product's. */
export async function keysBeside(who: KeyGiver, productId: string, key: string): Promise<OwnKeys> {
  if (who.module.keyOf === undefined) return new Map();
  const { rows } = await who.pool.query<Pair>(
    `SELECT p.id AS product_id, q.id AS listed_id, $3 AS listed_key FROM product q JOIN product p ON p.model_id = q.model_id AND p.id <> q.id
     JOIN listing l ON l.account_id = $1 AND l.product_id = p.id AND l.external_id IS NULL WHERE q.id = $2`,
    [who.account.id, productId, key],
  );
  return keysOf(who, [...new Set(rows.map((row) => row.product_id))], rows);
}

/** Gives waiting listings their keys, unless something of theirs is on its way. A call about to be recorded is waited for, or waits and takes the new key. */
export async function giveKeys(client: PoolClient, accountId: string, keys: OwnKeys): Promise<void> {
  if (keys.size === 0) return;
  await client.query(
    `SELECT 1 FROM listing_facet f JOIN listing l ON l.id = f.listing_id WHERE l.account_id = $1 AND l.product_id = ANY($2::bigint[]) AND l.external_id IS NULL
     ORDER BY f.listing_id, f.facet, f.part FOR UPDATE OF f`,
    [accountId, [...keys.keys()]],
  );
  await client.query(
    `UPDATE listing l SET key = u.key FROM unnest($2::bigint[], $3::text[]) AS u (product_id, key)
     WHERE l.account_id = $1 AND l.product_id = u.product_id AND l.external_id IS NULL AND l.key <> u.key
       AND NOT EXISTS (SELECT 1 FROM push_intent i WHERE i.listing_id = l.id AND i.phase IN ('planned', 'sent', 'accepted', 'unknown'))
       AND NOT EXISTS (SELECT 1 FROM listing o WHERE o.account_id = $1 AND o.key = u.key)`,
    [accountId, [...keys.keys()], [...keys.values()]],
  );
}

async function keysOf(ctx: KeyGiver, productIds: readonly string[], pairs: readonly Pair[]): Promise<Map<string, string>> {
  const { keyOf } = ctx.module;
  if (keyOf === undefined || productIds.length === 0) return new Map();
  const snapshots = await new ProductReader(ctx.pool).snapshots([...new Set([...productIds, ...pairs.map((pair) => pair.listed_id)])], { channel: ctx.account.channel });
  const byId = new Map<string, ProductSnapshot>(snapshots.map((snapshot) => [snapshot.productId, snapshot]));
  const listed = new Map<string, ListedVariant[]>();
  for (const { product_id: id, listed_id: other, listed_key: key } of pairs) {
    const product = byId.get(other);
    if (product !== undefined) listed.set(id, [...(listed.get(id) ?? []), { product, key }]);
  }
  return new Map(
    productIds.flatMap((id): [string, string][] => {
      const product = byId.get(id);
      const key = product && keyOf(product, listed.get(id));
      return product === undefined || key === undefined || key === product.sku ? [] : [[id, key]];
    }),
  );
}

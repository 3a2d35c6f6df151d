import type { PoolClient } from 'pg';
import type { CardValues, Sibling, WriteOperation } from '#channels/contract';
import type { AccountContext } from '../account/account-context.js';

interface Stored {
  readonly listing_id: string;
  readonly key: string;
  readonly values: CardValues;
  readonly refused: readonly string[] | null;
}

/** What the other listings want that may share a card with these, by listing: those of the same model, and those under the same external id. Stock is nobody else's. */
export async function siblingWishes(
  client: PoolClient,
  ctx: AccountContext,
  operation: WriteOperation,
  listingIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Sibling[]>> {
  const siblings = new Map<string, Sibling[]>();
  if (ctx.module.keyOf === undefined || operation.writes.every((facet) => facet === 'stock')) return siblings;
  const { rows } = await client.query<Stored>(
    `WITH pairs AS (
       SELECT l.id, o.id AS other FROM listing l JOIN listing o ON o.account_id = l.account_id AND o.external_id = l.external_id AND o.product_id IS NOT NULL
       WHERE l.id = ANY($1::bigint[]) AND o.id <> l.id
       UNION
       SELECT l.id, o.id FROM listing l JOIN product p ON p.id = l.product_id JOIN product q ON q.model_id = p.model_id
       JOIN listing o ON o.account_id = l.account_id AND o.product_id = q.id WHERE l.id = ANY($1::bigint[]) AND o.id <> l.id)
     SELECT x.id AS listing_id, o.key, r.values, (SELECT array_agg(p.path) FROM refused_path p WHERE p.listing_id = o.id) AS refused FROM pairs x JOIN listing o ON o.id = x.other
     JOIN LATERAL (SELECT values FROM listing_render y WHERE y.listing_id = o.id ORDER BY y.revision DESC, y.rules_version DESC, y.projection DESC LIMIT 1) r ON true
     ORDER BY x.id, o.id`,
    [listingIds],
  );
  for (const { listing_id: id, key, values, refused } of rows) siblings.set(id, [...(siblings.get(id) ?? []), { key, values, ...(refused === null ? {} : { refused }) }]);
  return siblings;
}

import type { ObservedCard } from '#channels/contract';
import type { AccountContext } from '../account/account-context.js';

/**
 * Cards of a page under the keys of their listings: a card that a listing knows by another of its keys is that listing's. A product's
 * listing comes before a card that nobody has; else the card's own key holds. One question for a page, none where no card has other keys.
 */
export async function underListedKeys(ctx: AccountContext, cards: readonly ObservedCard[]): Promise<readonly ObservedCard[]> {
  const several = cards.filter((card) => card.also !== undefined);
  if (several.length === 0) return cards;
  const { rows } = await ctx.pool.query<{ key: string; owned: boolean }>({
    name: 'sweep-listed-keys',
    text: 'SELECT key, product_id IS NOT NULL AS owned FROM listing WHERE account_id = $1 AND key = ANY($2)',
    values: [ctx.account.id, several.flatMap((card) => [card.key, ...(card.also ?? [])])],
  });
  const listed = new Map(rows.map((row) => [row.key, row.owned]));
  return cards.map((card) => {
    const keys = [card.key, ...(card.also ?? [])];
    const key = keys.find((name) => listed.get(name) === true) ?? keys.find((name) => listed.has(name)) ?? card.key;
    return key === card.key ? card : { ...card, key };
  });
}

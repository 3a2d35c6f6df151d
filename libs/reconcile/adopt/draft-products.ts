import type { Pool } from 'pg';
import { PRIORITY, productDraft, type Adoption, type CardValues, type Facet, type FacetValue, type ObservedCard, type ProductDraft } from '#channels/contract';
import type { AccountContext } from '../account/account-context.js';
import type { Orphan } from './orphans-to-look-at.js';

interface LiveCard extends Pick<ObservedCard, 'key' | 'ids' | 'document'> {
  readonly values: CardValues;
}

/** Drafts by orphan, where the channel makes any. A card with several offers is no single product and has none. */
export async function draftProducts(ctx: AccountContext, orphans: readonly Orphan[]): Promise<ReadonlyMap<string, ProductDraft>> {
  const { adoption } = ctx.module;
  if (adoption === undefined) return new Map();
  const cards = await liveCards(
    ctx.pool,
    orphans.map(({ id }) => id),
  );
  await ensureReferences(ctx, adoption, [...cards.values()]);
  if (adoption.needsDocument === true) await readDocuments(ctx, cards);
  return new Map([...cards].map(([id, card]) => [id, productDraft(card.values, adoption.product(card.values, ctx.references.get, card))]));
}

/** Needs may grow with what is known, so ask until nothing is missing. */
async function ensureReferences(ctx: AccountContext, adoption: Adoption, cards: readonly LiveCard[]): Promise<void> {
  for (let asked = 0; ;) {
    const keys = [...new Set(cards.flatMap(({ values }) => adoption.needs(values, ctx.references.get)))];
    if (keys.length === asked) return;
    asked = keys.length;
    await ctx.references.ensure(keys, ctx.channel, { signal: ctx.signal, priority: PRIORITY.content });
  }
}

/** A card that changed since its values were read has another text by now; the channel's reading of it tells. */
async function readDocuments(ctx: AccountContext, cards: Map<string, LiveCard>): Promise<void> {
  if (cards.size === 0) return;
  const keys = [...cards.values()].map(({ key }) => key);
  const { cards: read } = await ctx.channel.peek(keys, ['description'], { signal: ctx.signal, priority: PRIORITY.content });
  const documents = new Map(read.map(({ key, document }) => [key, document]));
  for (const [id, card] of cards) cards.set(id, { ...card, document: documents.get(card.key) });
}

async function liveCards(pool: Pool, listingIds: readonly string[]): Promise<Map<string, LiveCard>> {
  const { rows } = await pool.query<{ listing_id: string; key: string; ids: Record<string, string>; facet: Facet; part: string; body: FacetValue }>(
    `SELECT d.listing_id, l.key, l.ids, d.facet, d.part, d.body FROM observed_document d JOIN listing l ON l.id = d.listing_id
     WHERE d.listing_id = ANY($1::bigint[]) ORDER BY d.listing_id, d.facet, d.part`,
    [listingIds],
  );
  const cards = new Map<string, LiveCard>();
  const several = new Set<string>();
  for (const { listing_id: id, key, ids, facet, part, body } of rows) {
    const values = cards.get(id)?.values ?? {};
    if (facet === 'stock') cards.set(id, { key, ids, values: { ...values, stock: { ...values.stock, [part]: body as number } } });
    else if (part === '') cards.set(id, { key, ids, values: { ...values, [facet]: body } });
    else several.add(id);
  }
  for (const id of several) cards.delete(id);
  return cards;
}

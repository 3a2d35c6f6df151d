import type { Pool } from 'pg';
import { PRIORITY, type AdoptedProduct, type CardValues, type Facet, type FacetValue } from '#channels/contract';
import type { AccountContext } from '../account/account-context.js';
import type { Orphan } from './orphans-to-look-at.js';

/** A product that could be made of a live card: all but its SKU and its pictures. Stock by the channel's warehouse, money in minor units. */
export interface ProductDraft extends AdoptedProduct {
  readonly barcodes: readonly string[];
  readonly dimensions?: { readonly length: number; readonly width: number; readonly height: number };
  readonly weight?: number;
  readonly price?: { readonly minor: number; readonly currency: string };
  readonly oldPrice?: { readonly minor: number; readonly currency: string };
  readonly stock: Readonly<Record<string, number>>;
  readonly archived: boolean;
}

/** Drafts by orphan, where the channel makes any. A card with several offers is no single product and has none. */
export async function draftProducts(ctx: AccountContext, orphans: readonly Orphan[]): Promise<ReadonlyMap<string, ProductDraft>> {
  const { adoption } = ctx.module;
  if (adoption === undefined) return new Map();
  const cards = await cardValues(
    ctx.pool,
    orphans.map(({ id }) => id),
  );
  await ctx.references.ensure([...new Set([...cards.values()].flatMap((values) => adoption.needs(values)))], ctx.channel, { signal: ctx.signal, priority: PRIORITY.content });
  return new Map([...cards].map(([id, values]) => [id, draftOf(values, adoption.product(values, ctx.references.get))]));
}

function draftOf(values: CardValues, product: AdoptedProduct): ProductDraft {
  const { dimensions, price, barcodes = [], stock = {} } = values;
  const { length, width, height, weight } = dimensions ?? { length: 0, width: 0, height: 0, weight: 0 };
  return {
    ...product,
    barcodes,
    ...(length > 0 && width > 0 && height > 0 ? { dimensions: { length, width, height } } : {}),
    ...(weight > 0 ? { weight } : {}),
    ...(price === undefined ? {} : { price: { minor: price.price, currency: price.currency } }),
    ...(price?.old === undefined ? {} : { oldPrice: { minor: price.old, currency: price.currency } }),
    stock,
    archived: values.presence === 'archived',
  };
}

async function cardValues(pool: Pool, listingIds: readonly string[]): Promise<Map<string, CardValues>> {
  const { rows } = await pool.query<{ listing_id: string; facet: Facet; part: string; body: FacetValue }>(
    'SELECT listing_id, facet, part, body FROM observed_document WHERE listing_id = ANY($1::bigint[]) ORDER BY listing_id, facet, part',
    [listingIds],
  );
  const cards = new Map<string, CardValues>();
  const several = new Set<string>();
  for (const { listing_id: id, facet, part, body } of rows) {
    const known = cards.get(id) ?? {};
    if (facet === 'stock') cards.set(id, { ...known, stock: { ...known.stock, [part]: body as number } });
    else if (part === '') cards.set(id, { ...known, [facet]: body });
    else several.add(id);
  }
  for (const id of several) cards.delete(id);
  return cards;
}

import type { Pool } from 'pg';
import { type ProductFilter, productConditions } from '#catalog';
import type { ChannelDescriptor, Facet, WriteOperation } from '#channels/contract';
import { type Account, type ChannelRegistry, listAccounts, listedCondition } from '#listings';

export interface BlastRadius {
  readonly account_id: string;
  readonly title: string;
  readonly channel: string;
  readonly listings: number;
  readonly facets: readonly Facet[];
  readonly modes: Readonly<Record<string, string>>;
  readonly calls: readonly { readonly operation: string; readonly facets: readonly Facet[]; readonly requests: number; readonly moderates: boolean }[];
}

/** Which facets of a card a field of the master may move. */
const FACETS_OF: Readonly<Record<string, readonly Facet[]>> = {
  title: ['title'],
  description: ['description'],
  brand: ['attributes', 'title'],
  category: ['category', 'attributes'],
  country: ['attributes'],
  vat: ['price'],
  attributes: ['attributes', 'title', 'description'],
  media: ['media'],
  dimensions: ['dimensions'],
  weight: ['dimensions'],
  barcodes: ['barcodes'],
  price: ['price'],
  oldPrice: ['price'],
  minPrice: ['price'],
  stock: ['stock'],
  model: ['attributes'],
  components: ['stock'],
  overrides: ['title', 'description', 'category', 'attributes', 'media', 'dimensions', 'barcodes', 'price', 'stock', 'presence'],
  archived: ['presence'],
};

/** How far an edit of these fields reaches: listings by account, the facets that may move, and the calls it would take at most. */
export async function blastRadius(pool: Pool, channels: ChannelRegistry, filter: ProductFilter, fields: readonly string[]): Promise<BlastRadius[]> {
  const values: unknown[] = [];
  const where = productConditions(filter, (value) => `$${values.push(value)}`, listedCondition);
  const { rows } = await pool.query<{ account_id: string; n: number }>(
    `SELECT l.account_id, count(*)::integer AS n FROM listing l JOIN product p ON p.id = l.product_id ${where.length > 0 ? `WHERE ${where.join(' AND ')}` : ''} GROUP BY 1`,
    values,
  );
  const listings = new Map(rows.map((row) => [row.account_id, row.n]));
  const moved = new Set(fields.flatMap((field) => FACETS_OF[field] ?? []));
  return (await listAccounts(pool))
    .map((account) => reach(account, channels.get(account.channel).descriptor, listings.get(account.id) ?? 0, moved))
    .filter((radius) => radius.listings > 0 && radius.facets.length > 0);
}

function reach(account: Account, descriptor: ChannelDescriptor, listings: number, moved: ReadonlySet<Facet>): BlastRadius {
  const facets = descriptor.facets.filter((facet) => moved.has(facet));
  return {
    account_id: account.id,
    title: account.title,
    channel: account.channel,
    listings,
    facets,
    modes: Object.fromEntries(facets.map((facet) => [facet, account.modes[facet] ?? 'observe'])),
    calls: callsFor(descriptor.operations, facets).map(({ operation, facets: carried }) => ({
      operation: operation.id,
      facets: carried,
      requests: Math.ceil(listings / operation.batch),
      moderates: operation.moderates,
    })),
  };
}

/** For each facet the call that replaces least beside it. */
function callsFor(operations: readonly WriteOperation[], facets: readonly Facet[]): { operation: WriteOperation; facets: Facet[] }[] {
  const chosen = new Map<WriteOperation, Facet[]>();
  for (const facet of facets) {
    const able = operations.filter((operation) => operation.writes.includes(facet));
    const narrowest = able.sort((a, b) => a.replaces.length - b.replaces.length || a.writes.length - b.writes.length)[0];
    if (narrowest) chosen.set(narrowest, [...(chosen.get(narrowest) ?? []), facet]);
  }
  return [...chosen].map(([operation, carried]) => ({ operation, facets: carried }));
}

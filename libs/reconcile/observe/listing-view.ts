import type { PoolClient } from 'pg';
import type { CardValues } from '#channels/contract';
import { lockFacetRows, type FacetRow } from './facet-row.js';

/** A listing with everything needed to judge what was read of it. */
export interface ListingView {
  readonly id: string;
  readonly key: string;
  readonly productId: string | null;
  externalId: string | null;
  ids: Readonly<Record<string, string>>;
  readonly rows: FacetRow[];
  /** Rules and projection the newest rendering was made with; null before the first. */
  readonly plannedRules: number | null;
  /** The newest rendering, and some before it, newest first. */
  readonly desired: CardValues | undefined;
  readonly earlier: readonly CardValues[];
  /** Paths refused by the channel or ignored by a rule. */
  readonly masks: readonly string[];
  readonly refusedPaths: readonly string[];
  /** Stock as last read, by warehouse. */
  readonly lastStock: ReadonlyMap<string, number>;
  /** Facets a rule ignores whole. */
  readonly ignoredFacets: ReadonlySet<string>;
}

interface Stored {
  id: string;
  key: string;
  product_id: string | null;
  external_id: string | null;
  ids: Record<string, string>;
  planned_rules: number | null;
  renders: CardValues[] | null;
  refused: string[] | null;
  stocks: Record<string, number> | null;
  ignored: { facet: string; path: string | null }[] | null;
}

/** How far back a change of ours that is still on its way is recognised. */
const RENDERS = 6;

/** Loads listings by id and locks their facet rows until the transaction ends. `now` is the account's clock. */
export async function lockListings(client: PoolClient, accountId: string, listingIds: readonly string[], now: number): Promise<ListingView[]> {
  if (listingIds.length === 0) return [];
  const rows = await lockFacetRows(client, listingIds);
  const { rows: listings } = await client.query<Stored>(
    `SELECT l.id, l.key, l.product_id, l.external_id, l.ids, l.planned_rules,
       (SELECT jsonb_agg(r.values ORDER BY r.revision DESC, r.rules_version DESC, r.projection DESC)
          FROM (SELECT * FROM listing_render x WHERE x.listing_id = l.id ORDER BY x.revision DESC, x.rules_version DESC, x.projection DESC LIMIT ${RENDERS}) r) AS renders,
       (SELECT jsonb_object_agg(d.part, d.body) FROM observed_document d WHERE d.listing_id = l.id AND d.facet = 'stock') AS stocks,
       (SELECT array_agg(p.path) FROM refused_path p WHERE p.listing_id = l.id) AS refused,
       (SELECT jsonb_agg(jsonb_build_object('facet', g.facet, 'path', g.path)) FROM ignore_rule g
          WHERE g.account_id = $2 AND (g.listing_id IS NULL OR g.listing_id = l.id) AND (g.expires_at IS NULL OR g.expires_at > $3)) AS ignored
     FROM listing l WHERE l.id = ANY($1::bigint[])`,
    [listingIds, accountId, new Date(now)],
  );
  const byListing = new Map<string, FacetRow[]>();
  for (const row of rows) {
    const list = byListing.get(row.listingId);
    if (list) list.push(row);
    else byListing.set(row.listingId, [row]);
  }
  return listings.map((stored) => ({
    id: stored.id,
    key: stored.key,
    productId: stored.product_id,
    externalId: stored.external_id,
    ids: stored.ids,
    rows: byListing.get(stored.id) ?? [],
    plannedRules: stored.planned_rules,
    desired: stored.renders?.[0],
    earlier: stored.renders?.slice(1) ?? [],
    refusedPaths: stored.refused ?? [],
    masks: [...(stored.refused ?? []), ...(stored.ignored ?? []).flatMap((rule) => (rule.path === null ? [] : [rule.path]))],
    lastStock: new Map(Object.entries(stored.stocks ?? {})),
    ignoredFacets: new Set((stored.ignored ?? []).filter((rule) => rule.path === null).map((rule) => rule.facet)),
  }));
}

/** Ids of the listings with these keys; a key without a listing is missing from the answer. */
export async function listingIdsByKey(client: PoolClient, accountId: string, keys: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await client.query<{ id: string; key: string }>('SELECT id, key FROM listing WHERE account_id = $1 AND key = ANY($2)', [accountId, keys]);
  return new Map(rows.map((row) => [row.key, row.id]));
}

/** Cards nobody has in the master get a listing without a product: an orphan, shown and never touched. */
export async function addOrphans(client: PoolClient, accountId: string, keys: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await client.query<{ id: string; key: string }>(
    `INSERT INTO listing (account_id, key) SELECT $1, unnest($2::text[])
     ON CONFLICT (account_id, key) DO UPDATE SET key = excluded.key RETURNING id, key`,
    [accountId, keys],
  );
  return new Map(rows.map((row) => [row.key, row.id]));
}

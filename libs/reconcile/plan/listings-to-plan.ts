import { archivedFor } from '#catalog';
import type { AccountContext } from '../account/account-context.js';
import { rulesStamp } from '../account/rules-stamp.js';
import { ownKeys } from './own-keys.js';
import type { PlanScope } from './plan-feed.js';

const productsOf = (scope: PlanScope): readonly string[] | null => (scope === 'everything' ? null : scope);
const among = (products: string): string => `(${products}::bigint[] IS NULL OR p.id = ANY(${products}))`;

export interface ListingToPlan {
  readonly id: string;
  readonly productId: string;
  readonly key: string;
  /** The product's view version, read before its snapshot: a later change of the view plans it again. */
  readonly view: number;
}

/**
 * Gives products without a listing one; an archived product only where its archived card is there already. A card that was an orphan
 * under the same key becomes theirs; nobody compared it until now, so what was kept of its bulk reads is forgotten and the next sweep
 * judges it whole.
 */
export async function attachProducts(ctx: AccountContext, scope: PlanScope, limit: number): Promise<void> {
  const keys = await ownKeys(ctx, ctx.module.keyOf === undefined ? [] : await variantsWithoutListing(ctx, scope, limit));
  await ctx.pool.query(
    `WITH fresh AS (
       INSERT INTO listing (account_id, product_id, key)
       SELECT $1, p.id, coalesce(k.key, p.sku) FROM product p LEFT JOIN unnest($3::bigint[], $4::text[]) AS k (id, key) ON k.id = p.id
       WHERE p.approved_revision IS NOT NULL AND ${among('$6')}
         AND (NOT ${archivedFor('p', '$5')} OR EXISTS (SELECT 1 FROM listing o JOIN observed_document d ON d.listing_id = o.id AND d.facet = 'presence' AND d.body = '"archived"'::jsonb
           WHERE o.account_id = $1 AND o.key = coalesce(k.key, p.sku) AND o.product_id IS NULL))
         AND NOT EXISTS (SELECT 1 FROM listing l WHERE l.account_id = $1 AND l.product_id = p.id)
       ORDER BY p.id LIMIT $2
       ON CONFLICT (account_id, key) DO UPDATE SET product_id = excluded.product_id
       RETURNING id, key
     ), judged_anew AS (
       DELETE FROM read_print r USING fresh f WHERE r.account_id = $1 AND r.key = f.key
     ), forgotten AS (
       DELETE FROM observed_document d USING fresh f WHERE d.listing_id = f.id AND d.facet <> 'presence'
     )
     UPDATE drift SET state = 'superseded' WHERE kind = 'orphan' AND state <> 'superseded' AND listing_id IN (SELECT id FROM fresh)`,
    [ctx.account.id, limit, [...keys.keys()], [...keys.values()], ctx.account.channel, productsOf(scope)],
  );
}

/** Variants without a listing, in the same order: only they may be known by another key than their SKU. */
async function variantsWithoutListing(ctx: AccountContext, scope: PlanScope, limit: number): Promise<string[]> {
  const { rows } = await ctx.pool.query<{ id: string }>(
    `SELECT p.id FROM product p WHERE p.approved_revision IS NOT NULL AND NOT ${archivedFor('p', '$3')} AND p.model_id IS NOT NULL AND ${among('$4')}
       AND NOT EXISTS (SELECT 1 FROM listing l WHERE l.account_id = $1 AND l.product_id = p.id) ORDER BY p.id LIMIT $2`,
    [ctx.account.id, limit, ctx.account.channel, productsOf(scope)],
  );
  return rows.map((row) => row.id);
}

export async function listingsToPlan(ctx: AccountContext, scope: PlanScope, limit: number): Promise<ListingToPlan[]> {
  const { rows } = await ctx.pool.query<{ id: string; product_id: string; key: string; view_version: number }>(
    `SELECT l.id, l.product_id, l.key, p.view_version FROM listing l JOIN product p ON p.id = l.product_id
     WHERE l.account_id = $1 AND p.approved_revision IS NOT NULL AND ${among('$4')}
       AND (l.planned_revision IS DISTINCT FROM p.approved_revision OR l.planned_rules IS DISTINCT FROM $2 OR l.planned_view <> p.view_version)
     ORDER BY l.id LIMIT $3`,
    [ctx.account.id, rulesStamp(ctx), limit, productsOf(scope)],
  );
  return rows.map((row) => ({ id: row.id, productId: row.product_id, key: row.key, view: row.view_version }));
}

/** Says with which view of their products these listings were planned. Writes only those whose view moved. */
export async function rememberViews(ctx: AccountContext, planned: readonly ListingToPlan[]): Promise<void> {
  await ctx.pool.query(
    `UPDATE listing l SET planned_view = u.view FROM unnest($1::bigint[], $2::integer[]) AS u (id, view)
     WHERE l.id = u.id AND l.planned_view <> u.view`,
    [planned.map((listing) => listing.id), planned.map((listing) => listing.view)],
  );
}

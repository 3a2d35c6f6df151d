import type { Pool } from 'pg';
import type { Diagnostic } from '#kernel';
import type { ChannelModule, ProductSnapshot } from '#channels/contract';
import type { Account } from '#listings';
import { KeptReferences } from '../accounts/kept-references.js';

/**
 * What the channel itself finds missing or wrong in a product for this account, by its own rules and the reference data the hub has
 * fetched so far; nothing is fetched for it.
 */
export async function findingsOf(pool: Pool, module: ChannelModule, account: Account, product: ProductSnapshot): Promise<readonly Diagnostic[]> {
  const references = new KeptReferences(pool, module, account);
  await references.loadFor([product], [account.rules]);
  return module.render(product, account.rules, references.get).diagnostics;
}

export interface CategoryGaps {
  readonly category: string;
  readonly account_id: string;
  /** Products of the category on the account. */
  readonly products: number;
  readonly incomplete: number;
  /** How many products each error holds back, most first; `params` as it is told of the first of them. */
  readonly errors: readonly { readonly code: string; readonly path: string; readonly products: number; readonly params?: Diagnostic['params'] }[];
}

/** By category and account how many products a channel cannot take, and why; from what was last rendered for it. */
export async function categoryGaps(pool: Pool, accountId: string | undefined): Promise<CategoryGaps[]> {
  const { rows } = await pool.query<CategoryGaps>(
    `WITH planned AS (
       SELECT l.account_id, p.category, l.product_id, r.diagnostics
       FROM listing l JOIN product p ON p.id = l.product_id
       JOIN listing_render r ON r.listing_id = l.id AND r.revision = l.planned_revision AND r.rules_version * 1000 + r.projection = l.planned_rules
       WHERE ($1::bigint IS NULL OR l.account_id = $1) AND NOT p.archived
     ), faults AS (
       SELECT n.account_id, n.category, n.product_id, d ->> 'code' AS code, d ->> 'path' AS path, d -> 'params' AS params
       FROM planned n, jsonb_array_elements(n.diagnostics) AS d WHERE d ->> 'severity' = 'error'
     ), counted AS (
       SELECT account_id, category, code, path, count(DISTINCT product_id)::integer AS products, coalesce((array_agg(params ORDER BY product_id))[1], '{}') AS params
       FROM faults GROUP BY 1, 2, 3, 4
     )
     SELECT n.category, n.account_id, count(*)::integer AS products,
       (SELECT count(DISTINCT f.product_id)::integer FROM faults f WHERE f.account_id = n.account_id AND f.category = n.category) AS incomplete,
       coalesce((SELECT jsonb_agg(jsonb_build_object('code', c.code, 'path', c.path, 'products', c.products, 'params', c.params) ORDER BY c.products DESC, c.code, c.path)
         FROM counted c WHERE c.account_id = n.account_id AND c.category = n.category), '[]') AS errors
     FROM planned n GROUP BY n.account_id, n.category ORDER BY n.category, n.account_id`,
    [accountId ?? null],
  );
  return rows;
}

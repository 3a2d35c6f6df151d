import { createHash } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import type { Bind, ListedCondition, ProductFilter } from '../search/product-filter.js';
import { productConditions } from '../search/product-filter.js';
import type { BulkOperation } from './bulk-operation.js';

/** What a bulk edit is asked to do: these operations on every product of the filter. */
export interface BulkRequest {
  readonly filter: ProductFilter;
  readonly operations: readonly BulkOperation[];
}

/** Which products, at which revisions: `token` changes when any of them does, or the request. */
export interface PinnedScope {
  readonly count: number;
  readonly token: string;
}

/** More than this in one edit is done in parts. */
export const MOST_PRODUCTS = 200_000;

/** `WHERE` of the products of a request. */
export function scopeCondition(filter: ProductFilter, bind: Bind, listed: ListedCondition | undefined): string {
  const where = productConditions(filter, bind, listed);
  return where.length > 0 ? where.join(' AND ') : 'true';
}

export async function pinScope(db: Pool | PoolClient, request: BulkRequest, listed: ListedCondition | undefined): Promise<PinnedScope> {
  const values: unknown[] = [];
  const where = scopeCondition(request.filter, (value) => `$${values.push(value)}`, listed);
  const { rows } = await db.query<{ n: number; print: string | null }>(
    `SELECT count(*)::integer AS n, md5(string_agg(p.id || ':' || p.revision, ',' ORDER BY p.id)) AS print FROM product p WHERE ${where}`,
    values,
  );
  const { n = 0, print = null } = rows[0] ?? {};
  const token = createHash('sha256')
    .update(JSON.stringify([request.filter, request.operations, print]))
    .digest('base64url')
    .slice(0, 32);
  return { count: n, token };
}

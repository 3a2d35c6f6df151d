import type { Pool } from 'pg';
import type { Diagnostic } from '#kernel';
import type { ListingState } from './counts.js';

export interface ListingRow {
  readonly id: string;
  readonly account_id: string;
  readonly product_id: string | null;
  readonly sku: string | null;
  readonly title: string | null;
  readonly key: string;
  readonly external_id: string | null;
  readonly ids: unknown;
  readonly state: ListingState;
  readonly planned_revision: number | null;
  readonly frozen_until: Date | null;
}

export interface FacetRowView {
  readonly facet: string;
  readonly part: string;
  readonly state: string;
  readonly reason: string | null;
  readonly desired_revision: number | null;
  readonly since: Date;
  readonly due_at: Date | null;
  readonly settle_until: Date | null;
  readonly attempts: number;
  readonly drift_id: string | null;
  readonly intent_id: string | null;
}

export interface ListingFilter {
  readonly accountId?: string;
  readonly state?: ListingState;
  readonly sku?: string;
  readonly text?: string;
  /** Listings with an id above this one. */
  readonly after?: string;
}

const SELECT = `
  SELECT l.id, l.account_id, l.product_id, p.sku, p.title, l.key, l.external_id, l.ids, l.state, l.planned_revision, l.frozen_until
  FROM listing l LEFT JOIN product p ON p.id = l.product_id`;

/** Listings in the order of their ids. */
export async function listingPage(pool: Pool, filter: ListingFilter, limit: number): Promise<{ items: ListingRow[]; more: boolean }> {
  const values: unknown[] = [limit + 1];
  const where: string[] = [];
  const bind = (value: unknown): string => `$${values.push(value)}`;
  if (filter.accountId !== undefined) where.push(`l.account_id = ${bind(filter.accountId)}`);
  if (filter.state !== undefined) where.push(`l.state = ${bind(filter.state)}`);
  if (filter.sku !== undefined) where.push(`p.sku = ${bind(filter.sku)}`);
  if (filter.text !== undefined)
    where.push(`(l.key ILIKE ${bind(`%${filter.text.replace(/[\\%_]/g, '\\$&')}%`)} OR p.sku ILIKE $${values.length} OR p.title ILIKE $${values.length})`);
  if (filter.after !== undefined) where.push(`l.id > ${bind(filter.after)}`);
  const { rows } = await pool.query<ListingRow>(`${SELECT} ${where.length > 0 ? `WHERE ${where.join(' AND ')}` : ''} ORDER BY l.id LIMIT $1`, values);
  return { items: rows.slice(0, limit), more: rows.length > limit };
}

/** The listings of a SKU: by the master's SKU, or by the channel's key for a card the master does not know. */
export async function listingsOfSku(pool: Pool, sku: string): Promise<ListingRow[]> {
  const { rows } = await pool.query<ListingRow>(`${SELECT} WHERE p.sku = $1 OR (l.product_id IS NULL AND l.key = $1) ORDER BY l.id`, [sku]);
  return rows;
}

export async function listingById(pool: Pool, id: string): Promise<ListingRow | undefined> {
  const { rows } = await pool.query<ListingRow>(`${SELECT} WHERE l.id = $1`, [id]);
  return rows[0];
}

export async function facetsOf(pool: Pool, listingId: string): Promise<FacetRowView[]> {
  const { rows } = await pool.query<FacetRowView>(
    `SELECT facet, part, state, reason, desired_revision, since, due_at, settle_until, attempts, drift_id, intent_id
     FROM listing_facet WHERE listing_id = $1 ORDER BY facet, part`,
    [listingId],
  );
  return rows;
}

export interface RenderedView {
  readonly revision: number;
  readonly rules_version: number;
  readonly values: unknown;
  readonly diagnostics: readonly Diagnostic[];
  readonly created_at: Date;
}

/** What was last rendered for the channel, with the findings on it. */
export async function lastRender(pool: Pool, listingId: string): Promise<RenderedView | undefined> {
  const { rows } = await pool.query<RenderedView>(
    `SELECT revision, rules_version, values, diagnostics, created_at FROM listing_render WHERE listing_id = $1
     ORDER BY revision DESC, rules_version DESC, projection DESC LIMIT 1`,
    [listingId],
  );
  return rows[0];
}

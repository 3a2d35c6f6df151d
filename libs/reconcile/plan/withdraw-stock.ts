import type { Pool, PoolClient } from 'pg';
import type { StockPlaces } from '#channels/contract';
import type { AccountContext } from '../account/account-context.js';
import { enter, type FacetRow } from '../observe/facet-row.js';
import { printOf } from '../observe/projection.js';
import type { RenderedListing } from './render-listing.js';

const NOTHING = printOf(0);

/** A figure that we put there, or that is there by our word; what others keep in a warehouse of theirs is not ours to take away. */
const OURS = 'f.desired IS NOT NULL AND (f.push_ended_at IS NOT NULL OR f.intent_id IS NOT NULL OR f.expected_for IS NOT NULL)';

/** Where stock may stand that no rendering speaks of any more. */
function leftPlaces({ account, module, references }: Pick<AccountContext, 'account' | 'module' | 'references'>): readonly string[] {
  return module.stockPlaces?.(account.rules, references.get).others ?? [];
}

/**
 * A warehouse that the rules no longer speak of would go on selling the last figure put there. It is wanted empty until the channel
 * shows it empty, as far as it can be written to.
 */
export async function withdrawStock(client: PoolClient, ctx: AccountContext, rendered: readonly RenderedListing[]): Promise<RenderedListing[]> {
  const left = leftPlaces(ctx);
  if (left.length === 0) return [...rendered];
  const { rows } = await client.query<{ id: string; parts: string[] }>(
    `SELECT f.listing_id AS id, array_agg(f.part ORDER BY f.part) AS parts FROM listing_facet f
     LEFT JOIN observed_document d ON d.listing_id = f.listing_id AND d.facet = f.facet AND d.part = f.part
     WHERE f.listing_id = ANY($1::bigint[]) AND f.facet = 'stock' AND f.part = ANY($2) AND ${OURS} AND (f.state <> 'in_sync' OR d.body <> '0'::jsonb)
     GROUP BY f.listing_id`,
    [rendered.map((one) => one.listing.id), left],
  );
  const parts = new Map(rows.map((row) => [row.id, row.parts]));
  return rendered.map((one) => {
    const empty = Object.fromEntries((parts.get(one.listing.id) ?? []).map((part) => [part, 0]));
    return Object.keys(empty).length === 0 ? one : { ...one, values: { ...one.values, stock: { ...empty, ...one.values.stock } } };
  });
}

/** Once shown empty such a warehouse is no longer ours: whoever fills it again is not argued with. */
export function forgetWithdrawn(ctx: Pick<AccountContext, 'account' | 'module' | 'references' | 'clock'>, rows: readonly FacetRow[]): void {
  const empty = rows.filter((row) => row.facet === 'stock' && row.state === 'in_sync' && row.desired === NOTHING);
  if (empty.length === 0) return;
  const left = new Set(leftPlaces(ctx));
  for (const row of empty.filter((one) => left.has(one.part))) {
    row.desired = null;
    enter(row, 'ignored', ctx.clock.now(), 'not-wanted');
  }
}

export interface StockToWithdraw {
  readonly warehouse: string;
  readonly cards: number;
  readonly pieces: number;
}

/** What would be taken out of warehouses if stock went only to these places; changes nothing. */
export async function stockToWithdraw(pool: Pool, accountId: string, { others }: StockPlaces): Promise<StockToWithdraw[]> {
  if (others.length === 0) return [];
  const { rows } = await pool.query<StockToWithdraw>(
    `SELECT f.part AS warehouse, count(*)::integer AS cards, sum((d.body #>> '{}')::numeric)::float8 AS pieces FROM listing_facet f
     JOIN observed_document d ON d.listing_id = f.listing_id AND d.facet = f.facet AND d.part = f.part
     WHERE f.account_id = $1 AND f.facet = 'stock' AND f.part = ANY($2) AND ${OURS} AND d.body <> '0'::jsonb
     GROUP BY f.part ORDER BY f.part`,
    [accountId, others],
  );
  return rows;
}

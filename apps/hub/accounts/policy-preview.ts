import type { Pool } from 'pg';
import type { Facet } from '#channels/contract';
import type { PolicyMode } from '#listings';

interface FacetPreview {
  readonly facet: Facet;
  readonly from: PolicyMode;
  readonly to: PolicyMode;
  readonly repairs: number;
  readonly changes: number;
  readonly waits: number;
  readonly stops: number;
}

export interface PolicyPreview {
  /** Only facets whose mode changes. */
  readonly facets: readonly FacetPreview[];
  /** Cards that would be written to. */
  readonly cards: number;
  readonly examples: readonly string[];
}

const EXAMPLES = 10;
/** Held by nothing but the mode. */
const BY_MODE = `f.state = 'held' AND f.reason IN ('policy', 'approval')`;

/** What another mode would do at once: held repairs and changes that would go, and work under way that would stop. Changes nothing. */
export async function previewPolicy(
  pool: Pool,
  accountId: string,
  facets: readonly Facet[],
  modes: Readonly<Partial<Record<Facet, PolicyMode>>>,
  to: PolicyMode,
): Promise<PolicyPreview> {
  const changing = facets.filter((facet) => (modes[facet] ?? 'observe') !== to);
  const [{ rows }, cards] = await Promise.all([
    pool.query<{ facet: Facet; repairs: number; changes: number; under_way: number }>(
      `SELECT f.facet, (count(*) FILTER (WHERE ${BY_MODE} AND f.drift_id IS NOT NULL))::integer AS repairs,
         (count(*) FILTER (WHERE ${BY_MODE} AND f.drift_id IS NULL))::integer AS changes,
         (count(*) FILTER (WHERE f.state IN ('pending', 'drifted') AND f.reason IS DISTINCT FROM 'approved'))::integer AS under_way
       FROM listing_facet f WHERE f.account_id = $1 AND f.facet = ANY ($2::text[]) AND f.state IN ('held', 'pending', 'drifted') GROUP BY f.facet`,
      [accountId, changing],
    ),
    to === 'auto' ? cardsWrittenTo(pool, accountId, changing) : { count: 0, examples: [] },
  ]);
  const byFacet = new Map(rows.map((row) => [row.facet, row]));
  return {
    facets: changing.map((facet) => {
      const from = modes[facet] ?? 'observe';
      const { repairs, changes, under_way } = byFacet.get(facet) ?? { repairs: 0, changes: 0, under_way: 0 };
      const goes = to === 'auto';
      return {
        facet,
        from,
        to,
        repairs: goes ? repairs : 0,
        changes: goes ? changes : 0,
        waits: to === 'approve' ? repairs + changes : 0,
        stops: from === 'auto' ? under_way : 0,
      };
    }),
    cards: cards.count,
    examples: cards.examples,
  };
}

async function cardsWrittenTo(pool: Pool, accountId: string, facets: readonly Facet[]): Promise<{ count: number; examples: readonly string[] }> {
  const { rows } = await pool.query<{ n: number; examples: readonly string[] | null }>(
    `WITH touched AS (SELECT DISTINCT f.listing_id FROM listing_facet f WHERE f.account_id = $1 AND f.facet = ANY ($2::text[]) AND ${BY_MODE}),
       named AS (SELECT coalesce(p.sku, l.key) AS name FROM touched JOIN listing l ON l.id = touched.listing_id LEFT JOIN product p ON p.id = l.product_id ORDER BY l.id LIMIT ${EXAMPLES})
     SELECT (SELECT count(*)::integer FROM touched) AS n, (SELECT array_agg(name) FROM named) AS examples`,
    [accountId, facets],
  );
  return { count: rows[0]?.n ?? 0, examples: rows[0]?.examples ?? [] };
}

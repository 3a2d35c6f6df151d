import type { Pool } from 'pg';
import { IS_ORPHAN } from './orphans-to-look-at.js';
import { STRONG } from './score-match.js';

/** What connecting an account has shown, before a single write. */
export interface FirstReport {
  /** All live cards are known. */
  readonly complete: boolean;
  /** Cards of products that are on the channel, products that are not, and cards nobody has. */
  readonly matched: number;
  readonly missing: number;
  readonly orphans: number;
  /** Matched cards that show what the catalog wants; that show something else; whose product the channel would not take as it is. The rest is still being checked. */
  readonly right: number;
  readonly differing: number;
  readonly failing: number;
  /** Differences by what happened, most first, each with up to 5 cards. */
  readonly drifts: readonly { readonly kind: string; readonly cards: number; readonly examples: readonly string[] }[];
  /** Open proposals; the orphans that have any; those with a strong one that no other comes near, for the same card or the same product. */
  readonly proposals: number;
  readonly proposed: number;
  readonly strong: number;
  /** Matched cards of whose description, of whose pictures the product says nothing: these are left as they are. */
  readonly textless: number;
  readonly pictureless: number;
  /** Facets that every allowed repair and change would write to, by facet. */
  readonly writes: Readonly<Record<string, number>>;
}

const EXAMPLES = 5;
/** Scores this close leave the choice to a person's eyes. */
const NEAR = 10;
const OPEN_DRIFT = `d.state IN ('open', 'repairing', 'held', 'case') AND d.kind <> 'orphan'`;
const IS_MATCHED = 'l.product_id IS NOT NULL AND l.external_id IS NOT NULL';
/** Of its description or pictures the product says nothing. */
const unspoken = (facet: 'description' | 'media', empty: string) => `count(*) FILTER (WHERE ${IS_MATCHED} AND EXISTS (
  SELECT 1 FROM product p JOIN product_revision r ON r.product_id = p.id AND r.revision = p.approved_revision
  WHERE p.id = l.product_id AND r.document -> '${facet}' = '${empty}'::jsonb))::integer`;
const DIFFERS = `EXISTS (SELECT 1 FROM drift d WHERE d.listing_id = l.id AND ${OPEN_DRIFT})`;

export async function firstReport(pool: Pool, accountId: string): Promise<FirstReport> {
  const [figures, drifts, writes] = await Promise.all([
    pool.query<Omit<FirstReport, 'drifts' | 'writes'>>(
      `SELECT (SELECT a.cards_listed_at IS NOT NULL FROM channel_account a WHERE a.id = $1) AS complete,
         count(*) FILTER (WHERE ${IS_MATCHED})::integer AS matched,
         count(*) FILTER (WHERE l.product_id IS NOT NULL AND l.external_id IS NULL)::integer AS missing,
         count(*) FILTER (WHERE ${IS_ORPHAN})::integer AS orphans,
         count(*) FILTER (WHERE ${IS_MATCHED} AND l.state IN ('in_sync', 'ignored') AND NOT ${DIFFERS})::integer AS right,
         count(*) FILTER (WHERE ${IS_MATCHED} AND ${DIFFERS})::integer AS differing,
         count(*) FILTER (WHERE ${IS_MATCHED} AND l.state = 'failing' AND NOT ${DIFFERS})::integer AS failing,
         ${unspoken('description', '""')} AS textless,
         ${unspoken('media', '[]')} AS pictureless,
         (SELECT count(*)::integer FROM match_proposal m WHERE m.account_id = $1 AND m.state = 'open') AS proposals,
         (SELECT count(DISTINCT m.listing_id)::integer FROM match_proposal m WHERE m.account_id = $1 AND m.state = 'open') AS proposed,
         (SELECT count(DISTINCT m.listing_id)::integer FROM match_proposal m WHERE m.account_id = $1 AND m.state = 'open' AND m.score >= ${STRONG}
           AND NOT EXISTS (SELECT 1 FROM match_proposal o WHERE o.account_id = $1 AND o.state = 'open' AND o.id <> m.id AND (o.listing_id = m.listing_id OR o.product_id = m.product_id)
             AND o.score > m.score - ${NEAR})) AS strong
       FROM listing l WHERE l.account_id = $1`,
      [accountId],
    ),
    pool.query<FirstReport['drifts'][number]>(
      `SELECT d.kind, count(DISTINCT d.listing_id)::integer AS cards, (array_agg(DISTINCT coalesce(p.sku, l.key)))[1:${EXAMPLES}] AS examples
       FROM drift d JOIN listing l ON l.id = d.listing_id LEFT JOIN product p ON p.id = l.product_id
       WHERE d.account_id = $1 AND ${OPEN_DRIFT} GROUP BY d.kind ORDER BY cards DESC, d.kind`,
      [accountId],
    ),
    pool.query<{ facet: string; n: number }>(
      `SELECT f.facet, count(*)::integer AS n FROM listing_facet f JOIN listing l ON l.id = f.listing_id
       WHERE f.account_id = $1 AND l.external_id IS NOT NULL AND (f.state IN ('pending', 'drifted') OR (f.state = 'held' AND f.reason IN ('policy', 'approval'))) GROUP BY f.facet ORDER BY f.facet`,
      [accountId],
    ),
  ]);
  const counted = figures.rows[0];
  if (counted === undefined) throw new Error('A count answers a row.');
  return { ...counted, drifts: drifts.rows, writes: Object.fromEntries(writes.rows.map(({ facet, n }) => [facet, n])) };
}

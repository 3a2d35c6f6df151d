import type { AccountContext } from '../account/account-context.js';

/** A live card that no product has, with what it is recognised by. */
export interface Orphan {
  readonly id: string;
  readonly key: string;
  readonly title: string;
  readonly barcodes: readonly string[];
  /** The channel's address of the main picture; null when the card has none. */
  readonly picture: string | null;
  readonly seenUntil: Date;
  readonly newestProduct: string;
}

/** A picture that failed this often is not waited for. */
const PICTURE_TRIES = 3;

/** A card that is there and belongs to nobody. Its alias is `l`. */
export const IS_ORPHAN = `l.product_id IS NULL AND EXISTS (
  SELECT 1 FROM observed_document p WHERE p.listing_id = l.id AND p.facet = 'presence' AND p.body <> '"absent"'::jsonb)`;

/** Orphans whose documents or whose catalog moved since they were compared, once their content was read and their main picture looked at. */
export async function orphansToLookAt(ctx: AccountContext, after: string, limit: number): Promise<Orphan[]> {
  const { rows } = await ctx.pool.query<{ id: string; key: string; title: string; barcodes: string[] | null; picture: string | null; seen_until: Date; newest: string }>(
    `SELECT l.id, l.key, t.body #>> '{}' AS title, m.body ->> 0 AS picture, d.seen_until, n.newest,
       (SELECT array_agg(DISTINCT code) FROM observed_document b CROSS JOIN LATERAL jsonb_array_elements_text(b.body) AS code WHERE b.listing_id = l.id AND b.facet = 'barcodes') AS barcodes
     FROM listing l
     CROSS JOIN (SELECT coalesce(max(id), 0) AS newest FROM product) n
     JOIN observed_document t ON t.listing_id = l.id AND t.facet = 'title'
     LEFT JOIN observed_document m ON m.listing_id = l.id AND m.facet = 'media'
     CROSS JOIN LATERAL (SELECT max(x.seen_at) AS seen_until FROM observed_document x WHERE x.listing_id = l.id) d
     LEFT JOIN orphan_look k ON k.listing_id = l.id
     WHERE l.account_id = $1 AND l.id > $3 AND ${IS_ORPHAN}
       AND (k.listing_id IS NULL OR k.seen_until < d.seen_until OR k.newest_product < n.newest)
       AND NOT EXISTS (SELECT 1 FROM picture i WHERE i.account_id = $1 AND i.url = m.body ->> 0 AND i.state = 'wanted' AND i.attempts < ${PICTURE_TRIES})
     ORDER BY l.id LIMIT $2`,
    [ctx.account.id, limit, after],
  );
  return rows.map((row) => ({
    id: row.id,
    key: row.key,
    title: row.title,
    barcodes: row.barcodes ?? [],
    picture: row.picture,
    seenUntil: row.seen_until,
    newestProduct: row.newest,
  }));
}

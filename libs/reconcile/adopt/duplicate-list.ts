import type { Pool } from 'pg';

export const DUPLICATE_SIGNS = ['barcode', 'title-and-picture', 'product'] as const;

/** Cards of one account that seem to sell the same thing. */
export interface DuplicateGroup {
  /** What they share. Cards of one product are duplicates by `product`. */
  readonly sign: (typeof DUPLICATE_SIGNS)[number];
  /** The barcode, the title, or the SKU. */
  readonly value: string;
  readonly cards: readonly { readonly listing_id: string; readonly key: string; readonly sku: string | null; readonly title: string | null }[];
}

const MOST = 500;

/** Live cards that share a barcode, a title together with the same main picture, or a product. Colour variants share texts, not pictures; offers of one card share both. */
export async function duplicateCards(pool: Pool, accountId: string): Promise<DuplicateGroup[]> {
  const { rows } = await pool.query<DuplicateGroup>(
    `WITH live AS (
       SELECT l.id, l.key, l.product_id, l.external_id FROM listing l JOIN observed_document d ON d.listing_id = l.id AND d.facet = 'presence' AND d.body = '"listed"'::jsonb WHERE l.account_id = $1
     ), signs AS (
       SELECT 'barcode' AS sign, code AS value, live.id, live.external_id
         FROM live JOIN observed_document b ON b.listing_id = live.id AND b.facet = 'barcodes' CROSS JOIN LATERAL jsonb_array_elements_text(b.body) AS code
       UNION ALL
       SELECT 'title-and-picture', (t.body #>> '{}') || ' ' || i.phash::text, live.id, live.external_id
         FROM live JOIN observed_document t ON t.listing_id = live.id AND t.facet = 'title'
         JOIN observed_document m ON m.listing_id = live.id AND m.facet = 'media'
         JOIN picture i ON i.account_id = $1 AND i.url = m.body ->> 0 AND i.phash IS NOT NULL
       UNION ALL
       SELECT 'product', live.product_id::text, live.id, live.external_id FROM live WHERE live.product_id IS NOT NULL
     ), grouped AS (
       SELECT sign, value, array_agg(DISTINCT id) AS ids FROM signs GROUP BY sign, value HAVING count(DISTINCT id) > 1 AND (sign <> 'title-and-picture' OR count(DISTINCT external_id) > 1) ORDER BY sign, value LIMIT ${MOST}
     )
     SELECT g.sign,
       CASE g.sign WHEN 'barcode' THEN g.value WHEN 'product' THEN (SELECT p.sku FROM product p WHERE p.id = g.value::bigint) ELSE regexp_replace(g.value, ' -?\\d+$', '') END AS value,
       (SELECT jsonb_agg(jsonb_build_object('listing_id', l.id::text, 'key', l.key, 'sku', p.sku,
           'title', (SELECT d.body FROM observed_document d WHERE d.listing_id = l.id AND d.facet = 'title')) ORDER BY l.id)
         FROM listing l LEFT JOIN product p ON p.id = l.product_id WHERE l.id = ANY (g.ids)) AS cards
     FROM grouped g ORDER BY g.sign, g.value`,
    [accountId],
  );
  return rows;
}

import type { Pool } from 'pg';

export interface IdentityConflict {
  readonly kind: 'barcode-elsewhere' | 'card-twice' | 'sku-twins';
  readonly account_id: string | null;
  /** What both sides claim. */
  readonly value: string;
  readonly sides: readonly { readonly sku: string | null; readonly card: string | null }[];
}

/**
 * Where SKU, barcode and card are not one to one: a card shows a barcode that the catalog gives to another product, two listings of
 * an account lead to one card (or to one offer of it, where each is a listing), or two SKUs differ only in case and spaces. Both sides are named.
 */
export async function identityConflicts(pool: Pool, limit: number): Promise<IdentityConflict[]> {
  const { rows } = await pool.query<IdentityConflict>(
    `(SELECT 'barcode-elsewhere' AS kind, l.account_id, code AS value,
        jsonb_build_array(jsonb_build_object('sku', shown.sku, 'card', l.key), jsonb_build_object('sku', owner.sku, 'card', NULL)) AS sides
      FROM observed_document d
      JOIN listing l ON l.id = d.listing_id
      LEFT JOIN product shown ON shown.id = l.product_id
      CROSS JOIN LATERAL jsonb_array_elements_text(CASE jsonb_typeof(d.body) WHEN 'array' THEN d.body ELSE '[]' END) AS code
      JOIN product_barcode b ON b.barcode = code
      JOIN product owner ON owner.id = b.product_id
      WHERE d.facet = 'barcodes' AND l.product_id IS DISTINCT FROM b.product_id LIMIT $1)
     UNION ALL
     (SELECT 'card-twice', l.account_id, l.external_id, jsonb_agg(jsonb_build_object('sku', p.sku, 'card', l.key) ORDER BY l.id)
      FROM listing l LEFT JOIN product p ON p.id = l.product_id
      WHERE l.external_id IS NOT NULL GROUP BY l.account_id, l.external_id, l.ids ->> 'offer' HAVING count(*) > 1 LIMIT $1)
     UNION ALL
     (SELECT 'sku-twins', NULL, min(lower(regexp_replace(sku, '\\s+', '', 'g'))), jsonb_agg(jsonb_build_object('sku', sku, 'card', NULL) ORDER BY id)
      FROM product WHERE NOT archived GROUP BY lower(regexp_replace(sku, '\\s+', '', 'g')) HAVING count(*) > 1 LIMIT $1)
     LIMIT $1`,
    [limit],
  );
  return rows;
}

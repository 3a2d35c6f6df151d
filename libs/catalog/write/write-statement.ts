/**
 * Writes documents that are known to differ: products, revisions, barcodes, components, ids in other systems, categories and outbox in one statement.
 * $1 heads ascending by sku, so that two writers lock in one order; $2 author, $3 cause where a document has none of its own, $4 whether approved;
 * $5 the documents in the order of their heads, $6 what their attributes are found by, one after another: those of a head end at its `keys_end`.
 * `updated` answers the document along and `fresh` is a plain column, because the planner takes both for a row or two and would then look
 * through all of `input` for each.
 * `keys_end` or `words` null: they stay as they are.
 * What another writer changed since the revision was read is left alone and missing from the answer.
 */
export const WRITE_STATEMENT = `
  WITH input AS MATERIALIZED (
    SELECT h.*, decode(h.digest, 'hex') AS sum, m.id AS model_id, CASE WHEN keys_end IS NOT NULL THEN ($6::bigint[])[keys_end - keys_count + 1 : keys_end] END AS keys
    FROM ROWS FROM (
      jsonb_to_recordset($1::jsonb) AS (id bigint, fresh boolean, sku text, old_revision integer, digest text, title text, brand text, category text, model text,
        variant bigint, archived boolean, channel_archived jsonb, keys_count integer, keys_end integer, words text, barcodes text[], components jsonb, external_ids text[], cause jsonb),
      unnest($5::jsonb[])
    ) AS h (id, fresh, sku, old_revision, digest, title, brand, category, model, variant, archived, channel_archived, keys_count, keys_end, words, barcodes, components, external_ids, cause, document)
    LEFT JOIN product_model m ON m.code = h.model
  ), updated AS (
    UPDATE product p SET
      revision = p.revision + 1, approved_revision = CASE WHEN $4 THEN p.revision + 1 ELSE p.approved_revision END, draft = NOT $4,
      model_id = i.model_id, title = i.title, brand = i.brand, category = i.category, archived = i.archived, channel_archived = i.channel_archived,
      digest = i.sum, variant_key = i.variant, updated_at = now()
    FROM input i WHERE p.id = i.id AND p.revision = i.old_revision
    RETURNING p.id, p.sku, p.revision, i.sum, i.keys, i.words, i.barcodes, i.components, i.external_ids, i.cause, i.document
  ), created AS (
    INSERT INTO product AS p (sku, revision, approved_revision, draft, model_id, title, brand, category, archived, channel_archived, digest, variant_key)
    SELECT sku, 1, CASE WHEN $4 THEN 1 END, NOT $4, model_id, title, brand, category, archived, channel_archived, sum, variant FROM input WHERE fresh ORDER BY sku
    ON CONFLICT (sku) DO NOTHING
    RETURNING p.id, p.sku, p.revision
  ), written AS MATERIALIZED (
    SELECT * FROM updated
    UNION ALL
    SELECT c.id, c.sku, c.revision, i.sum, i.keys, i.words, i.barcodes, i.components, i.external_ids, i.cause, i.document FROM created c JOIN input i USING (sku)
  ), revisions AS (
    INSERT INTO product_revision (product_id, revision, document, digest, author, cause, approved)
    SELECT id, revision, document, sum, $2, coalesce(cause, $3::jsonb), $4 FROM written
  ), keyed AS (
    INSERT INTO product_attribute_key (product_id, keys)
    SELECT w.id, w.keys FROM written w LEFT JOIN product_attribute_key k ON k.product_id = w.id
    WHERE w.keys IS NOT NULL AND k.keys IS DISTINCT FROM w.keys
    ON CONFLICT (product_id) DO UPDATE SET keys = excluded.keys
  ), spoken AS MATERIALIZED (
    SELECT id, to_tsvector('russian', words) AS words FROM written WHERE words IS NOT NULL
  ), worded AS (
    INSERT INTO product_words (product_id, words)
    SELECT s.id, s.words FROM spoken s LEFT JOIN product_words w ON w.product_id = s.id WHERE w.words IS DISTINCT FROM s.words
    ON CONFLICT (product_id) DO UPDATE SET words = excluded.words
  ), released AS (
    DELETE FROM product_barcode b USING updated w WHERE b.product_id = w.id AND NOT (b.barcode = ANY (w.barcodes))
  ), taken AS (
    INSERT INTO product_barcode (barcode, product_id)
    SELECT code, w.id FROM written w, unnest(w.barcodes) AS code
    WHERE NOT EXISTS (SELECT FROM product_barcode b WHERE b.barcode = code AND b.product_id = w.id)
  ), unbundled AS (
    DELETE FROM product_component c USING updated w
    WHERE c.bundle_id = w.id AND NOT EXISTS (SELECT FROM jsonb_array_elements(w.components) k WHERE k ->> 'sku' = c.sku)
  ), bundled AS (
    INSERT INTO product_component (bundle_id, sku, quantity)
    SELECT w.id, k ->> 'sku', (k ->> 'quantity')::integer FROM written w, jsonb_array_elements(w.components) AS k
    ON CONFLICT (bundle_id, sku) DO UPDATE SET quantity = excluded.quantity
  ), forgotten AS (
    DELETE FROM product_external_id e USING updated w WHERE e.product_id = w.id AND NOT (e.external_id = ANY (w.external_ids))
  ), known_by AS (
    INSERT INTO product_external_id (external_id, product_id)
    SELECT other, w.id FROM written w, unnest(w.external_ids) AS other
    ON CONFLICT DO NOTHING
  ), paths AS (
    SELECT DISTINCT array_to_string(parts[1:depth], ' / ') AS path, nullif(array_to_string(parts[1:depth - 1], ' / '), '') AS parent
    FROM (SELECT DISTINCT string_to_array(category, ' / ') AS parts FROM input WHERE category <> '') c,
      generate_series(1, cardinality(parts)) AS depth
  ), categories AS (
    INSERT INTO category (path, parent) SELECT path, parent FROM paths t
    WHERE NOT EXISTS (SELECT FROM category c WHERE c.path = t.path)
    ORDER BY path
    ON CONFLICT (path) DO NOTHING
  ), announced AS (
    INSERT INTO outbox (topic, product_id, revision) SELECT 'product', id, revision FROM written
  )
  SELECT sku, id, revision FROM written`;

import type { PoolClient } from 'pg';
import type { ProductDocument } from '../document/product-document.js';

/** Stores the models the documents name; writes only those that are new or say something different now. */
export async function saveModels(client: PoolClient, documents: readonly ProductDocument[]): Promise<void> {
  const models = new Map<string, { code: string; title: string | null; axes: readonly string[] }>();
  for (const { model } of documents) {
    if (model) models.set(model.code, { code: model.code, title: model.title ?? null, axes: model.axes });
  }
  if (models.size === 0) return;
  await client.query({
    name: 'catalog-save-models',
    text: `INSERT INTO product_model AS m (code, title, axes)
           SELECT w.code, w.title, w.axes
           FROM jsonb_to_recordset($1::jsonb) AS w (code text, title text, axes text[])
           WHERE NOT EXISTS (
             SELECT FROM product_model k
             WHERE k.code = w.code AND k.axes = w.axes AND k.title IS NOT DISTINCT FROM coalesce(w.title, k.title))
           ORDER BY w.code
           ON CONFLICT (code) DO UPDATE SET title = coalesce(excluded.title, m.title), axes = excluded.axes`,
    values: [JSON.stringify([...models.values()])],
  });
}

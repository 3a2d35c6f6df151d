import type { PoolClient } from 'pg';
import type { RenderedListing } from './render-listing.js';

/**
 * What the rendering before this one had among its attributes and this one has not, as far as the channel still shows it or a change
 * of ours may yet bring it: wanted with no values, until it is gone.
 */
export async function dropAttributes(client: PoolClient, rendered: readonly RenderedListing[]): Promise<RenderedListing[]> {
  const { rows } = await client.query<{ id: string; had: string[] }>(
    `SELECT l.id, h.had FROM listing l
     JOIN listing_facet f ON f.listing_id = l.id AND f.facet = 'attributes' AND f.part = ''
     LEFT JOIN observed_document d ON d.listing_id = l.id AND d.facet = 'attributes' AND d.part = ''
     JOIN LATERAL (SELECT values -> 'attributes' AS attributes FROM listing_render y WHERE y.listing_id = l.id
       ORDER BY y.revision DESC, y.rules_version DESC, y.projection DESC LIMIT 1) r ON jsonb_typeof(r.attributes) = 'object'
     CROSS JOIN LATERAL (SELECT array_agg(k) AS had FROM jsonb_object_keys(r.attributes) AS k WHERE f.state <> 'in_sync' OR d.body ? k) h
     WHERE l.id = ANY($1::bigint[]) AND h.had IS NOT NULL`,
    [rendered.map((one) => one.listing.id)],
  );
  const had = new Map(rows.map((row) => [row.id, row.had]));
  return rendered.map((one) => {
    const { attributes } = one.values;
    const dropped = attributes === undefined ? [] : (had.get(one.listing.id) ?? []).filter((id) => !(id in attributes));
    if (dropped.length === 0) return one;
    return { ...one, values: { ...one.values, attributes: { ...attributes, ...Object.fromEntries(dropped.map((id) => [id, []])) } } };
  });
}

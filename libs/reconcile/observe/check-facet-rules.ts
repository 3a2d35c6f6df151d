import type { Pool } from 'pg';

export interface FacetRuleBreach {
  readonly rule: string;
  readonly listingId: string;
  readonly facet: string;
  readonly detail: string;
}

const RULES: Readonly<Record<string, string>> = {
  'an intent named by a row is unfinished and covers its facet': `
    SELECT f.listing_id, f.facet, coalesce(i.phase, 'no such intent') AS detail FROM listing_facet f LEFT JOIN push_intent i ON i.id = f.intent_id
    WHERE f.intent_id IS NOT NULL AND (i.id IS NULL OR i.phase NOT IN ('planned', 'sent', 'accepted', 'unknown')
      OR NOT i.facets @> jsonb_build_array(jsonb_build_object('facet', f.facet, 'part', f.part)))`,
  'a sending row has an intent': `SELECT listing_id, facet, state AS detail FROM listing_facet WHERE state = 'sending' AND intent_id IS NULL`,
  'in sync means observed equals expected': `
    SELECT listing_id, facet, concat(observed, ' <> ', expected) AS detail FROM listing_facet WHERE state = 'in_sync' AND observed IS DISTINCT FROM expected`,
  'a drifted row has an open drift': `
    SELECT f.listing_id, f.facet, coalesce(d.state, 'no drift') AS detail FROM listing_facet f LEFT JOIN drift d ON d.id = f.drift_id
    WHERE f.state = 'drifted' AND (d.id IS NULL OR d.state NOT IN ('open', 'repairing', 'held', 'case'))`,
  'a row at rest has no open drift': `
    SELECT f.listing_id, f.facet, f.drift_id::text AS detail FROM listing_facet f WHERE f.state = 'in_sync' AND f.drift_id IS NOT NULL`,
  'held and failing rows say why': `SELECT listing_id, facet, state AS detail FROM listing_facet WHERE state IN ('held', 'failing') AND reason IS NULL`,
  'unfinished intents of a card do not overlap': `
    SELECT a.listing_id, x.facet, concat(a.id, ' and ', b.id) AS detail
    FROM push_intent a JOIN push_intent b ON b.listing_id = a.listing_id AND b.id > a.id
      AND a.phase IN ('planned', 'sent', 'accepted', 'unknown') AND b.phase IN ('planned', 'sent', 'accepted', 'unknown')
    CROSS JOIN LATERAL (SELECT jsonb_array_elements_text(a.write_set) AS facet INTERSECT SELECT jsonb_array_elements_text(b.write_set)) x`,
  'a listing counts its worst facet': `
    SELECT l.id AS listing_id, '' AS facet, concat(l.state, ' but ', w.state) AS detail FROM listing l
    JOIN (SELECT listing_id, rank_state(min(facet_rank(state))) AS state FROM listing_facet GROUP BY listing_id) w ON w.listing_id = l.id
    WHERE l.state <> w.state`,
};

/** Checks every stored facet row against docs/facet-states.md; ends every medium test and every soak seed. */
export async function checkFacetRules(pool: Pool): Promise<FacetRuleBreach[]> {
  const breaches: FacetRuleBreach[] = [];
  for (const [rule, sql] of Object.entries(RULES)) {
    const { rows } = await pool.query<{ listing_id: string; facet: string; detail: string }>(`${sql} LIMIT 20`);
    breaches.push(...rows.map((row) => ({ rule, listingId: row.listing_id, facet: row.facet, detail: row.detail })));
  }
  return breaches;
}

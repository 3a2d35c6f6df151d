import type { PoolClient } from 'pg';
import { enter, lockFacetRows, type FacetRow } from '../observe/facet-row.js';
import type { RenderedListing } from './render-listing.js';

/**
 * An archived product that has no card, and for which none is on its way, asks nothing of the channel: only that a card which should
 * turn up all the same be archived. Its other facets are not wanted until the product is sold again.
 */
export async function wantNoCard(client: PoolClient, rendered: readonly RenderedListing[]): Promise<RenderedListing[]> {
  const archived = rendered.filter((one) => one.values.presence === 'archived').map((one) => one.listing.id);
  if (archived.length === 0) return [...rendered];
  // All of the batch, as it is locked later on: no call for a card may be recorded between this look and the rows that follow from it.
  await lockFacetRows(
    client,
    rendered.map((one) => one.listing.id),
  );
  const { rows } = await client.query<{ id: string }>(
    `SELECT l.id FROM listing l LEFT JOIN observed_document d ON d.listing_id = l.id AND d.facet = 'presence' AND d.part = ''
     WHERE l.id = ANY($1::bigint[]) AND (l.external_id IS NULL OR d.body = '"absent"'::jsonb)
       AND NOT EXISTS (SELECT 1 FROM push_intent i WHERE i.listing_id = l.id AND i.phase IN ('planned', 'sent', 'accepted', 'unknown'))
       AND NOT EXISTS (SELECT 1 FROM listing_facet f WHERE f.listing_id = l.id AND f.state IN ('sending', 'settling'))`,
    [archived],
  );
  const cardless = new Set(rows.map((row) => row.id));
  return rendered.map((one) => (cardless.has(one.listing.id) ? { ...one, values: { presence: 'archived' }, diagnostics: [], cardless: true } : one));
}

/** Leaves the presence of a product without a card as it is; answers the drift that is none any more. */
export function leaveAbsent(row: FacetRow, print: string, revision: number, now: number): string | null {
  const { driftId } = row;
  row.desired = print;
  row.desiredRevision = revision;
  row.dueAt = null;
  row.settleUntil = null;
  row.attempts = 0;
  row.driftId = null;
  enter(row, 'ignored', now, 'not-wanted');
  return driftId;
}

import type { Pool, PoolClient } from 'pg';
import type { RecordedEvidence } from './evidence-entry.js';
import { LINK_COLUMNS, type LinkWithBody } from './link-rows.js';

/** Entries of these cards in the order they were recorded, as links with their bodies' text. */
export async function linksOfListings(db: Pool | PoolClient, listingIds: readonly string[]): Promise<LinkWithBody[]> {
  const { rows } = await db.query<LinkWithBody>(
    `SELECT ${LINK_COLUMNS}, b.body FROM evidence e LEFT JOIN evidence_body b USING (account_id, seq)
     WHERE e.listing_id = ANY($1::bigint[]) ORDER BY e.account_id, e.seq`,
    [listingIds],
  );
  return rows;
}

/** A link as the entry it was. The body's shape is what the same kind was appended with: only this ledger writes bodies. */
export function recordedEntry(link: LinkWithBody): RecordedEvidence {
  const entry = {
    accountId: link.accountId,
    seq: link.seq,
    hash: link.hash,
    at: Date.parse(link.at),
    recordedAt: new Date(link.recordedAt),
    kind: link.kind,
    ...(link.listingId === null ? {} : { listingId: link.listingId }),
    ...(link.driftId === null ? {} : { driftId: link.driftId }),
    ...(link.intentId === null ? {} : { intentId: link.intentId }),
    ...(link.facet === null ? {} : { facet: link.facet }),
    body: link.body === null ? undefined : (JSON.parse(link.body) as unknown),
  };
  return entry as RecordedEvidence;
}

export async function evidenceOfListing(db: Pool | PoolClient, listingId: string): Promise<RecordedEvidence[]> {
  return (await linksOfListings(db, [listingId])).map(recordedEntry);
}

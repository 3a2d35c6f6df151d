import type { PoolClient } from 'pg';
import type { AccountContext } from '../account/account-context.js';
import { appendEvidence } from '../evidence/index.js';
import type { FacetRow } from '../observe/facet-row.js';
import type { ListingView } from '../observe/listing-view.js';

/** Reasons that no rule will ever lift: a person has to look, so each opens one case. */
const CASE_REASONS: ReadonlySet<string> = new Set(['flap', 'missing', 'hidden', 'price-quarantine', 'moderation-declined']);

export async function openCases(client: PoolClient, ctx: AccountContext, held: readonly { readonly listing: ListingView; readonly row: FacetRow }[]): Promise<void> {
  const cases = held.filter(({ row }) => row.reason !== null && CASE_REASONS.has(row.reason));
  if (cases.length === 0) return;
  const now = new Date(ctx.clock.now());
  const { rows } = await client.query<{ id: string; listing_id: string; code: string }>(
    `INSERT INTO case_file (account_id, listing_id, facet, code, details, opened_at)
     SELECT $1, u.listing_id, u.facet, u.code, u.details, $3
     FROM jsonb_to_recordset($2::jsonb) AS u(listing_id bigint, facet text, code text, details jsonb)
     WHERE NOT EXISTS (SELECT 1 FROM case_file c WHERE c.listing_id = u.listing_id AND c.facet = u.facet AND c.code = u.code AND c.state = 'open')
     RETURNING id, listing_id, code`,
    [
      ctx.account.id,
      JSON.stringify(cases.map(({ listing, row }) => ({ listing_id: listing.id, facet: row.facet, code: row.reason, details: { driftId: row.driftId, part: row.part } }))),
      now,
    ],
  );
  await appendEvidence(
    client,
    ctx.account.id,
    rows.map((row) => ({ kind: 'case.opened' as const, at: now.getTime(), listingId: row.listing_id, body: { caseId: row.id, code: row.code } })),
  );
}

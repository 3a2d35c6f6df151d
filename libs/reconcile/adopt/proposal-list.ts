import type { Pool } from 'pg';
import type { MatchReason } from './score-match.js';

export const PROPOSAL_STATES = ['open', 'accepted', 'rejected'] as const;

export interface ProposalRow {
  readonly id: string;
  readonly listing_id: string;
  /** The card: the seller's article on the channel, its title and main picture there. */
  readonly key: string;
  readonly card_title: string | null;
  readonly card_picture: string | null;
  readonly product_id: string;
  readonly sku: string;
  readonly product_title: string;
  readonly score: number;
  readonly reasons: readonly MatchReason[];
  readonly state: (typeof PROPOSAL_STATES)[number];
  readonly decided_by: string | null;
  /** Account clock. */
  readonly decided_at: Date | null;
}

export interface ProposalFilter {
  readonly accountId: string;
  readonly state?: string;
  readonly listingId?: string;
  /** What stands behind this one: its score and id. */
  readonly after?: { readonly score: number; readonly id: string };
}

const document = (facet: string): string => `(SELECT d.body FROM observed_document d WHERE d.listing_id = l.id AND d.facet = '${facet}')`;

/** Proposals, the surest first. */
export async function proposalPage(pool: Pool, { accountId, state, listingId, after }: ProposalFilter, limit: number): Promise<{ items: ProposalRow[]; more: boolean }> {
  const { rows } = await pool.query<ProposalRow>(
    `SELECT m.id, m.listing_id, l.key, ${document('title')} #>> '{}' AS card_title, ${document('media')} ->> 0 AS card_picture,
       m.product_id, p.sku, p.title AS product_title, m.score, m.reasons, m.state, m.decided_by, m.decided_at
     FROM match_proposal m JOIN listing l ON l.id = m.listing_id JOIN product p ON p.id = m.product_id
     WHERE m.account_id = $1 AND ($2::text IS NULL OR m.state = $2) AND ($3::bigint IS NULL OR m.listing_id = $3) AND ($4::integer IS NULL OR (m.score, -m.id) < ($4, -$5::bigint))
     ORDER BY m.score DESC, m.id LIMIT $6`,
    [accountId, state ?? null, listingId ?? null, after?.score ?? null, after?.id ?? null, limit + 1],
  );
  return { items: rows.slice(0, limit), more: rows.length > limit };
}

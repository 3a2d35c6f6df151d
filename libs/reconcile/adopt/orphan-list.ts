import type { Pool } from 'pg';
import { IS_ORPHAN } from './orphans-to-look-at.js';

export interface OrphanRow {
  readonly listing_id: string;
  readonly key: string;
  readonly external_id: string | null;
  readonly title: string | null;
  readonly picture: string | null;
  readonly presence: string;
  /** Open proposals for it, and the score of the surest. */
  readonly proposals: number;
  readonly best_score: number | null;
}

/** Live cards that no product has, in the order they were found. */
export async function orphanPage(pool: Pool, accountId: string, after: string | undefined, limit: number): Promise<{ items: OrphanRow[]; more: boolean }> {
  const { rows } = await pool.query<OrphanRow>(
    `SELECT l.id AS listing_id, l.key, l.external_id,
       (SELECT d.body #>> '{}' FROM observed_document d WHERE d.listing_id = l.id AND d.facet = 'title') AS title,
       (SELECT d.body ->> 0 FROM observed_document d WHERE d.listing_id = l.id AND d.facet = 'media') AS picture,
       (SELECT d.body #>> '{}' FROM observed_document d WHERE d.listing_id = l.id AND d.facet = 'presence') AS presence,
       m.proposals, m.best_score
     FROM listing l
     CROSS JOIN LATERAL (SELECT count(*)::integer AS proposals, max(m.score) AS best_score FROM match_proposal m WHERE m.listing_id = l.id AND m.state = 'open') m
     WHERE l.account_id = $1 AND l.id > $2 AND ${IS_ORPHAN} ORDER BY l.id LIMIT $3`,
    [accountId, after ?? '0', limit + 1],
  );
  return { items: rows.slice(0, limit), more: rows.length > limit };
}

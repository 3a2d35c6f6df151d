import type { Pool } from 'pg';
import type { ProductDraft } from './draft-products.js';
import { IS_ORPHAN } from './orphans-to-look-at.js';

/** A live card that can become a product, and the bytes of its pictures as they were seen on the channel, main one first. */
export interface DraftedCard {
  readonly listingId: string;
  readonly key: string;
  readonly draft: ProductDraft;
  /** Digests of the stored bytes; a picture nobody could read is missing. */
  readonly pictures: readonly string[];
}

/** Orphans with a draft, in the order they were found; only these keys when any are named. Cards that may be a product's own are left out unless named. */
export async function draftedCards(pool: Pool, accountId: string, keys: readonly string[] | undefined, after: string, limit: number): Promise<DraftedCard[]> {
  const { rows } = await pool.query<{ id: string; key: string; draft: ProductDraft; pictures: string[] | null }>(
    `SELECT l.id, l.key, k.draft,
       (SELECT array_agg(i.body_digest ORDER BY u.place) FROM observed_document m
          CROSS JOIN LATERAL jsonb_array_elements_text(m.body) WITH ORDINALITY AS u (url, place)
          JOIN picture i ON i.account_id = $1 AND i.url = u.url AND i.body_digest IS NOT NULL WHERE m.listing_id = l.id AND m.facet = 'media') AS pictures
     FROM listing l JOIN orphan_look k ON k.listing_id = l.id AND k.draft IS NOT NULL
     WHERE l.account_id = $1 AND l.id > $2 AND ${IS_ORPHAN}
       AND CASE WHEN $3::text[] IS NULL THEN NOT EXISTS (SELECT 1 FROM match_proposal m WHERE m.listing_id = l.id AND m.state = 'open') ELSE l.key = ANY ($3) END
     ORDER BY l.id LIMIT $4`,
    [accountId, after, keys ?? null, limit],
  );
  return rows.map(({ id, key, draft, pictures }) => ({ listingId: id, key, draft, pictures: pictures ?? [] }));
}

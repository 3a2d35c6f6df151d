import type { Pool } from 'pg';
import type { Facet, ProductDraft, SweepLane } from '#channels/contract';
import { everyCardWalked, wholeWalks } from './everything-read.js';
import { IS_ORPHAN } from './orphans-to-look-at.js';

/** A live card that can become a product. */
export interface DraftedCard {
  readonly listingId: string;
  readonly key: string;
  readonly draft: ProductDraft;
  /**
   * Digests of the stored bytes of its pictures as they were seen on the channel, main one first. Empty when one of them cannot be read:
   * a product with fewer pictures would take some away from the card.
   */
  readonly pictures: readonly string[];
  /** Something of it was not read yet: made a product now, it would lack that and take it away from the card. */
  readonly waiting: boolean;
}

export interface WantedCards {
  readonly accountId: string;
  /** Articles. Cards that may be a product's own are left out unless named. */
  readonly keys: readonly string[] | undefined;
  /** Every card must have shown these: `wholeCard`. */
  readonly whole: readonly Facet[];
}

/** What makes a card whole. Prices and barcodes a card may lack, and all else follows from these. */
const PARTS = ['category', 'title', 'description', 'media', 'attributes', 'dimensions', 'stock'] as const satisfies readonly Facet[];
const MAY_LACK = ['price', 'barcodes'] as const satisfies readonly Facet[];

/**
 * What a card must show to be read to its end: what other cards of the account show. As long as some walk has not passed every card, the
 * others prove nothing, and it is all that the channel's walks can show.
 */
export async function wholeCard(pool: Pool, accountId: string, lanes: readonly SweepLane[]): Promise<Facet[]> {
  if (!(await everyCardWalked(pool, accountId, lanes))) {
    const read = new Set(wholeWalks(lanes).flatMap(({ facets }) => facets));
    return [...PARTS, ...MAY_LACK].filter((facet) => read.has(facet));
  }
  const { rows } = await pool.query<{ facet: Facet }>(
    `SELECT f.facet FROM unnest($2::text[]) AS f (facet)
     WHERE EXISTS (SELECT 1 FROM listing l JOIN observed_document d ON d.listing_id = l.id AND d.facet = f.facet WHERE l.account_id = $1)`,
    [accountId, PARTS],
  );
  return rows.map(({ facet }) => facet);
}

interface Row {
  readonly id: string;
  readonly key: string;
  readonly draft: ProductDraft;
  readonly pictures: readonly { readonly digest: string | null; readonly waiting: boolean }[] | null;
  readonly unread: boolean;
}

/** Orphans with a draft, in the order they were found. What is archived has no stock. */
export async function draftedCards(pool: Pool, { accountId, keys, whole }: WantedCards, after: string, limit: number): Promise<DraftedCard[]> {
  const { rows } = await pool.query<Row>(
    `SELECT l.id, l.key, k.draft,
       (SELECT jsonb_agg(jsonb_build_object('digest', i.body_digest, 'waiting', i.state IS NULL OR i.state = 'wanted') ORDER BY u.place) FROM observed_document m
          CROSS JOIN LATERAL jsonb_array_elements_text(m.body) WITH ORDINALITY AS u (url, place)
          LEFT JOIN picture i ON i.account_id = $1 AND i.url = u.url WHERE m.listing_id = l.id AND m.facet = 'media') AS pictures,
       EXISTS (SELECT 1 FROM observed_document d WHERE d.listing_id = l.id AND d.seen_at > k.seen_until)
         OR EXISTS (SELECT 1 FROM unnest($5::text[]) AS f (facet) WHERE (f.facet <> 'stock' OR k.draft -> 'archived' <> 'true')
           AND NOT EXISTS (SELECT 1 FROM observed_document d WHERE d.listing_id = l.id AND d.facet = f.facet)) AS unread
     FROM listing l JOIN orphan_look k ON k.listing_id = l.id AND k.draft IS NOT NULL
     WHERE l.account_id = $1 AND l.id > $2 AND ${IS_ORPHAN}
       AND CASE WHEN $3::text[] IS NULL THEN NOT EXISTS (SELECT 1 FROM match_proposal m WHERE m.listing_id = l.id AND m.state = 'open') ELSE l.key = ANY ($3) END
     ORDER BY l.id LIMIT $4`,
    [accountId, after, keys ?? null, limit, whole],
  );
  return rows.map(({ id, key, draft, pictures, unread }) => ({
    ...{ listingId: id, key, draft },
    pictures: digestsOf(pictures ?? []),
    waiting: unread || (pictures ?? []).some((one) => one.waiting),
  }));
}

function digestsOf(pictures: NonNullable<Row['pictures']>): readonly string[] {
  const digests = pictures.flatMap(({ digest }) => digest ?? []);
  return digests.length === pictures.length ? digests : [];
}

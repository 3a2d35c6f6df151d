import type { Pool } from 'pg';

/** A picture on one side of a diff: where a browser gets it. */
export interface ShownPicture {
  /** The master's digest, or the channel's URL. */
  readonly value: string;
  readonly src: string;
}

const DIGEST = /^[0-9a-f]{64}$/;

export function mediaPath(digest: string): string {
  return `/media/${digest}.jpg`;
}

/** Our copy of a picture as it was seen on a channel. */
export function seenPath(digest: string): string {
  return `/api/pictures/seen/${digest}`;
}

function textList(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

/** Pictures of a media document; a channel's URL is shown from our own copy when we keep one. */
export async function shownPictures(pool: Pool, accountId: string, document: unknown): Promise<ShownPicture[]> {
  const values = textList(document);
  const urls = values.filter((value) => !DIGEST.test(value));
  const { rows } =
    urls.length === 0
      ? { rows: [] }
      : await pool.query<{ url: string; digest: string }>(
          `SELECT p.url, p.body_digest AS digest FROM picture p WHERE p.account_id = $1 AND p.url = ANY ($2::text[]) AND p.body_digest IS NOT NULL`,
          [accountId, urls],
        );
  const kept = new Map(rows.map((row) => [row.url, row.digest]));
  return values.map((value) => {
    if (DIGEST.test(value)) return { value, src: mediaPath(value) };
    const seen = kept.get(value);
    return { value, src: seen === undefined ? value : seenPath(seen) };
  });
}

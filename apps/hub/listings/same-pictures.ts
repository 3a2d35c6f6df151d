import { type ComparablePicture, samePicture } from '#catalog';
import type { Pool } from 'pg';

/** Whether the picture behind each URL shows the same as the master's picture; undefined while that URL was not looked at. */
export async function samePictures(pool: Pool, accountId: string, pairs: readonly { readonly digest: string; readonly url: string }[]): Promise<(boolean | undefined)[]> {
  const [masters, live] = await Promise.all([
    pool.query<ComparablePicture & { digest: string }>('SELECT digest, phash, colour FROM media WHERE digest = ANY ($1::text[])', [pairs.map((pair) => pair.digest)]),
    pool.query<ComparablePicture & { url: string }>(
      'SELECT url, phash, colour FROM picture WHERE account_id = $1 AND url = ANY ($2::text[]) AND phash IS NOT NULL AND colour IS NOT NULL',
      [accountId, pairs.map((pair) => pair.url)],
    ),
  ]);
  const byDigest = new Map(masters.rows.map((row) => [row.digest, row]));
  const byUrl = new Map(live.rows.map((row) => [row.url, row]));
  return pairs.map(({ digest, url }) => {
    const [master, shown] = [byDigest.get(digest), byUrl.get(url)];
    return master === undefined || shown === undefined ? undefined : samePicture(master, shown);
  });
}

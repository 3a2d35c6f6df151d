import type { PoolClient } from 'pg';
import { samePicture } from '#catalog';
import type { PictureJudge } from '#channels/contract';

interface Print {
  readonly phash: string;
  readonly colour: Buffer;
}

/**
 * What is known of the pictures behind channel URLs and of the master's own.
 * A URL that was looked at and holds no readable picture is known to be none of ours.
 */
export class KnownPictures implements PictureJudge {
  constructor(
    private readonly live: ReadonlyMap<string, Print | 'unreadable'>,
    private readonly own: ReadonlyMap<string, Print>,
  ) {}

  same(url: string, digest: string): boolean | undefined {
    const seen = this.live.get(url);
    if (seen === undefined) return undefined;
    const own = this.own.get(digest);
    return seen !== 'unreadable' && own !== undefined && samePicture(seen, own);
  }

  printOf(url: string): Print | undefined {
    const seen = this.live.get(url);
    return seen === 'unreadable' ? undefined : seen;
  }
}

export async function loadKnownPictures(client: PoolClient, accountId: string, urls: readonly string[], digests: readonly string[]): Promise<KnownPictures> {
  const live = new Map<string, Print | 'unreadable'>();
  if (urls.length > 0) {
    const { rows } = await client.query<{ url: string; state: string; phash: string | null; colour: Buffer | null }>(
      `SELECT url, state, phash, colour FROM picture WHERE account_id = $1 AND url = ANY($2) AND state IN ('known', 'unreadable', 'recheck')`,
      [accountId, urls],
    );
    for (const row of rows) live.set(row.url, row.phash !== null && row.colour !== null ? { phash: row.phash, colour: row.colour } : 'unreadable');
  }
  const own = new Map<string, Print>();
  if (digests.length > 0) {
    const { rows } = await client.query<{ digest: string; phash: string; colour: Buffer }>('SELECT digest, phash, colour FROM media WHERE digest = ANY($1)', [digests]);
    for (const row of rows) own.set(row.digest, { phash: row.phash, colour: row.colour });
  }
  return new KnownPictures(live, own);
}

/** Asks for URLs nobody has looked at yet; the pictures lane fetches them in the background, once each. */
export async function wantPictures(client: PoolClient, accountId: string, urls: readonly string[], now: number): Promise<void> {
  if (urls.length === 0) return;
  await client.query(`INSERT INTO picture (account_id, url, state, due_at) SELECT $1, u, 'wanted', $3 FROM unnest($2::text[]) AS u ON CONFLICT DO NOTHING`, [
    accountId,
    urls,
    new Date(now),
  ]);
}

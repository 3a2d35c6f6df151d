import { RetryLater } from '#kernel';
import { pictureFingerprint } from '#catalog';
import { errorText } from '#platform';
import type { AccountContext } from '../account/account-context.js';
import { rejudge } from '../observe/record-observations.js';
import { backoff } from '../repair/facet-outcomes.js';

const BATCH = 60;
const AT_ONCE = 6;
const OVERLOOKED_BATCH = 500;
const MOST_ATTEMPTS = 5;
const DAY_MS = 86_400_000;
const SAMPLE = 0.01;

interface Seen {
  readonly url: string;
  readonly state: 'known' | 'unreadable' | 'wanted';
  readonly phash?: string;
  readonly colour?: string;
  readonly digest?: string;
  readonly dueAt?: Date;
}

/**
 * Looks at pictures behind URLs nobody has looked at, once per URL, then judges the cards that waited for them. A sample of known
 * URLs is looked at again each day: changed bytes behind an old URL show nowhere else.
 */
export async function fetchPictures(ctx: AccountContext): Promise<number> {
  let looked = 0;
  for (;;) {
    ctx.signal.throwIfAborted();
    const urls = await wantedPictures(ctx);
    if (urls.length === 0) {
      await rejudge(ctx, await overlooked(ctx), ['media']);
      return looked;
    }
    const seen: Seen[] = [];
    const queue = [...urls];
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (let next = queue.shift(); next; next = queue.shift()) seen.push(await look(ctx, next.url, next.attempts));
      }),
    );
    await savePictures(ctx, seen);
    await rejudge(
      ctx,
      await listingsShowing(
        ctx,
        seen.filter((one) => one.state !== 'wanted').map((one) => one.url),
      ),
      ['media'],
    );
    looked += urls.length;
  }
}

async function wantedPictures(ctx: AccountContext): Promise<{ url: string; attempts: number }[]> {
  const { rows } = await ctx.pool.query<{ url: string; attempts: number }>(
    `SELECT url, attempts FROM picture WHERE account_id = $1 AND state IN ('wanted', 'recheck') AND due_at <= $2 ORDER BY due_at LIMIT $3`,
    [ctx.account.id, new Date(ctx.clock.now()), BATCH],
  );
  return rows;
}

async function look(ctx: AccountContext, url: string, attempts: number): Promise<Seen> {
  try {
    const { bytes, digest } = await ctx.fetchPicture(url, ctx.signal);
    const print = await pictureFingerprint(bytes);
    return { url, state: 'known', phash: print.phash, colour: print.colour.toString('hex'), digest };
  } catch (error) {
    ctx.signal.throwIfAborted();
    if (error instanceof RetryLater && attempts + 1 < MOST_ATTEMPTS) return { url, state: 'wanted', dueAt: new Date(ctx.clock.now() + backoff(attempts + 1)) };
    ctx.log.warn({ url, error: errorText(error) }, 'a picture on the channel cannot be read');
    return { url, state: 'unreadable' };
  }
}

async function savePictures(ctx: AccountContext, seen: readonly Seen[]): Promise<void> {
  await ctx.pool.query(
    `UPDATE picture p SET state = u.state, phash = u.phash, colour = decode(u.colour, 'hex'), body_digest = u.digest, attempts = p.attempts + 1,
       due_at = coalesce(u."dueAt", p.due_at), fetched_at = $3
     FROM jsonb_to_recordset($2::jsonb) AS u(url text, state text, phash bigint, colour text, digest text, "dueAt" timestamptz)
     WHERE p.account_id = $1 AND p.url = u.url`,
    [ctx.account.id, JSON.stringify(seen), new Date(ctx.clock.now())],
  );
}

async function listingsShowing(ctx: AccountContext, urls: readonly string[]): Promise<string[]> {
  const { rows } = await ctx.pool.query<{ listing_id: string }>(
    `SELECT d.listing_id FROM observed_document d JOIN listing_facet f ON f.listing_id = d.listing_id AND f.facet = 'media' AND f.part = ''
     WHERE f.account_id = $1 AND d.facet = 'media' AND d.body ?| $2`,
    [ctx.account.id, urls],
  );
  return rows.map((row) => row.listing_id);
}

/**
 * Cards that still count as unverified though each of their pictures was looked at: their reading was being stored just then, or the
 * process ended between the two. Nothing else would judge them again.
 */
async function overlooked(ctx: AccountContext): Promise<string[]> {
  const { rows } = await ctx.pool.query<{ listing_id: string }>(
    `SELECT f.listing_id FROM listing_facet f JOIN observed_document d ON d.listing_id = f.listing_id AND d.facet = 'media'
     WHERE f.account_id = $1 AND f.facet = 'media' AND f.state = 'unverified' AND NOT EXISTS (
       SELECT FROM jsonb_array_elements_text(d.body) AS shown(url) WHERE NOT EXISTS (
         SELECT FROM picture p WHERE p.account_id = $1 AND p.url = shown.url AND p.state IN ('known', 'unreadable', 'recheck')))
     LIMIT $2`,
    [ctx.account.id, OVERLOOKED_BATCH],
  );
  return rows.map((row) => row.listing_id);
}

/**
 * Once a day (account clock): asks for a hundredth of the known URLs again, those looked at longest ago, so that every one has its
 * turn. Their cards stay in sync until the bytes say otherwise.
 */
export async function sampleKnownPictures(ctx: AccountContext, lastSample: number): Promise<number> {
  const now = ctx.clock.now();
  if (now < lastSample + DAY_MS) return lastSample;
  await ctx.pool.query(
    `UPDATE picture p SET state = 'recheck', due_at = $2, attempts = 0
     FROM (SELECT url FROM picture WHERE account_id = $1 AND state = 'known' AND fetched_at < $3 ORDER BY fetched_at
           LIMIT ceil($4::float8 * (SELECT count(*) FROM picture WHERE account_id = $1 AND state = 'known'))::bigint) AS oldest
     WHERE p.account_id = $1 AND p.url = oldest.url`,
    [ctx.account.id, new Date(now), new Date(now - DAY_MS), SAMPLE],
  );
  return now;
}

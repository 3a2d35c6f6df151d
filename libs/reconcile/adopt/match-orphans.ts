import type { PoolClient } from 'pg';
import type { ProductDraft } from '#channels/contract';
import type { AccountContext } from '../account/account-context.js';
import { inTransaction } from '../account/in-transaction.js';
import { followListed } from '../plan/own-keys.js';
import { SteeringRefused } from '../steer/steering-context.js';
import { draftProducts } from './draft-products.js';
import { findCandidates, type Candidates } from './find-candidates.js';
import { releaseCreations } from './hold-creations.js';
import { joinCard, lockProposal } from './join-card.js';
import { IS_ORPHAN, orphansToLookAt, type Orphan } from './orphans-to-look-at.js';
import { scoreMatch, WORTH_A_LOOK, type ScoredMatch } from './score-match.js';

const BATCH = 200;
/** More for one card would be no help to the person who has to choose. */
const MOST_PROPOSALS = 3;

export const BARCODE_RULE = 'rule:barcode';

interface Proposal extends ScoredMatch {
  readonly listingId: string;
  readonly productId: string;
}

/**
 * Compares live cards without a product with products without a card and leaves proposals. Joins by itself only what the account's
 * rule allows: an equal barcode that exactly one such product and one such card have. Answers how many cards were joined.
 */
export async function matchOrphans(ctx: AccountContext): Promise<number> {
  await inTransaction(ctx.pool, async (client) => {
    await forgetStale(client, ctx.account.id);
    await releaseCreations(client, ctx.account.id, ctx.clock.now());
  });
  for (let after = '0'; ;) {
    ctx.signal.throwIfAborted();
    const orphans = await orphansToLookAt(ctx, after, BATCH);
    const last = orphans.at(-1);
    if (last === undefined) break;
    after = last.id;
    const drafts = await draftProducts(ctx, orphans);
    await inTransaction(ctx.pool, async (client) => {
      const candidates = await findCandidates(client, ctx, orphans);
      await saveProposals(
        client,
        ctx,
        orphans,
        orphans.flatMap((orphan) => proposalsFor(orphan, candidates.get(orphan.id))),
      );
      await saveLooks(client, orphans, drafts);
    });
  }
  return ctx.account.matchByBarcode ? joinByBarcode(ctx) : 0;
}

function proposalsFor(orphan: Orphan, candidates: Candidates = new Map()): Proposal[] {
  return [...candidates]
    .map(([productId, signs]) => ({ listingId: orphan.id, productId, ...scoreMatch(signs) }))
    .filter(({ score }) => score >= WORTH_A_LOOK)
    .sort((a, b) => b.score - a.score || (BigInt(a.productId) < BigInt(b.productId) ? -1 : 1))
    .slice(0, MOST_PROPOSALS);
}

/** What was decided stays; open proposals follow what is known now, and rows that would say the same are not written. */
async function saveProposals(client: PoolClient, ctx: AccountContext, orphans: readonly Orphan[], proposals: readonly Proposal[]): Promise<void> {
  const now = new Date(ctx.clock.now());
  await client.query(
    `WITH u AS (SELECT * FROM jsonb_to_recordset($2::jsonb) AS t ("listingId" bigint, "productId" bigint, score integer, reasons jsonb)),
       gone AS (DELETE FROM match_proposal m WHERE m.listing_id = ANY($3::bigint[]) AND m.state = 'open' AND m.decided_at IS NULL
         AND NOT EXISTS (SELECT 1 FROM u WHERE u."listingId" = m.listing_id AND u."productId" = m.product_id))
     INSERT INTO match_proposal AS m (account_id, listing_id, product_id, score, reasons, created_at)
     SELECT $1, u."listingId", u."productId", u.score, u.reasons, $4 FROM u
     ON CONFLICT (listing_id, product_id) DO UPDATE SET score = excluded.score, reasons = excluded.reasons
       WHERE m.state = 'open' AND (m.score, m.reasons) IS DISTINCT FROM (excluded.score, excluded.reasons)`,
    [ctx.account.id, JSON.stringify(proposals), orphans.map(({ id }) => id), now],
  );
}

async function saveLooks(client: PoolClient, orphans: readonly Orphan[], drafts: ReadonlyMap<string, ProductDraft>): Promise<void> {
  await client.query(
    `INSERT INTO orphan_look (listing_id, seen_until, newest_product, draft)
     SELECT u.id, u.seen_until, u.newest, u.draft FROM unnest($1::bigint[], $2::timestamptz[], $3::bigint[], $4::jsonb[]) AS u (id, seen_until, newest, draft)
     ON CONFLICT (listing_id) DO UPDATE SET seen_until = excluded.seen_until, newest_product = excluded.newest_product, draft = excluded.draft`,
    [
      orphans.map(({ id }) => id),
      orphans.map(({ seenUntil }) => seenUntil),
      orphans.map(({ newestProduct }) => newestProduct),
      orphans.map(({ id }) => (drafts.has(id) ? JSON.stringify(drafts.get(id)) : null)),
    ],
  );
}

/** Cards that left the channel, and products that got a card of their own, need no proposal. */
async function forgetStale(client: PoolClient, accountId: string): Promise<void> {
  await client.query(
    `DELETE FROM match_proposal m USING listing l WHERE m.account_id = $1 AND m.state = 'open' AND l.id = m.listing_id
       AND (NOT (${IS_ORPHAN}) OR EXISTS (SELECT 1 FROM listing f WHERE f.account_id = $1 AND f.product_id = m.product_id AND f.external_id IS NOT NULL))`,
    [accountId],
  );
}

async function joinByBarcode(ctx: AccountContext): Promise<number> {
  const { rows } = await ctx.pool.query<{ id: string; listing_id: string }>(
    `SELECT m.id, m.listing_id FROM match_proposal m WHERE m.account_id = $1 AND m.state = 'open' AND m.decided_at IS NULL AND m.reasons @> '[{"code":"barcode"}]'
       AND NOT EXISTS (SELECT 1 FROM match_proposal o WHERE o.account_id = $1 AND o.id <> m.id AND o.state = 'open' AND o.reasons @> '[{"code":"barcode"}]'
         AND (o.listing_id = m.listing_id OR o.product_id = m.product_id)) ORDER BY m.id`,
    [ctx.account.id],
  );
  const joined: string[] = [];
  for (const { id, listing_id: listingId } of rows) {
    ctx.signal.throwIfAborted();
    await inTransaction(ctx.pool, async (client) => joinCard(client, await lockProposal(client, id), { author: BARCODE_RULE, now: ctx.clock.now() }))
      .then(() => joined.push(listingId))
      .catch((error: unknown) => {
        // Somebody decided meanwhile, or a change is on its way: the next round looks again.
        if (!(error instanceof SteeringRefused)) throw error;
      });
  }
  // Their variants that wait belong to these cards now: a call that is about to leave must not make another card for them.
  if (joined.length > 0) await followListed(ctx, joined);
  return joined.length;
}

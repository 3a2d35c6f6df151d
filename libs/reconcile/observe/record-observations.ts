import type { PoolClient } from 'pg';
import type { ObservedCard } from '#channels/contract';
import type { AccountContext } from '../account/account-context.js';
import { inTransaction } from '../account/in-transaction.js';
import { answerHints } from '../hints/answer-hints.js';
import { saveFacetRows, type FacetRow } from './facet-row.js';
import { forgetPrints } from './forget-prints.js';
import { judgeListings, type FacetReading, type Judgement } from './judge-listings.js';
import { addOrphans, listingIdsByKey, lockListings, type ListingView } from './listing-view.js';
import { openDrifts } from './open-drifts.js';
import { takeOwnArticles } from './own-articles.js';
import { forgetWithdrawn } from '../plan/withdraw-stock.js';
import { forgetRefusedParts } from '../repair/forget-refused-parts.js';
import { refusedPaths } from '../repair/refused-paths.js';
import { proveVerified } from './prove-verified.js';
import { closeHealed } from './close-healed.js';
import { cardPrint, facetDocuments } from './projection.js';

export interface Observed {
  /** Wall ms when the request started. */
  readonly startedAt: number;
  readonly cards: readonly ObservedCard[];
  /** The bulk read this came from: its page prints are kept for cards that counted whole. Absent for a targeted read. */
  readonly source?: string;
  readonly sweepNumber?: string;
  /** Cards nobody listed become orphans only when the read shows presence. */
  readonly orphans?: boolean;
}

/**
 * Takes in what was read of some cards: judges every facet, opens and heals drifts with their evidence, keeps the documents.
 * One transaction; the caller passes only cards that differ from what was read last time. Answers how many of them nobody lists.
 */
export async function recordObservations(ctx: AccountContext, observed: Observed): Promise<number> {
  if (observed.cards.length === 0) return 0;
  return inTransaction(ctx.pool, async (client) => {
    const ids = await listingIdsByKey(
      client,
      ctx.account.id,
      observed.cards.map((card) => card.key),
    );
    if (observed.orphans) await adoptUnknown(client, ctx, observed.cards, ids);
    const listings = await lockListings(client, ctx.account.id, [...new Set(ids.values())], ctx.clock.now());
    const byId = new Map(listings.map((listing) => [listing.id, listing]));
    const readings = new Map<string, FacetReading[]>();
    const identities: ListingView[] = [];
    for (const card of observed.cards) {
      const listing = byId.get(ids.get(card.key) ?? '');
      if (!listing) continue;
      readings.set(
        listing.id,
        facetDocuments(card.values).map((document) => ({ ...document, startedAt: observed.startedAt })),
      );
      if (takeIdentity(listing, card)) identities.push(listing);
    }
    const judgement = await judgeListings(client, ctx, listings, readings);
    await persist(client, ctx, judgement, observed.sweepNumber);
    await takeRefusals(client, ctx, listings, judgement);
    await saveIdentities(client, identities);
    if (ctx.module.hints !== undefined) await answerHints(client, ctx.account.id, [...byId.keys()], observed.startedAt);
    if (observed.source === undefined) {
      // A bulk read that shows again what it showed before this one is news, not the same as last time.
      await forgetPrints(client, ctx.account.id, [...new Set(judgement.changed.map((row) => row.listingId))]);
    } else {
      const kept = observed.cards.filter((card) => byId.has(ids.get(card.key) ?? '') && !judgement.uncounted.has(ids.get(card.key) ?? ''));
      await keepPrints(client, ctx, observed.source, kept);
    }
    return observed.cards.filter((card) => !ids.has(card.key)).length;
  });
}

/** Takes in readings that no answer carried, such as the proven absence of a card. */
export async function recordReadings(ctx: AccountContext, readings: ReadonlyMap<string, readonly FacetReading[]>, sweepNumber: string | undefined): Promise<void> {
  if (readings.size === 0) return;
  await inTransaction(ctx.pool, async (client) => {
    const listings = await lockListings(client, ctx.account.id, [...readings.keys()], ctx.clock.now());
    await persist(client, ctx, await judgeListings(client, ctx, listings, readings), sweepNumber);
  });
}

/** Judges the stored documents of these listings again: after pictures were looked at, or rules or projections changed. */
export async function rejudge(ctx: AccountContext, listingIds: readonly string[], facets: readonly string[]): Promise<void> {
  if (listingIds.length === 0) return;
  await inTransaction(ctx.pool, async (client) => {
    const listings = await lockListings(client, ctx.account.id, listingIds, ctx.clock.now());
    const { rows } = await client.query<{ listing_id: string; facet: FacetReading['facet']; part: string; body: FacetReading['value'] }>(
      'SELECT listing_id, facet, part, body FROM observed_document WHERE listing_id = ANY($1::bigint[]) AND facet = ANY($2)',
      [listingIds, facets],
    );
    const readings = new Map<string, FacetReading[]>();
    for (const row of rows) {
      const list = readings.get(row.listing_id) ?? [];
      list.push({ facet: row.facet, part: row.part, value: row.body, startedAt: Infinity });
      readings.set(row.listing_id, list);
    }
    await persist(client, ctx, await judgeListings(client, ctx, listings, readings), undefined);
  });
}

async function persist(client: PoolClient, ctx: AccountContext, judgement: Judgement, sweepNumber: string | undefined): Promise<void> {
  await saveDocuments(client, ctx, judgement);
  await openDrifts(client, ctx, judgement, sweepNumber);
  await proveVerified(client, ctx, judgement.verified);
  await closeHealed(client, ctx, judgement.healed);
  forgetWithdrawn(ctx, judgement.changed);
  await saveFacetRows(client, ctx.account.id, [...new Set<FacetRow>(judgement.changed)]);
}

/** What the channel will not have is left out from now on; the rest of the facet is judged without it by the next sweep. */
async function takeRefusals(client: PoolClient, ctx: AccountContext, listings: readonly ListingView[], { refusals }: Judgement): Promise<void> {
  if (refusals.length === 0) return;
  await refusedPaths(client, ctx, refusals);
  const changed: FacetRow[] = [];
  forgetRefusedParts(listings, refusals, changed, ctx.clock.now());
  await saveFacetRows(client, ctx.account.id, changed);
}

async function saveDocuments(client: PoolClient, ctx: AccountContext, judgement: Judgement): Promise<void> {
  if (judgement.documents.length === 0) return;
  await client.query(
    `INSERT INTO observed_document (listing_id, facet, part, print, projection, body, seen_at)
     SELECT u.listing_id, u.facet, u.part, u.print, $2, u.value, $3
     FROM jsonb_to_recordset($1::jsonb) AS u("listing_id" bigint, facet text, part text, print bigint, value jsonb)
     ON CONFLICT (listing_id, facet, part) DO UPDATE SET print = excluded.print, projection = excluded.projection, body = excluded.body, seen_at = excluded.seen_at
     WHERE (observed_document.print, observed_document.projection) IS DISTINCT FROM (excluded.print, excluded.projection)`,
    [JSON.stringify(judgement.documents.map(({ listingId, ...rest }) => ({ listing_id: listingId, ...rest }))), ctx.module.descriptor.projection, new Date(ctx.clock.now())],
  );
}

async function adoptUnknown(client: PoolClient, ctx: AccountContext, cards: readonly ObservedCard[], ids: Map<string, string>): Promise<void> {
  const unknown = cards.filter((card) => !ids.has(card.key)).map((card) => card.key);
  if (unknown.length === 0) return;
  const own = await takeOwnArticles(client, ctx, unknown);
  for (const [key, id] of own) ids.set(key, id);
  const strangers = unknown.filter((key) => !own.has(key));
  for (const [key, id] of await addOrphans(client, ctx.account.id, strangers)) ids.set(key, id);
}

function takeIdentity(listing: ListingView, card: ObservedCard): boolean {
  if (listing.externalId === card.externalId && JSON.stringify(listing.ids) === JSON.stringify({ ...listing.ids, ...card.ids })) return false;
  listing.externalId = card.externalId;
  listing.ids = { ...listing.ids, ...card.ids };
  return true;
}

async function saveIdentities(client: PoolClient, listings: readonly ListingView[]): Promise<void> {
  if (listings.length === 0) return;
  await client.query(
    `UPDATE listing l SET external_id = u.external_id, ids = u.ids, absent_sweep = NULL
     FROM jsonb_to_recordset($1::jsonb) AS u(id bigint, external_id text, ids jsonb) WHERE l.id = u.id`,
    [JSON.stringify(listings.map((listing) => ({ id: listing.id, external_id: listing.externalId, ids: listing.ids })))],
  );
}

async function keepPrints(client: PoolClient, ctx: AccountContext, source: string, cards: readonly ObservedCard[]): Promise<void> {
  if (cards.length === 0) return;
  await client.query(
    `INSERT INTO read_print (account_id, source, key, print)
     SELECT $1, $2, u.key, u.print FROM unnest($3::text[], $4::bigint[]) AS u(key, print) ORDER BY u.key
     ON CONFLICT (account_id, source, key) DO UPDATE SET print = excluded.print`,
    [ctx.account.id, source, cards.map((card) => card.key), cards.map((card) => cardPrint(card, ctx.module.descriptor.projection))],
  );
}

import type { PoolClient } from 'pg';
import type { CardValues, FacetValue } from '#channels/contract';
import type { AccountContext } from '../account/account-context.js';
import { inTransaction } from '../account/in-transaction.js';
import { rulesStamp } from '../account/rules-stamp.js';
import { elementsOf } from '../diff/index.js';
import { isShown } from '../observe/dropped-attributes.js';
import { enter, newFacetRow, saveFacetRows, type FacetRow } from '../observe/facet-row.js';
import { pictureElements } from '../observe/find-owners.js';
import { lockListings, type ListingView } from '../observe/listing-view.js';
import { desiredView, facetDocuments, observedView, printOf, type FacetDocument } from '../observe/projection.js';
import { loadKnownPictures, type KnownPictures } from '../pictures/known-pictures.js';
import { closeHealed } from '../observe/close-healed.js';
import { dropAttributes } from './drop-attributes.js';
import { liftedRefusals } from './lifted-refusals.js';
import type { RenderedListing } from './render-listing.js';
import { forgetWithdrawn, withdrawStock } from './withdraw-stock.js';
import { leaveAbsent, wantNoCard } from './without-card.js';

type Healed = Parameters<typeof closeHealed>[2][number];

interface Move {
  readonly changed: FacetRow[];
  readonly healed: Healed[];
  /** Drifts of facets the master no longer speaks of. */
  readonly dropped: string[];
}

/** Stores the renderings and moves the desired side of the facet rows; rows whose desired value stayed are not touched. */
export async function saveRendered(ctx: AccountContext, planned: readonly RenderedListing[]): Promise<void> {
  await inTransaction(ctx.pool, async (client) => {
    const rendered = await wantNoCard(client, await withdrawStock(client, ctx, await dropAttributes(client, planned)));
    await storeRenders(client, ctx, rendered);
    const locked = await lockListings(
      client,
      ctx.account.id,
      rendered.map((one) => one.listing.id),
      ctx.clock.now(),
    );
    const listings = await liftRefusals(client, ctx, locked);
    const observed = await observedDocuments(client, listings);
    const pictures = await picturesOf(client, ctx, listings, observed);
    const byId = new Map(rendered.map((one) => [one.listing.id, one]));
    const move: Move = { changed: [], healed: [], dropped: [] };
    for (const listing of listings) {
      const one = byId.get(listing.id);
      if (one) moveDesired(ctx, listing, one, observed.get(listing.id) ?? new Map(), pictures, move);
    }
    await closeHealed(client, ctx, move.healed);
    await client.query(`UPDATE drift SET state = 'superseded', reason = 'not-wanted' WHERE id = ANY($1::bigint[])`, [move.dropped]);
    forgetWithdrawn(ctx, move.changed);
    await saveFacetRows(client, ctx.account.id, move.changed);
    await client.query(
      `UPDATE listing l SET planned_revision = u.revision, planned_rules = $2
       FROM unnest($1::bigint[], $3::integer[]) AS u(id, revision) WHERE l.id = u.id`,
      [rendered.map((one) => one.listing.id), rulesStamp(ctx), rendered.map((one) => one.snapshot.revision)],
    );
    await indexElements(client, ctx, rendered);
  });
}

function moveDesired(ctx: AccountContext, listing: ListingView, one: RenderedListing, observed: ReadonlyMap<string, FacetValue>, pictures: KnownPictures, move: Move): void {
  const now = ctx.clock.now();
  const broken = brokenFacets(one);
  const documents = facetDocuments(one.values);
  if (!broken.has('')) dropUnwanted(listing, documents, move, now);
  for (const { facet, part, value } of documents) {
    const known = listing.rows.find((row) => row.facet === facet && row.part === part);
    const row = known ?? newFacetRow(listing.id, facet, part, now);
    const wanted = desiredView(facet, value, listing.masks);
    const print = printOf(wanted);
    if (one.cardless === true) {
      if (row.desired === print && row.state === 'ignored') continue;
      const drift = leaveAbsent(row, print, one.snapshot.revision, now);
      if (drift !== null) move.dropped.push(drift);
      move.changed.push(row);
      continue;
    }
    const blocked = broken.has(facet) || broken.has('');
    const live = observed.get(`${facet}/${part}`);
    const seen = live === undefined ? undefined : observedView(facet, live, value, listing.masks);
    const seenPrint = seen === undefined ? null : printOf(seen);
    const moved = row.desired !== print;
    const unblocked = row.state === 'failing' && row.reason === 'preflight' && !blocked;
    if (!moved && row.observed === seenPrint && blocked === (row.state === 'failing' && row.reason === 'preflight')) continue;
    move.changed.push(row);
    row.desired = print;
    row.desiredRevision = one.snapshot.revision;
    row.observed = seenPrint;
    if (moved) row.attempts = 0;
    // What is on its way may still land after this look, so an edit back to what is shown has to be sent too.
    const underway = moved && (row.intentId !== null || row.state === 'settling');
    if (seen !== undefined && !underway && isShown(ctx.module, facet, wanted, seen, pictures) === 'yes') {
      row.expected = seenPrint;
      row.expectedFor = print;
      if (row.driftId !== null) move.healed.push({ listing, row, live: seen });
      if (row.state !== 'sending') enter(row, 'in_sync', now);
    } else if (blocked) {
      if (row.state !== 'sending') enter(row, 'failing', now, 'preflight');
    } else if (moved || unblocked) {
      wait(row, now);
    }
  }
}

/** Facets whose value cannot be sent. A gap that the channel does not take holds back the making of a card; one that is there keeps what it shows. */
function brokenFacets({ diagnostics, values }: RenderedListing): ReadonlySet<string> {
  const broken = new Set(diagnostics.filter((d) => d.severity === 'error').map((d) => d.path.split('.')[0] ?? ''));
  const gaps = (['description', 'media'] as const).filter((facet) => broken.has(facet) && values[facet] === undefined);
  return gaps.length > 0 && values.presence === 'listed' ? broken.add('presence') : broken;
}

/** Forgets refusals that deserve another try; answers the listings without them. */
async function liftRefusals(client: PoolClient, ctx: AccountContext, listings: readonly ListingView[]): Promise<ListingView[]> {
  const lifted = listings.flatMap((listing) => liftedRefusals(ctx, listing).map((path) => ({ id: listing.id, path })));
  if (lifted.length === 0) return [...listings];
  await client.query('DELETE FROM refused_path r USING unnest($1::bigint[], $2::text[]) AS u(id, path) WHERE r.listing_id = u.id AND r.path = u.path', [
    lifted.map((one) => one.id),
    lifted.map((one) => one.path),
  ]);
  return listings.map((listing) => {
    const gone = new Set(lifted.filter((one) => one.id === listing.id).map((one) => one.path));
    const stays = (path: string) => !gone.has(path);
    return { ...listing, masks: listing.masks.filter(stays), refusedPaths: listing.refusedPaths.filter(stays) };
  });
}

/** A facet the master no longer speaks of is left to the channel. */
function dropUnwanted(listing: ListingView, documents: readonly FacetDocument[], move: Move, now: number): void {
  for (const row of listing.rows) {
    if (row.desired === null || row.state === 'sending' || documents.some(({ facet, part }) => facet === row.facet && part === row.part)) continue;
    row.desired = null;
    row.dueAt = null;
    if (row.driftId !== null) move.dropped.push(row.driftId);
    row.driftId = null;
    enter(row, 'ignored', now, 'not-wanted');
    move.changed.push(row);
  }
}

/** A change of ours now waits to be sent. A drift stays a drift (its repair sends the newest value); a call in flight is left to end. */
function wait(row: FacetRow, now: number): void {
  row.dueAt = now;
  if (row.state === 'sending') return;
  enter(row, row.driftId !== null ? 'drifted' : 'pending', now);
}

async function storeRenders(client: PoolClient, ctx: AccountContext, rendered: readonly RenderedListing[]): Promise<void> {
  await client.query(
    `INSERT INTO listing_render (listing_id, revision, rules_version, projection, values, diagnostics)
     SELECT u.listing_id, u.revision, $2, $3, u.values, u.diagnostics
     FROM jsonb_to_recordset($1::jsonb) AS u(listing_id bigint, revision integer, values jsonb, diagnostics jsonb)
     ON CONFLICT (listing_id, revision, rules_version, projection) DO UPDATE SET values = excluded.values, diagnostics = excluded.diagnostics`,
    [
      JSON.stringify(rendered.map((one) => ({ listing_id: one.listing.id, revision: one.snapshot.revision, values: one.values, diagnostics: one.diagnostics }))),
      ctx.account.rulesVersion,
      ctx.module.descriptor.projection,
    ],
  );
}

async function observedDocuments(client: PoolClient, listings: readonly ListingView[]): Promise<Map<string, Map<string, FacetValue>>> {
  const { rows } = await client.query<{ listing_id: string; facet: string; part: string; body: FacetValue }>(
    'SELECT listing_id, facet, part, body FROM observed_document WHERE listing_id = ANY($1::bigint[])',
    [listings.map((listing) => listing.id)],
  );
  const documents = new Map<string, Map<string, FacetValue>>();
  for (const row of rows) {
    const map = documents.get(row.listing_id) ?? new Map<string, FacetValue>();
    map.set(`${row.facet}/${row.part}`, row.body);
    documents.set(row.listing_id, map);
  }
  return documents;
}

async function picturesOf(
  client: PoolClient,
  ctx: AccountContext,
  listings: readonly ListingView[],
  observed: ReadonlyMap<string, ReadonlyMap<string, FacetValue>>,
): Promise<KnownPictures> {
  const urls = listings.flatMap((listing) => (observed.get(listing.id)?.get('media/') as readonly string[] | undefined) ?? []);
  const digests = listings.flatMap((listing) => listing.desired?.media ?? []);
  return loadKnownPictures(client, ctx.account.id, [...new Set(urls)], [...new Set(digests)]);
}

/** Keeps the index by which a drifted text or picture finds its owner. */
async function indexElements(client: PoolClient, ctx: AccountContext, rendered: readonly RenderedListing[]): Promise<void> {
  const digests = [...new Set(rendered.flatMap((one) => one.values.media ?? []))];
  const { rows } = await client.query<{ digest: string; phash: string }>('SELECT digest, phash FROM media WHERE digest = ANY($1)', [digests]);
  const phashes = new Map(rows.map((row) => [row.digest, row.phash]));
  const entries = rendered.flatMap((one) => elementsFor(one.values, phashes).map((element) => ({ listing_id: one.listing.id, ...element })));
  await client.query(
    `WITH u AS (SELECT DISTINCT t.listing_id, t.facet, t.element FROM jsonb_to_recordset($2::jsonb) AS t(listing_id bigint, facet text, element bigint)),
       gone AS (DELETE FROM listing_element e WHERE e.listing_id = ANY($3::bigint[])
         AND NOT EXISTS (SELECT 1 FROM u WHERE u.listing_id = e.listing_id AND u.facet = e.facet AND u.element = e.element))
     INSERT INTO listing_element (listing_id, account_id, facet, element) SELECT u.listing_id, $1, u.facet, u.element FROM u ON CONFLICT DO NOTHING`,
    [ctx.account.id, JSON.stringify(entries), rendered.map((one) => one.listing.id)],
  );
}

function elementsFor(values: CardValues, phashes: ReadonlyMap<string, string>): { facet: string; element: string }[] {
  const texts = (['title', 'description'] as const).flatMap((facet) => {
    const value = values[facet];
    return value === undefined ? [] : elementsOf(facet, value).map((element) => ({ facet, element }));
  });
  const media = (values.media ?? []).flatMap((digest) => {
    const phash = phashes.get(digest);
    return phash === undefined ? [] : pictureElements(phash).map((element) => ({ facet: 'media', element }));
  });
  return [...texts, ...media];
}

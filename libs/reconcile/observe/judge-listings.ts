import type { PoolClient } from 'pg';
import type { Diagnostic } from '#kernel';
import type { Echo, Facet, FacetValue, StatusValue } from '#channels/contract';
import type { AccountContext } from '../account/account-context.js';
import { loadKnownPictures, wantPictures, type KnownPictures } from '../pictures/known-pictures.js';
import { isShown } from './dropped-attributes.js';
import { enter, newFacetRow, type FacetRow } from './facet-row.js';
import { judge, type Verdict } from './judge.js';
import { rulesStamp } from '../account/rules-stamp.js';
import { newRefusals } from './new-refusals.js';
import type { ListingView } from './listing-view.js';
import { desiredView, observedView, printOf, valueOf, type FacetDocument } from './projection.js';
import { soldSince } from './stock-sold.js';

/** One facet of one listing as read. `startedAt` is wall ms; Infinity for a stored document judged again. */
export interface FacetReading extends FacetDocument {
  readonly startedAt: number;
}

/** A facet that shows a third value: to be named, evidenced and opened as a drift. */
export interface Deviation {
  readonly listing: ListingView;
  readonly row: FacetRow;
  readonly live: FacetValue;
  readonly desired: FacetValue;
  readonly print: string;
}

export interface Judgement {
  readonly changed: FacetRow[];
  readonly deviations: Deviation[];
  /** Rows whose open drift has ended by itself or by our repair. */
  readonly healed: { readonly listing: ListingView; readonly row: FacetRow; readonly live: FacetValue }[];
  /** Cards without a master product, seen for the first time. */
  readonly orphans: { readonly listing: ListingView; readonly row: FacetRow; readonly live: FacetValue }[];
  /** Rows whose pushed value was seen for the first time. */
  readonly verified: { readonly listing: ListingView; readonly row: FacetRow }[];
  /** Documents whose value is new and counted, and all of cards without a product: by them these find theirs. */
  readonly documents: { readonly listingId: string; readonly facet: string; readonly part: string; readonly print: string; readonly value: FacetValue }[];
  /** Listings with a facet whose reading did not count: their page print must not be kept. */
  readonly uncounted: ReadonlySet<string>;
  /** Values the channel now reports cut, erased or declined. */
  readonly refusals: { readonly listingId: string; readonly diagnostics: readonly Diagnostic[] }[];
  readonly pictures: KnownPictures;
}

/** Judges readings of locked listings and moves their rows; writes nothing but the wish to look at new pictures. */
export async function judgeListings(
  client: PoolClient,
  ctx: AccountContext,
  listings: readonly ListingView[],
  readings: ReadonlyMap<string, readonly FacetReading[]>,
): Promise<Judgement> {
  const pictures = await picturesFor(client, ctx, listings, readings);
  const uncounted = new Set<string>();
  const judgement: Judgement = { changed: [], deviations: [], healed: [], verified: [], orphans: [], documents: [], refusals: [], uncounted, pictures };
  const now = ctx.clock.now();
  for (const listing of listings) {
    if (listing.productId !== null && listing.plannedRules !== rulesStamp(ctx)) {
      uncounted.add(listing.id);
      continue;
    }
    for (const reading of readings.get(listing.id) ?? []) {
      if (listing.productId === null && reading.facet !== 'presence') {
        judgement.documents.push({ listingId: listing.id, facet: reading.facet, part: reading.part, print: printOf(reading.value), value: reading.value });
        continue;
      }
      const known = listing.rows.find((row) => row.facet === reading.facet && row.part === reading.part);
      const desired = valueOf(listing.desired, reading.facet, reading.part);
      if (!known && desired === undefined && reading.facet !== 'presence') continue;
      const row = known ?? newFacetRow(listing.id, reading.facet, reading.part, now);
      if (!known) listing.rows.push(row);
      const wanted = desired === undefined ? undefined : desiredView(reading.facet, desired, listing.masks);
      const live = observedView(reading.facet, reading.value, desired, listing.masks);
      const print = printOf(live);
      const verdict = judge(row, {
        print,
        startedAt: ctx.sabotage.has('stale-page') ? Infinity : reading.startedAt,
        echo: () => (wanted === undefined ? 'no' : ctx.sabotage.has('echo') ? 'yes' : echoOf(ctx, reading.facet, wanted, live, pictures)),
        echoOfEarlier: () => echoesEarlier(ctx, listing, row, reading, live, pictures),
        sold: typeof live === 'number' && typeof desired === 'number' ? soldSince(row, desired, live, listing.lastStock.get(row.part)) : 'no',
        underway: isUnderway(reading),
        ownCard: listing.rows.some((other) => other.facet === 'presence' && (other.pushEndedAt !== null || other.state === 'sending')),
      });
      if (verdict === 'discard') uncounted.add(listing.id);
      else if (reading.facet === 'status') judgement.refusals.push(...newRefusals(listing, reading.value as StatusValue, reading.startedAt));
      const silenced = desired !== undefined && differsWhereIgnored(ctx, listing, reading, desired, pictures);
      apply(withRules(verdict, row, print, silenced, listing), { listing, row, live: reading.value, print, desired: wanted, now, judgement });
    }
  }
  return judgement;
}

interface Applied {
  readonly listing: ListingView;
  readonly row: FacetRow;
  readonly live: FacetValue;
  readonly print: string;
  readonly desired: FacetValue | undefined;
  readonly now: number;
  readonly judgement: Judgement;
}

function apply(verdict: Verdict, { listing, row, live, print, desired, now, judgement }: Applied): void {
  if (verdict === 'discard' || verdict === 'same') return;
  const fresh = row.observed !== print;
  row.observed = print;
  judgement.changed.push(row);
  if (fresh) judgement.documents.push({ listingId: listing.id, facet: row.facet, part: row.part, print, value: live });
  switch (verdict) {
    case 'pin':
    case 'in-sync':
    case 'consumed':
      if (verdict !== 'consumed' && row.settleUntil !== null) judgement.verified.push({ listing, row });
      row.expected = print;
      row.expectedFor = row.desired;
      row.settleUntil = null;
      row.dueAt = null;
      row.before = null;
      row.attempts = 0;
      if (row.driftId !== null) judgement.healed.push({ listing, row, live });
      enter(row, 'in_sync', now);
      return;
    case 'ignored':
      row.expected = print;
      row.expectedFor = row.desired;
      row.settleUntil = null;
      row.dueAt = null;
      row.before = null;
      enter(row, 'ignored', now, 'rule');
      return;
    case 'unverified':
      enter(row, 'unverified', now);
      return;
    case 'drifted':
      if (desired !== undefined) deviate({ listing, row, live, print, desired, now, judgement });
      return;
    case 'not-wanted':
      if (listing.productId === null && row.facet === 'presence' && row.driftId === null) {
        enter(row, 'held', now, 'orphan');
        judgement.orphans.push({ listing, row, live });
      } else if (listing.productId === null && live === 'absent' && row.driftId !== null) {
        enter(row, 'ignored', now, 'gone');
        judgement.healed.push({ listing, row, live });
      }
      return;
    case 'not-yet':
      row.before ??= print;
      if (row.state === 'unverified') enter(row, 'settling', now);
      return;
    case 'still-old':
      return;
  }
}

function deviate({ listing, row, live, print, desired, now, judgement }: Applied & { desired: FacetValue }): void {
  judgement.deviations.push({ listing, row, live, desired, print });
  if (listing.ignoredFacets.has(row.facet)) {
    enter(row, 'ignored', now, 'rule');
    return;
  }
  enter(row, 'drifted', now);
  row.dueAt ??= now;
}

/** A path rule silences a difference without hiding it: the rest of the facet is right, so it is ignored rather than in sync. */
function withRules(verdict: Verdict, row: FacetRow, print: string, silenced: boolean, listing: ListingView): Verdict {
  if (silenced && (verdict === 'pin' || verdict === 'in-sync' || (verdict === 'same' && row.state === 'in_sync'))) return 'ignored';
  const over = verdict === 'same' && !silenced && row.state === 'ignored' && row.reason === 'rule' && row.expected === print;
  return over && row.expectedFor === row.desired && !listing.ignoredFacets.has(row.facet) ? 'pin' : verdict;
}

function differsWhereIgnored(ctx: AccountContext, listing: ListingView, { facet, value }: FacetReading, desired: FacetValue, pictures: KnownPictures): boolean {
  if (facet !== 'attributes' || listing.masks.length === listing.refusedPaths.length) return false;
  const masks = listing.refusedPaths;
  return isShown(ctx.module, facet, desiredView(facet, desired, masks), observedView(facet, value, desired, masks), pictures) === 'no';
}

/** A drift of pictures is named by what they show, so nothing is said before all of them were looked at. */
function echoOf(ctx: AccountContext, facet: Facet, wanted: FacetValue, live: FacetValue, pictures: KnownPictures): Echo {
  const echo = isShown(ctx.module, facet, wanted, live, pictures);
  const unseen = facet === 'media' && echo === 'no' && (live as readonly string[]).some((url) => pictures.same(url, '') === undefined);
  return unseen ? 'unverified' : echo;
}

function isUnderway(reading: FacetReading): boolean {
  if (reading.facet === 'presence') return reading.value === 'absent';
  if (reading.facet !== 'status') return false;
  const status = reading.value as StatusValue;
  return status.moderation !== 'declined' && status.causes.every((cause) => ['not-created', 'moderation-pending', 'no-stock', 'no-price'].includes(cause.code));
}

/** Looks back to the revision that was last seen on the channel, not further: what is older than that came back by somebody's doing. */
function echoesEarlier(ctx: AccountContext, listing: ListingView, row: FacetRow, reading: FacetReading, live: FacetValue, pictures: KnownPictures): boolean {
  for (const values of listing.earlier) {
    const earlier = valueOf(values, reading.facet, reading.part);
    if (earlier === undefined) continue;
    const view = desiredView(reading.facet, earlier, listing.masks);
    if (isShown(ctx.module, reading.facet, view, live, pictures) === 'yes') return true;
    if (printOf(view) === row.expectedFor) return false;
  }
  return false;
}

async function picturesFor(
  client: PoolClient,
  ctx: AccountContext,
  listings: readonly ListingView[],
  readings: ReadonlyMap<string, readonly FacetReading[]>,
): Promise<KnownPictures> {
  const urls = new Set<string>();
  const digests = new Set<string>();
  for (const listing of listings) {
    const media = readings.get(listing.id)?.find((reading) => reading.facet === 'media');
    if (!media) continue;
    for (const url of media.value as readonly string[]) urls.add(url);
    for (const digest of [...(listing.desired?.media ?? []), ...listing.earlier.flatMap((values) => values.media ?? [])]) digests.add(digest);
  }
  const pictures = await loadKnownPictures(client, ctx.account.id, [...urls], [...digests]);
  const unseen = [...urls].filter((url) => pictures.same(url, '') === undefined);
  await wantPictures(client, ctx.account.id, unseen, ctx.clock.now());
  return pictures;
}

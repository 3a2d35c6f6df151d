import type { PoolClient } from 'pg';
import { ProductReader } from '#catalog';
import { errorText } from '#platform';
import {
  pickFacets,
  valuesOfParts,
  type CardValues,
  type Facet,
  type FacetDocument,
  type ProductSnapshot,
  type PushCall,
  type PushItem,
  type Sibling,
  type WriteOperation,
} from '#channels/contract';
import type { AccountContext } from '../account/account-context.js';
import { inTransaction } from '../account/in-transaction.js';
import { appendEvidence, RevisionOrigins } from '../evidence/index.js';
import { droppedAttributes, withoutGone } from '../observe/dropped-attributes.js';
import { enter, saveFacetRows, type FacetRow } from '../observe/facet-row.js';
import { lockListings, type ListingView } from '../observe/listing-view.js';
import { desiredView, valueOf } from '../observe/projection.js';
import { beginAnew } from './begin-anew.js';
import { verifiedStock } from './verified-stock.js';
import type { Work } from './find-work.js';
import { APPROVED } from './approved.js';
import { openWriteSets, stillMaySend, type IntentFacet } from './intent.js';
import { needsLive } from './needs-live.js';
import type { LiveCards } from './read-before.js';
import { siblingWishes } from './sibling-wishes.js';

/** A call recorded as an intent and ready to be sent. */
export interface ComposedCall {
  readonly intentId: string;
  readonly listingId: string;
  readonly purpose: Work['purpose'];
  readonly creates: boolean;
  readonly facets: readonly IntentFacet[];
  readonly call: PushCall;
}

interface Draft {
  readonly listing: ListingView;
  readonly rows: readonly FacetRow[];
  readonly work: Work;
  readonly item: PushItem;
  readonly body: unknown;
}

/**
 * Claims the facets of a batch and records what will be sent for each card, with evidence, before anything leaves.
 * Cards that no longer need the call (healed, edited again, claimed by another) drop out here.
 */
export async function composeIntents(ctx: AccountContext, operation: WriteOperation, work: readonly Work[], live: LiveCards): Promise<ComposedCall[]> {
  const products = await snapshotsOf(ctx, work);
  return inTransaction(ctx.pool, async (client) => {
    if (!(await stillMaySend(client, ctx))) return [];
    const listings = await lockListings(
      client,
      ctx.account.id,
      work.map((one) => one.listingId),
      ctx.clock.now(),
    );
    const byId = new Map(listings.map((listing) => [listing.id, listing]));
    const busy = await openWriteSets(client, [...byId.keys()]);
    const failed = await makeAnew(client, ctx, work, byId, live);
    const siblings = await siblingWishes(client, ctx, operation, [...byId.keys()]);
    const drafts = work.flatMap((one) => draft(ctx, operation, one, byId.get(one.listingId), live, products, siblings, busy.get(one.listingId) ?? new Set(), failed) ?? []);
    await saveFacetRows(client, ctx.account.id, [...new Set(failed)]);
    if (drafts.length === 0) return [];
    const ids = await recordIntents(client, ctx, operation, drafts);
    const calls = drafts.map((one, index) => claim(ctx, one, ids[index] ?? ''));
    await saveFacetRows(
      client,
      ctx.account.id,
      drafts.flatMap((one) => [...one.rows]),
    );
    await countRepairs(client, ctx, drafts);
    return calls;
  });
}

/** Cards that were there once and are to be made again: their rows start over. */
async function makeAnew(client: PoolClient, ctx: AccountContext, work: readonly Work[], listings: ReadonlyMap<string, ListingView>, live: LiveCards): Promise<FacetRow[]> {
  const again = work.flatMap((one) => {
    const listing = listings.get(one.listingId);
    return one.creates && listing && listing.externalId !== null && live.absent.has(one.key) ? [listing] : [];
  });
  if (again.length === 0) return [];
  await client.query(`UPDATE listing SET external_id = NULL, ids = '{}' WHERE id = ANY($1::bigint[])`, [again.map((listing) => listing.id)]);
  return again.flatMap((listing) => beginAnew(listing, ctx.clock.now()));
}

function draft(
  ctx: AccountContext,
  operation: WriteOperation,
  work: Work,
  listing: ListingView | undefined,
  live: LiveCards,
  products: ReadonlyMap<string, ProductSnapshot>,
  siblings: ReadonlyMap<string, readonly Sibling[]>,
  busy: ReadonlySet<Facet>,
  failed: FacetRow[],
): Draft | undefined {
  if (!listing?.desired || listing.productId === null) return undefined;
  if (work.creates && !live.absent.has(work.key)) return undefined;
  const waiting = (row: FacetRow) => (row.state === 'pending' || row.state === 'drifted') && row.intentId === null;
  const rows = listing.rows.filter((row) => work.facets.includes(row.facet) && waiting(row));
  const writes = rows.filter((row) => operation.writes.includes(row.facet) || work.creates);
  if (writes.length === 0 || writeSet(operation, rows).some((facet) => busy.has(facet))) return undefined;
  const card = live.cards.get(work.key);
  const facets = rows.map((row) => row.facet);
  if (!work.creates && !card && needsLive(operation, facets)) return undefined;
  const alongside = work.creates ? listing.rows.filter((row) => operation.partly?.includes(row.facet) && waiting(row)) : [];
  // Accepted and not shown yet: the live value is still the old one, and carrying it would undo our own change.
  const underway = listing.rows.filter((row) => row.state === 'settling' && operation.replaces.includes(row.facet));
  // It was to be set when the card was read, and no longer is: nobody knows what to carry.
  const unknown = operation.replaces.some((facet) => !facets.includes(facet) && !live.asked.has(facet) && !underway.some((row) => row.facet === facet));
  if (!work.creates && unknown) return undefined;
  const dropped = droppedAttributes(listing.desired);
  const values = withoutGone(wantedValues(listing, operation, [...rows, ...alongside, ...underway]), dropped);
  const mediaUrls = values.media?.map((digest) => ctx.freshPictureUrl(digest) ?? '');
  const item: PushItem = {
    key: listing.key,
    externalId: listing.externalId ?? undefined,
    ids: listing.ids,
    values,
    // Whole facets, also those that are set: of attributes only ours are ours, the rest of the live ones goes back as it is.
    carry: withoutGone(pickFacets(card?.values ?? {}, operation.replaces), dropped),
    ...(dropped.length === 0 ? {} : { dropAttributes: dropped }),
    ...(card?.document === undefined ? {} : { document: card.document }),
    ...(mediaUrls ? { mediaUrls } : {}),
    product: products.get(listing.productId),
    ...(siblings.has(listing.id) ? { siblings: siblings.get(listing.id) } : {}),
  };
  try {
    return { listing, rows, work, item, body: ctx.module.compose(operation.id, item, ctx.references.get) };
  } catch (error) {
    ctx.log.warn({ sku: listing.key, operation: operation.id, error: errorText(error) }, 'a call could not be composed; its card waits for a change');
    for (const row of writes) {
      row.dueAt = null;
      enter(row, 'failing', ctx.clock.now(), 'not-composable');
    }
    failed.push(...writes);
    return undefined;
  }
}

/** Everything the call may change: what its body replaces, and what it sets. */
function writeSet(operation: WriteOperation, rows: readonly FacetRow[]): Facet[] {
  return [...new Set<Facet>([...operation.replaces, ...rows.map((row) => row.facet)])];
}

/** What must become true. Stock is never raised by a repair: what was sold since stays sold. */
function wantedValues(listing: ListingView, operation: WriteOperation, rows: readonly FacetRow[]): CardValues {
  const documents = rows.flatMap((row): FacetDocument[] => {
    const desired = valueOf(listing.desired, row.facet, row.part);
    if (desired === undefined || !(operation.writes.includes(row.facet) || row.facet === 'presence')) return [];
    const sold = row.facet === 'stock' && row.state === 'drifted';
    return [{ facet: row.facet, part: row.part, value: sold ? verifiedStock(row, desired as number) : desiredView(row.facet, desired, listing.masks) }];
  });
  return valuesOfParts(documents, listing.desired?.offers !== undefined);
}

async function snapshotsOf(ctx: AccountContext, work: readonly Work[]): Promise<Map<string, ProductSnapshot>> {
  const { rows } = await ctx.pool.query<{ product_id: string }>('SELECT product_id FROM listing WHERE id = ANY($1::bigint[]) AND product_id IS NOT NULL', [
    work.map((one) => one.listingId),
  ]);
  const snapshots = await new ProductReader(ctx.pool).snapshots(
    rows.map((row) => row.product_id),
    { channel: ctx.account.channel },
  );
  return new Map(snapshots.map((snapshot) => [snapshot.productId, snapshot]));
}

async function recordIntents(client: PoolClient, ctx: AccountContext, operation: WriteOperation, drafts: readonly Draft[]): Promise<string[]> {
  const now = ctx.clock.now();
  const { rows } = await client.query<{ id: string }>(
    `INSERT INTO push_intent (account_id, listing_id, operation, facets, write_set, revision, epoch, purpose, body, phase, created_at, sent_at, deadline_at)
     SELECT $1, u.listing_id, $2, u.facets, u.write_set, u.revision, $4, u.purpose, u.body, 'sent', $5, $5, $6
     FROM jsonb_to_recordset($3::jsonb) AS u(ordinal integer, listing_id bigint, facets jsonb, write_set jsonb, revision integer, purpose text, body jsonb)
     ORDER BY u.ordinal RETURNING id`,
    [
      ctx.account.id,
      operation.id,
      JSON.stringify(
        drafts.map(({ listing, rows: claimed, work, item, body }, ordinal) => ({
          ordinal,
          listing_id: listing.id,
          facets: intentFacets(claimed),
          write_set: writeSet(operation, claimed),
          revision: newestRevision(claimed),
          purpose: work.purpose,
          body: { request: body, values: item.values, mediaUrls: item.mediaUrls },
        })),
      ),
      ctx.epoch,
      new Date(now),
      new Date(now + operation.settleMs),
    ],
  );
  const ids = rows.map((row) => row.id);
  const origins = await RevisionOrigins.read(
    client,
    drafts.map(({ listing, rows: claimed }) => ({ productId: listing.productId, revision: newestRevision(claimed) })),
  );
  await appendEvidence(
    client,
    ctx.account.id,
    drafts.map(({ listing, rows: claimed, work, body }, index) => ({
      kind: 'push.intent' as const,
      at: now,
      listingId: listing.id,
      intentId: ids[index],
      body: {
        key: listing.key,
        operation: operation.id,
        purpose: work.purpose,
        facets: [...new Set(claimed.map((row) => row.facet))],
        writeSet: writeSet(operation, claimed),
        epoch: ctx.epoch,
        revision: origins.of({ productId: listing.productId, revision: newestRevision(claimed) }),
        prints: Object.fromEntries(claimed.map((row) => [row.part ? `${row.facet}/${row.part}` : row.facet, row.desired ?? ''])),
        request: body,
      },
    })),
  );
  return ids;
}

const newestRevision = (rows: readonly FacetRow[]): number => Math.max(...rows.map((row) => row.desiredRevision ?? 0));

const intentFacets = (rows: readonly FacetRow[]): IntentFacet[] => rows.map((row) => ({ facet: row.facet, part: row.part, desired: row.desired }));

function claim(ctx: AccountContext, { listing, rows, work, item, body }: Draft, intentId: string): ComposedCall {
  const facets = intentFacets(rows);
  for (const row of rows) {
    row.intentId = intentId;
    row.before = row.observed;
    enter(row, 'sending', ctx.clock.now(), row.reason === APPROVED ? APPROVED : null);
  }
  return { intentId, listingId: listing.id, purpose: work.purpose, creates: work.creates, facets, call: { item, body } };
}

async function countRepairs(client: PoolClient, ctx: AccountContext, drafts: readonly Draft[]): Promise<void> {
  const ids = drafts.flatMap(({ rows }) => rows.flatMap((row) => row.driftId ?? []));
  if (ids.length === 0) return;
  await client.query(`UPDATE drift SET state = 'repairing', repairs = repairs + 1, repaired_at = $2 WHERE id = ANY($1::bigint[])`, [ids, new Date(ctx.clock.now())]);
}

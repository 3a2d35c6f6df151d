import type { PoolClient } from 'pg';
import type { Facet, WriteOperation } from '#channels/contract';
import type { AccountContext } from '../account/account-context.js';
import { inTransaction } from '../account/in-transaction.js';
import { creationGuards, type CreationGuards } from '../adopt/hold-creations.js';
import { decide } from '../decide/decide.js';
import { openCases } from '../decide/open-cases.js';
import { holdDrifts } from '../decide/hold-drifts.js';
import { droppedAttributes } from '../observe/dropped-attributes.js';
import { enter, saveFacetRows, type FacetRow } from '../observe/facet-row.js';
import { lockListings, type ListingView } from '../observe/listing-view.js';
import { waitingReason } from './approved.js';
import { chooseOperations } from './choose-operations.js';
import { openWriteSets } from './intent.js';
import { cardFacts, situationOf, type CardFacts } from './situations.js';

/** One call that one card needs now. */
export interface Work {
  readonly listingId: string;
  readonly key: string;
  readonly facets: readonly Facet[];
  readonly purpose: 'change' | 'repair';
  readonly creates: boolean;
}

export type WorkList = ReadonlyMap<WriteOperation, readonly Work[]>;

const BATCH = 500;

/** A facet no call can carry right now (another call of the card is in flight) is looked at again after this (account clock). */
const TURN_MS = 30_000;

/**
 * Looks at cards with something waiting, asks the guards, and answers which calls may go. Holds and waits are written down with
 * their reason; nothing is claimed yet, so an interrupted round leaves nothing behind.
 */
export async function findWork(ctx: AccountContext): Promise<WorkList> {
  const work = new Map<WriteOperation, Work[]>();
  await inTransaction(ctx.pool, async (client) => {
    const ids = await waitingListings(client, ctx);
    const listings = await lockListings(client, ctx.account.id, ids, ctx.clock.now());
    const facts = await cardFacts(client, ctx, ids, await openWriteSets(client, ids));
    const unfinished = await unfinishedSweepDrifts(client, ctx, listings);
    const creations = await creationGuards(client, ctx.account.id, ids);
    const changed: FacetRow[] = [];
    const held: { listing: ListingView; row: FacetRow }[] = [];
    for (const listing of listings) {
      const card = facts.get(listing.id);
      if (!card) continue;
      const sendable = guard(ctx, listing, card, unfinished, creations, changed, held);
      addWork(ctx, listing, card, sendable, work, changed);
    }
    await holdDrifts(client, ctx, held);
    await openCases(client, ctx, held);
    await saveFacetRows(client, ctx.account.id, changed);
  });
  return work;
}

/** Cards with a due facet: drifts and changes of price and stock first, then what identifies a card, then the rest. */
async function waitingListings(client: PoolClient, ctx: AccountContext): Promise<string[]> {
  const { rows } = await client.query<{ listing_id: string }>(
    `SELECT f.listing_id FROM listing_facet f
     WHERE f.account_id = $1 AND f.state IN ('pending', 'drifted') AND f.intent_id IS NULL AND (f.due_at IS NULL OR f.due_at <= $2)
     GROUP BY f.listing_id
     ORDER BY min(CASE WHEN f.facet = 'stock' THEN 0 WHEN f.facet = 'price' THEN 1 WHEN f.state = 'drifted' THEN 2 ELSE 3 END), f.listing_id LIMIT $3`,
    [ctx.account.id, new Date(ctx.clock.now()), BATCH],
  );
  return rows.map((row) => row.listing_id);
}

function guard(
  ctx: AccountContext,
  listing: ListingView,
  card: CardFacts,
  unfinished: ReadonlySet<string>,
  creations: CreationGuards,
  changed: FacetRow[],
  held: { listing: ListingView; row: FacetRow }[],
): FacetRow[] {
  const now = ctx.clock.now();
  const sendable: FacetRow[] = [];
  for (const row of listing.rows) {
    if ((row.state !== 'pending' && row.state !== 'drifted') || row.intentId !== null || (row.dueAt !== null && row.dueAt > now)) continue;
    const decision = decide(situationOf(ctx, listing, row, card, row.driftId === null || !unfinished.has(row.driftId), creations));
    if (decision.kind === 'send') {
      sendable.push(row);
      continue;
    }
    changed.push(row);
    if (decision.kind === 'wait') {
      row.dueAt = decision.until;
      enter(row, row.state, now, waitingReason(row.reason, decision.reason));
    } else {
      enter(row, 'held', now, decision.reason);
      held.push({ listing, row });
    }
  }
  return sendable;
}

function addWork(ctx: AccountContext, listing: ListingView, card: CardFacts, sendable: readonly FacetRow[], work: Map<WriteOperation, Work[]>, changed: FacetRow[]): void {
  if (sendable.length === 0) return;
  const now = ctx.clock.now();
  const exists = listing.externalId !== null && card.presence !== 'absent';
  const chosen = chooseOperations(ctx.module.descriptor.operations, {
    sendable: new Set(sendable.map((row) => row.facet)),
    busy: card.busy,
    blocked: new Set(listing.rows.filter((row) => row.state === 'failing' || row.state === 'held').map((row) => row.facet)),
    presence: card.presence,
    exists,
    removes: new Set(droppedAttributes(listing.desired).some((id) => card.shownAttributes.has(id)) ? (['attributes'] as const) : []),
  });
  const covered = new Set<Facet>();
  for (const { operation, facets } of chosen) {
    const until = exhaustedUntil(operation, card.sent.get(operation.id) ?? [], now);
    if (until !== undefined) {
      for (const row of sendable.filter((candidate) => facets.includes(candidate.facet))) {
        row.dueAt = until;
        enter(row, row.state, now, waitingReason(row.reason, 'card-limit'));
        covered.add(row.facet);
        changed.push(row);
      }
      continue;
    }
    const purpose = sendable.some((row) => row.state === 'drifted' && facets.includes(row.facet)) ? 'repair' : 'change';
    const list = work.get(operation) ?? [];
    for (const facet of facets) covered.add(facet);
    list.push({ listingId: listing.id, key: listing.key, facets, purpose, creates: !exists });
    work.set(operation, list);
  }
  for (const row of sendable) {
    if (covered.has(row.facet)) continue;
    row.dueAt = now + TURN_MS;
    enter(row, row.state, now, waitingReason(row.reason, exists ? 'waits-its-turn' : 'not-created'));
    changed.push(row);
  }
}

/** When a per-card limit ("10 price changes an hour") lets the next call through; undefined when it does now. */
function exhaustedUntil(operation: WriteOperation, sent: readonly number[], now: number): number | undefined {
  const limit = operation.perCard;
  if (!limit) return undefined;
  const recent = sent.filter((at) => at + limit.perMs > now);
  const first = recent[recent.length - limit.times];
  return recent.length >= limit.times && first !== undefined ? first + limit.perMs + 1 : undefined;
}

/** Drifts noticed by a sweep that is still walking: how many there are is not known yet, so the brake cannot be asked. */
async function unfinishedSweepDrifts(client: PoolClient, ctx: AccountContext, listings: readonly ListingView[]): Promise<Set<string>> {
  const ids = listings.flatMap((listing) => listing.rows.flatMap((row) => row.driftId ?? []));
  if (ids.length === 0) return new Set();
  const { rows } = await client.query<{ id: string }>(
    `SELECT d.id FROM drift d JOIN sweep_run s ON s.account_id = d.account_id AND s.number = d.sweep_number AND s.state = 'running' WHERE d.id = ANY($1::bigint[]) AND d.account_id = $2`,
    [ids, ctx.account.id],
  );
  return new Set(rows.map((row) => row.id));
}

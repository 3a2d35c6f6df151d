import { ProductReader } from '#catalog';
import { PRIORITY, type ProductSnapshot } from '#channels/contract';
import type { AccountContext } from '../account/account-context.js';
import { attachProducts, listingsToPlan, rememberViews, type ListingToPlan } from './listings-to-plan.js';
import { followListed } from './own-keys.js';
import type { PlanScope } from './plan-feed.js';
import { renderListing, type RenderedListing } from './render-listing.js';
import { saveRendered } from './save-rendered.js';

const BATCH = 200;

/**
 * Master → desired. Finds listings whose approved revision, rules or projection moved, renders them by the channel's rules and moves
 * the desired side of their facet rows. Nothing is sent. Answers how many listings were planned.
 */
export async function planAccount(ctx: AccountContext, scope: PlanScope): Promise<number> {
  if (scope === 'everything') return planScope(ctx, scope);
  let planned = 0;
  for (let from = 0; from < scope.length; from += BATCH) planned += await planScope(ctx, scope.slice(from, from + BATCH));
  return planned;
}

async function planScope(ctx: AccountContext, scope: PlanScope): Promise<number> {
  let planned = 0;
  const reader = new ProductReader(ctx.pool);
  for (;;) {
    ctx.signal.throwIfAborted();
    await attachProducts(ctx, scope, BATCH);
    const batch = await listingsToPlan(ctx, scope, BATCH);
    if (batch.length === 0) return planned;
    await followListed(
      ctx,
      batch.map((listing) => listing.id),
    );
    const snapshots = await reader.snapshots(
      batch.map((listing) => listing.productId),
      { channel: ctx.account.channel },
    );
    const byProduct = new Map<string, ProductSnapshot>(snapshots.map((snapshot) => [snapshot.productId, snapshot]));
    await ensureReferences(ctx, snapshots);
    const rendered = batch.flatMap((listing) => renderOne(ctx, listing, byProduct));
    // Nothing left but products without a readable revision: they wait for their next change instead of being asked for ever.
    if (rendered.length === 0) return planned;
    await saveRendered(ctx, rendered);
    await rememberViews(
      ctx,
      rendered.map((one) => one.listing),
    );
    planned += rendered.length;
  }
}

function renderOne(ctx: AccountContext, listing: ListingToPlan, byProduct: ReadonlyMap<string, ProductSnapshot>): RenderedListing[] {
  const snapshot = byProduct.get(listing.productId);
  return snapshot ? [renderListing(ctx, listing, snapshot)] : [];
}

/** Needs may grow with what is known (the tree tells the type, the type tells the dictionaries), so ask until nothing is missing. */
async function ensureReferences(ctx: AccountContext, snapshots: readonly ProductSnapshot[]): Promise<void> {
  let asked = 0;
  for (;;) {
    const keys = [...new Set(snapshots.flatMap((snapshot) => ctx.module.needs(snapshot, ctx.account.rules, ctx.references.get)))];
    if (keys.length === asked) return;
    asked = keys.length;
    await ctx.references.ensure(keys, ctx.channel, { signal: ctx.signal, priority: PRIORITY.content });
  }
}

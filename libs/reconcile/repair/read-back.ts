import { PRIORITY, type Facet } from '#channels/contract';
import type { AccountContext } from '../account/account-context.js';
import { isContractBreak } from '../account/contract-breaks.js';
import { inTransaction } from '../account/in-transaction.js';
import { appendEvidence, type EvidenceEntry } from '../evidence/index.js';
import { enter, saveFacetRows, type FacetRow } from '../observe/facet-row.js';
import { lockListings } from '../observe/listing-view.js';
import { recordObservations } from '../observe/record-observations.js';
import { backToWaiting } from './facet-outcomes.js';
import { dueIntents, postpone, type Intent } from './intent.js';
import { endIntents } from './record-answers.js';

const LOOK_AGAIN_MS = 20_000;
const BATCH = 200;

/**
 * Calls whose answer was lost: the card is read, never the call repeated. Found right: the call took. Something else: a drift like any
 * other. Still the old value: it may be on its way, so it is read again until the operation's deadline, and only then counts as lost.
 * Where the channel's answers cannot be read any more, only calls of that kind wait.
 */
export async function readBackUnknown(ctx: AccountContext): Promise<number> {
  const intents = await dueIntents(ctx, ['unknown'], BATCH);
  if (intents.length === 0) return 0;
  await letReadingsCount(ctx, intents);
  const kinds = new Map<string, Intent[]>();
  for (const intent of intents) kinds.set(intent.operation, [...(kinds.get(intent.operation) ?? []), intent]);
  let ended = 0;
  let broken: Error | undefined;
  for (const alike of kinds.values()) {
    try {
      ended += await readBack(ctx, alike);
    } catch (error) {
      if (!isContractBreak(error)) throw error;
      broken ??= error;
    }
  }
  if (broken !== undefined) throw broken;
  return ended;
}

/** Calls of one operation, so that each is read where its facets are told. */
async function readBack(ctx: AccountContext, intents: readonly Intent[]): Promise<number> {
  const facets = [...new Set<Facet>([...intents.flatMap((intent) => intent.facets.map((facet) => facet.facet)), 'presence'])];
  const answer = await ctx.channel.peek([...new Set(intents.map((intent) => intent.key))], facets, { signal: ctx.signal, priority: PRIORITY.identity });
  await recordObservations(ctx, { startedAt: answer.startedAt, cards: answer.cards });
  const ended = await judgeIntents(ctx, intents);
  await postpone(
    ctx,
    intents.filter((intent) => !ended.has(intent.id)).map((intent) => intent.id),
    ctx.clock.now() + LOOK_AGAIN_MS,
  );
  return ended.size;
}

/** A row that is still "sending" counts no reading; from here on it settles like one whose answer came. */
async function letReadingsCount(ctx: AccountContext, intents: readonly Intent[]): Promise<void> {
  await inTransaction(ctx.pool, async (client) => {
    const listings = await lockListings(
      client,
      ctx.account.id,
      intents.map((intent) => intent.listingId),
      ctx.clock.now(),
    );
    const deadlines = new Map(intents.map((intent) => [intent.id, intent.deadlineAt]));
    const rows = listings.flatMap((listing) => listing.rows.filter((row) => row.state === 'sending' && row.intentId !== null && deadlines.has(row.intentId)));
    for (const row of rows) {
      row.pushEndedAt = Date.now() - 1;
      row.settleUntil = deadlines.get(row.intentId ?? '') ?? null;
      enter(row, 'settling', ctx.clock.now(), 'answer-lost');
    }
    await saveFacetRows(client, ctx.account.id, rows);
  });
}

async function judgeIntents(ctx: AccountContext, intents: readonly Intent[]): Promise<Set<string>> {
  const ended = new Set<string>();
  const now = ctx.clock.now();
  await inTransaction(ctx.pool, async (client) => {
    const listings = await lockListings(
      client,
      ctx.account.id,
      intents.map((intent) => intent.listingId),
      now,
    );
    const byId = new Map(listings.map((listing) => [listing.id, listing]));
    const changed: FacetRow[] = [];
    const entries: EvidenceEntry[] = [];
    const ends: Parameters<typeof endIntents>[1][number][] = [];
    for (const intent of intents) {
      const rows = (byId.get(intent.listingId)?.rows ?? []).filter((row) => row.intentId === intent.id);
      const open = rows.filter((row) => row.state === 'settling' && row.facet !== 'status');
      const late = ctx.sabotage.has('readback') || (intent.deadlineAt !== null && intent.deadlineAt < now);
      if (open.length > 0 && !late) continue;
      const found = open.length > 0 ? 'not-applied' : rows.some((row) => row.state === 'drifted') ? 'another-value' : 'applied';
      if (found === 'not-applied')
        backToWaiting(rows, { now, reason: 'answer-lost', failed: !ctx.sabotage.has('readback'), dueAt: ctx.sabotage.has('readback') ? now : undefined });
      else for (const row of rows) row.intentId = null;
      changed.push(...rows);
      ends.push({ id: intent.id, phase: found === 'applied' ? 'done' : found === 'not-applied' ? 'lost' : 'superseded', dueAt: null });
      entries.push({ kind: 'push.readback', at: now, listingId: intent.listingId, intentId: intent.id, body: { found } });
      ended.add(intent.id);
    }
    await endIntents(client, ends, now);
    await saveFacetRows(client, ctx.account.id, changed);
    await appendEvidence(client, ctx.account.id, entries);
  });
  return ended;
}

import { PRIORITY, type Priority, type WriteOperation } from '#channels/contract';
import type { AccountContext } from '../account/account-context.js';
import { composeIntents, type ComposedCall } from './compose-intents.js';
import type { Work } from './find-work.js';
import { readBefore } from './read-before.js';
import { recordAnswers } from './record-answers.js';
import { sendCalls } from './send-calls.js';
import { postponeWork } from './postpone-work.js';

/** A card whose call could not be made up just now (unreadable, or another call of it is underway) is looked at again after this. */
const TURN_MS = 30_000;

/**
 * Sends one operation's work in batches sized by what the budget lets through: read what must be carried, record the intents,
 * send, record the answers. Every step can be interrupted; what was sent and not answered is read back, never repeated blindly.
 */
export async function sendWork(ctx: AccountContext, operation: WriteOperation, work: readonly Work[]): Promise<void> {
  const rest = [...work].sort((a, b) => rank(a) - rank(b));
  while (rest.length > 0) {
    ctx.signal.throwIfAborted();
    const size = batchSize(ctx, operation, rest);
    if (size.closedUntil !== undefined) return postponeWork(ctx, rest, 'quota', size.closedUntil);
    const batch = rest.splice(0, size.items);
    const live = await readBefore(ctx, operation, batch);
    ctx.pass('before-intent');
    const calls = await composeIntents(ctx, operation, batch, live);
    ctx.pass('after-intent');
    const dropped = batch.filter((one) => !calls.some((call) => call.listingId === one.listingId));
    await postponeWork(ctx, dropped, 'waits-its-turn', ctx.clock.now() + TURN_MS);
    if (calls.length === 0) continue;
    const answers = await sendCalls(ctx, operation, calls, priorityOf(operation, calls));
    ctx.pass('after-answer');
    await recordAnswers(ctx, operation, calls, answers);
    ctx.pass('after-record');
    if (answers.stop) return;
  }
}

const rank = (work: Work) => (work.purpose === 'repair' ? 0 : 1);

/** As many as fit now, at least one (the channel waits for it); a spent daily quota says until when. */
function batchSize(ctx: AccountContext, operation: WriteOperation, work: readonly Work[]): { items: number; closedUntil?: number } {
  const first = work[0];
  if (!first) return { items: 0 };
  const repair = first.purpose === 'repair';
  let items = Math.min(operation.batch, work.filter((one) => one.purpose === first.purpose && one.creates === first.creates).length);
  for (const cost of operation.costs) {
    if (cost.per !== 'item' || (cost.of !== 'any' && cost.of !== (first.creates ? 'create' : 'update'))) continue;
    const closedUntil = ctx.budget.closedUntil(cost.bucket, repair);
    if (closedUntil !== undefined) return { items: 0, closedUntil };
    items = Math.min(items, Math.max(1, ctx.budget.room(cost.bucket, repair)));
  }
  const alike = work.findIndex((one) => one.creates !== first.creates || one.purpose !== first.purpose);
  return { items: alike < 0 ? items : Math.min(items, alike) };
}

function priorityOf(operation: WriteOperation, calls: readonly ComposedCall[]): Priority {
  if (operation.writes.includes('stock')) return PRIORITY.stock;
  if (operation.writes.length === 1 && operation.writes[0] === 'price') return PRIORITY.price;
  return calls.some((call) => call.purpose === 'repair') ? PRIORITY.identity : PRIORITY.content;
}

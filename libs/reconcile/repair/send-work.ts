import { PRIORITY, type Priority, type WriteOperation } from '#channels/contract';
import type { AccountContext } from '../account/account-context.js';
import { composeIntents, type ComposedCall } from './compose-intents.js';
import type { Work } from './find-work.js';
import { nextPortion } from './next-portion.js';
import { readBefore, type LiveCards } from './read-before.js';
import { recordAnswers } from './record-answers.js';
import { sendCalls } from './send-calls.js';
import { postponeWork } from './postpone-work.js';

/** A card whose call could not be made up just now (unreadable, or another call of it is underway) is looked at again after this. */
const TURN_MS = 30_000;
/** A rate that is closed for longer is not waited for here: other work goes on meanwhile. */
const LONGEST_WAIT_MS = 90_000;

/**
 * Sends one operation's work in portions sized by what the budget lets through. Each is read at once, for one request answers many
 * cards, and goes batch by batch: what must be carried, record the intents, send, record the answers. Every step can be interrupted;
 * what was sent and not answered is read back, never repeated blindly.
 */
export async function sendWork(ctx: AccountContext, operation: WriteOperation, work: readonly Work[]): Promise<void> {
  const rest = [...work].sort((a, b) => rank(a) - rank(b));
  while (rest.length > 0) {
    ctx.signal.throwIfAborted();
    const next = nextPortion(ctx.budget, operation, rest);
    if (next.kind === 'wait' && next.ms <= LONGEST_WAIT_MS) {
      await ctx.clock.sleep(next.ms, ctx.signal);
      continue;
    }
    const portion = rest.splice(0, next.items);
    if (next.kind !== 'send') {
      await (next.kind === 'closed' ? postponeWork(ctx, portion, 'quota', next.until) : postponeWork(ctx, portion, 'throttled', ctx.clock.now() + next.ms));
      continue;
    }
    const live = await readBefore(ctx, operation, portion);
    for (let from = 0; from < portion.length; from += operation.batch) {
      ctx.signal.throwIfAborted();
      if (await sendBatch(ctx, operation, portion.slice(from, from + operation.batch), live)) return;
    }
  }
}

/** Answers whether the operation's round ends here. */
async function sendBatch(ctx: AccountContext, operation: WriteOperation, batch: readonly Work[], live: LiveCards): Promise<boolean> {
  ctx.pass('before-intent');
  const calls = await composeIntents(ctx, operation, batch, live);
  ctx.pass('after-intent');
  const dropped = batch.filter((one) => !calls.some((call) => call.listingId === one.listingId));
  await postponeWork(ctx, dropped, 'waits-its-turn', ctx.clock.now() + TURN_MS);
  if (calls.length === 0) return false;
  const answers = await sendCalls(ctx, operation, calls, priorityOf(operation, calls));
  ctx.pass('after-answer');
  await recordAnswers(ctx, operation, calls, answers);
  ctx.pass('after-record');
  return answers.stop;
}

/** Repairs first, and what is there before what is to be made: they never share a batch. */
const rank = (work: Work) => (work.purpose === 'repair' ? 0 : 2) + (work.creates ? 1 : 0);

function priorityOf(operation: WriteOperation, calls: readonly ComposedCall[]): Priority {
  if (operation.writes.includes('stock')) return PRIORITY.stock;
  if (operation.writes.length === 1 && operation.writes[0] === 'price') return PRIORITY.price;
  return calls.some((call) => call.purpose === 'repair') ? PRIORITY.identity : PRIORITY.content;
}

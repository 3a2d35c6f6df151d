import { Refused, RetryLater, Throttled, Unauthorised, Unsupported, type Diagnostic } from '#kernel';
import { errorText } from '#platform';
import { setAccountState } from '#listings';
import type { Priority, PushOutcome, WriteOperation } from '#channels/contract';
import type { AccountContext } from '../account/account-context.js';
import { isContractBreak, recordContractBreak } from '../account/contract-breaks.js';
import type { ComposedCall } from './compose-intents.js';

/** The answer to each call, in order; `stop` ends the operation's round. */
export interface Answers {
  readonly outcomes: readonly PushOutcome[];
  readonly stop: boolean;
}

const RETRY_MS = 30_000;
/** How long a call that the channel no longer knows waits (account clock). */
const CHANGED_MS = 5 * 60_000;

/** Sends one batch. What cannot be known for sure is `unsure`, never a failure: it will be read back. */
export async function sendCalls(ctx: AccountContext, operation: WriteOperation, calls: readonly ComposedCall[], priority: Priority): Promise<Answers> {
  try {
    const outcomes = await ctx.channel.push(
      operation.id,
      calls.map((one) => one.call),
      { signal: ctx.signal, priority },
    );
    ctx.pass('after-send');
    return { outcomes, stop: false };
  } catch (error) {
    return afterFailure(ctx, calls, error);
  }
}

async function afterFailure(ctx: AccountContext, calls: readonly ComposedCall[], error: unknown): Promise<Answers> {
  const all = (outcome: Answers['outcomes'][number], stop: boolean): Answers => ({ outcomes: calls.map(() => outcome), stop });
  const now = ctx.clock.now();
  if (error instanceof Throttled) return all({ kind: 'not-sent', why: 'throttled', until: error.until }, true);
  if (error instanceof Unauthorised) {
    await setAccountState(ctx.pool, ctx.account.id, 'unauthorised', errorText(error));
    return all({ kind: 'not-sent', why: 'unauthorised', until: now + RETRY_MS }, true);
  }
  if (error instanceof Refused) return all({ kind: 'refused', diagnostics: error.diagnostics as Diagnostic[] }, false);
  if (error instanceof RetryLater && !error.unsure) return all({ kind: 'not-sent', why: 'channel-unavailable', until: now + (error.afterMs ?? RETRY_MS) }, true);
  if (isContractBreak(error)) await recordContractBreak(ctx.pool, ctx.account.id, now, error);
  // A call the channel no longer knows did nothing: it waits until the channel or this program has changed.
  if (error instanceof Unsupported) return all({ kind: 'not-sent', why: 'channel-changed-api', until: now + CHANGED_MS }, true);
  return all({ kind: 'unsure', why: errorText(error).slice(0, 300) }, true);
}

import { loadAccount } from '#listings';
import type { AccountContext } from '../account/account-context.js';
import { isContractBreak, recordContractBreak } from '../account/contract-breaks.js';
import { confirmTasks } from './confirm-tasks.js';
import { expireSettling } from './expire-settling.js';
import { findWork } from './find-work.js';
import { readBackUnknown } from './read-back.js';
import { sendWork } from './send-work.js';

/**
 * Desired → live. One round: follow what was sent, read back what got no answer, give up on what never showed, then ask the guards
 * what may go and send it, each operation at its own pace. Every step is level-triggered: a round that dies is simply begun again.
 */
export async function repairAccount(base: AccountContext): Promise<void> {
  for (;;) {
    base.signal.throwIfAborted();
    // A round may last minutes; modes, pauses and brakes that changed meanwhile hold from the next one on.
    const account = await loadAccount(base.pool, base.account.id);
    if (!account || account.state === 'unauthorised') return;
    const ctx: AccountContext = { ...base, account };
    await apart(ctx, confirmTasks);
    await apart(ctx, readBackUnknown);
    await expireSettling(ctx);
    const work = await findWork(ctx);
    if (work.size === 0) return;
    const whole = await Promise.all([...work].map(([operation, items]) => apart(ctx, () => sendWork(ctx, operation, items))));
    // What could not be tried would be found again at once; the next nudge is soon enough.
    if (whole.includes(false)) return;
  }
}

/** What the channel answers in a new way stops this step alone; its cards go on waiting, and the alarm says why. Answers whether all went well. */
async function apart(ctx: AccountContext, step: (ctx: AccountContext) => Promise<unknown>): Promise<boolean> {
  try {
    await step(ctx);
    return true;
  } catch (error) {
    if (!isContractBreak(error)) throw error;
    ctx.log.error({ account: ctx.account.id, reason: error.message }, 'the channel changed its API; what depends on it waits');
    await recordContractBreak(ctx.pool, ctx.account.id, ctx.clock.now(), error);
    return false;
  }
}

/** After a change of owner: calls that were recorded as sent and never answered are unknown, whoever sent them. */
export async function adoptOrphanedIntents(ctx: AccountContext): Promise<void> {
  await ctx.pool.query(`UPDATE push_intent SET phase = 'unknown', due_at = NULL WHERE account_id = $1 AND phase IN ('planned', 'sent')`, [ctx.account.id]);
}

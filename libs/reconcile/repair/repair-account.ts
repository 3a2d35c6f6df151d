import { loadAccount } from '#listings';
import type { AccountContext } from '../account/account-context.js';
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
    await confirmTasks(ctx);
    await readBackUnknown(ctx);
    await expireSettling(ctx);
    const work = await findWork(ctx);
    if (work.size === 0) return;
    await Promise.all([...work].map(([operation, items]) => sendWork(ctx, operation, items)));
  }
}

/** After a change of owner: calls that were recorded as sent and never answered are unknown, whoever sent them. */
export async function adoptOrphanedIntents(ctx: AccountContext): Promise<void> {
  await ctx.pool.query(`UPDATE push_intent SET phase = 'unknown', due_at = NULL WHERE account_id = $1 AND phase IN ('planned', 'sent')`, [ctx.account.id]);
}

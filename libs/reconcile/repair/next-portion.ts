import type { WriteOperation } from '#channels/contract';
import type { AccountBudget } from '../account/account-budget.js';
import type { Work } from './find-work.js';

/** What to do with so many `items` from the front of an operation's work. */
export type Portion =
  /** They may go, in batches, soon enough for what is read of them now. */
  | { readonly kind: 'send'; readonly items: number }
  /** A batch of them fits after so many ms (account clock). */
  | { readonly kind: 'wait'; readonly items: number; readonly ms: number }
  /** A daily quota is spent; it comes back then (account clock). */
  | { readonly kind: 'closed'; readonly items: number; readonly until: number };

/**
 * As much work of one kind as the budget lets through. Requests are what a channel is short of: a change waits until a whole batch of
 * it fits, and what is left over waits for the next one. A repair goes as soon as there is room for any.
 */
export function nextPortion(budget: Pick<AccountBudget, 'room' | 'delay' | 'closedUntil'>, operation: WriteOperation, work: readonly Work[]): Portion {
  const [first] = work;
  if (!first) return { kind: 'send', items: 0 };
  const other = work.findIndex((one) => one.creates !== first.creates || one.purpose !== first.purpose);
  const alike = other < 0 ? work.length : other;
  const repair = first.purpose === 'repair';
  let items = alike;
  let ms = 0;
  for (const cost of operation.costs) {
    if (cost.per === 'call' || (cost.of !== 'any' && cost.of !== (first.creates ? 'create' : 'update'))) continue;
    const room = budget.room(cost.bucket, repair);
    if (cost.per === 'request') {
      items = Math.min(items, Math.max(operation.batch, room));
      continue;
    }
    const until = budget.closedUntil(cost.bucket, repair);
    if (until !== undefined) return { kind: 'closed', items: alike, until };
    ms = Math.max(ms, budget.delay(cost.bucket, repair ? 1 : Math.min(operation.batch, alike)));
    items = Math.min(items, Math.max(1, room));
  }
  if (ms > 0) return { kind: 'wait', items: alike, ms };
  const whole = items - (items % operation.batch);
  return { kind: 'send', items: repair || items === alike || whole === 0 ? items : whole };
}

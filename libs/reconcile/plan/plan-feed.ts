import { changedProducts, NOTHING_SEEN, outboxMark, type OutboxMark } from '#catalog';
import type { AccountContext } from '../account/account-context.js';
import { rulesStamp } from '../account/rules-stamp.js';

/** What a run of the planning has to look at: every listing of the account, or those of some products. */
export type PlanScope = 'everything' | readonly string[];

/** Whoever did not look for so long may have missed changes: they are kept a little longer than this. */
const LONGEST_AWAY_MS = 15_000;
/** How long changes are kept for those who look. */
export const CHANGES_KEPT_MS = 20_000;
/** Everything is compared this often even if nobody said that it moved. */
const WHOLE_EVERY_MS = 5 * 60_000;
/** With more products than this one comparison of everything is cheaper. */
const MOST_PRODUCTS = 5_000;

/**
 * Follows the catalog for one account. To compare a hundred thousand listings every second costs the server a sixth of a
 * processor, so only products that moved are looked at, and all of them after a start, a failure, new rules, a long absence, and
 * now and then.
 */
export class PlanFeed {
  private mark: OutboxMark = NOTHING_SEEN;
  private stamp: number | undefined;
  private lookedAt = -Infinity;
  private wholeAt = -Infinity;
  /** Asked for by others, also while a look is under way. */
  private wholeDue = true;

  /** The next look is at everything. */
  reset(): void {
    this.wholeDue = true;
  }

  async next(ctx: AccountContext): Promise<PlanScope> {
    const before = this.lookedAt;
    const now = (this.lookedAt = performance.now());
    const stamp = rulesStamp(ctx);
    if (this.wholeDue || stamp !== this.stamp || now - this.wholeAt > WHOLE_EVERY_MS) return this.whole(ctx, stamp);
    const changed = await changedProducts(ctx.pool, this.mark, MOST_PRODUCTS);
    // The answer itself may have taken long.
    if (changed.more || performance.now() - before > LONGEST_AWAY_MS) return this.whole(ctx, stamp);
    this.mark = changed.mark;
    return changed.productIds;
  }

  private async whole(ctx: AccountContext, stamp: number): Promise<PlanScope> {
    this.wholeDue = false;
    this.mark = await outboxMark(ctx.pool);
    this.stamp = stamp;
    this.wholeAt = performance.now();
    return 'everything';
  }
}

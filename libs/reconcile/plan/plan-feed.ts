import { changedProducts, outboxMark, type OutboxMark } from '#catalog';
import type { AccountContext } from '../account/account-context.js';
import { rulesStamp } from '../account/rules-stamp.js';

/** What a run of the planning has to look at: every listing of the account, or those of some products. */
export type PlanScope = 'everything' | readonly string[];

/** Whoever did not look for so long may have missed changes: they are kept a little longer than this. */
export const LONGEST_AWAY_MS = 15_000;
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
  private mark: OutboxMark | undefined;
  private stamp: number | undefined;
  private lookedAt = -Infinity;
  private wholeAt = -Infinity;

  /** The next look is at everything. */
  reset(): void {
    this.mark = undefined;
  }

  async next(ctx: AccountContext): Promise<PlanScope> {
    const now = performance.now();
    const away = now - this.lookedAt;
    this.lookedAt = now;
    const stamp = rulesStamp(ctx);
    if (this.mark === undefined || stamp !== this.stamp || away > LONGEST_AWAY_MS || now - this.wholeAt > WHOLE_EVERY_MS) return this.whole(ctx, stamp, now);
    const changed = await changedProducts(ctx.pool, this.mark, MOST_PRODUCTS);
    if (changed.more) return this.whole(ctx, stamp, now);
    this.mark = changed.mark;
    return changed.productIds;
  }

  private async whole(ctx: AccountContext, stamp: number, now: number): Promise<PlanScope> {
    this.mark = await outboxMark(ctx.pool);
    this.stamp = stamp;
    this.wholeAt = now;
    return 'everything';
  }
}

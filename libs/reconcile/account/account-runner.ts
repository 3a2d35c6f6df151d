import { BrokenContract, RetryLater, Throttled, Unauthorised } from '#kernel';
import { errorText } from '#platform';
import { PRIORITY, type SweepLane } from '#channels/contract';
import { loadAccount, setAccountState } from '#listings';
import { planAccount } from '../plan/plan-account.js';
import { fetchPictures, sampleKnownPictures } from '../pictures/fetch-pictures.js';
import { LostOwnership } from '../repair/intent.js';
import { adoptOrphanedIntents, repairAccount } from '../repair/repair-account.js';
import { sweepAccount } from '../sweep/sweep-account.js';
import type { AccountContext } from './account-context.js';

export const LANES = ['plan', 'sweep', 'repair', 'pictures'] as const;
export type Lane = (typeof LANES)[number];

const HEALTH_EVERY_MS = 15 * 60_000;

/**
 * Runs the loops of one account in this process, each lane one at a time. A nudge while a lane runs makes it run once more;
 * everything it needs to know it reads afresh, so nudges may be lost or doubled.
 */
export class AccountRunner {
  private readonly running = new Map<string, Promise<void>>();
  private readonly again = new Map<string, boolean>();
  private readonly waitUntil = new Map<string, number>();
  private lastSample = 0;
  private lastHealth = -Infinity;
  private adopted: Promise<void> | undefined;

  constructor(
    private readonly base: AccountContext,
    private readonly onLost: () => void,
  ) {}

  get accountId(): string {
    return this.base.account.id;
  }

  budgetLeft() {
    return this.base.budget.left();
  }

  /** Looks at a lane now; resolves when it has nothing left to do. `force` makes a sweep due. */
  nudge(lane: Lane, force = false): Promise<void> {
    if (lane !== 'sweep') return this.once(lane, (ctx) => this.work(lane, ctx));
    return Promise.all(this.base.module.descriptor.lanes.map((one) => this.once(`sweep:${one.id}`, (ctx) => this.sweep(ctx, one, force)))).then(() => undefined);
  }

  async stop(): Promise<void> {
    await Promise.allSettled(this.running.values());
  }

  private once(name: string, work: (ctx: AccountContext) => Promise<void>): Promise<void> {
    const current = this.running.get(name);
    if (current) {
      this.again.set(name, true);
      return current;
    }
    const run = this.guarded(name, work).finally(() => {
      this.running.delete(name);
      if (this.again.delete(name) && !this.base.signal.aborted) void this.once(name, work);
    });
    this.running.set(name, run);
    return run;
  }

  private async guarded(name: string, work: (ctx: AccountContext) => Promise<void>): Promise<void> {
    if ((this.waitUntil.get(name) ?? 0) > this.base.clock.now()) return;
    try {
      this.adopted ??= adoptOrphanedIntents(this.base);
      await this.adopted;
      const account = await loadAccount(this.base.pool, this.accountId);
      if (!account || account.state === 'unauthorised') return this.checkHealth(account !== undefined);
      await work({ ...this.base, account });
    } catch (error) {
      await this.afterFailure(name, error);
    }
  }

  private async work(lane: Exclude<Lane, 'sweep'>, ctx: AccountContext): Promise<void> {
    if (lane === 'plan') {
      await this.checkHealth(true);
      if ((await planAccount(ctx)) > 0) void this.nudge('repair');
      return;
    }
    if (lane === 'repair') return repairAccount(ctx);
    this.lastSample = await sampleKnownPictures(ctx, this.lastSample || ctx.clock.now());
    if ((await fetchPictures(ctx)) > 0) void this.nudge('repair');
  }

  private async sweep(ctx: AccountContext, lane: SweepLane, force: boolean): Promise<void> {
    if (!(await sweepAccount(ctx, lane, force))) return;
    void this.nudge('pictures');
    void this.nudge('repair');
  }

  /** Key, roles and the channel's own limit figures: at start and every quarter of an hour (account clock). */
  private async checkHealth(exists: boolean): Promise<void> {
    const now = this.base.clock.now();
    if (!exists || now < this.lastHealth + HEALTH_EVERY_MS) return;
    this.lastHealth = now;
    const report = await this.base.channel.health({ signal: this.base.signal, priority: PRIORITY.sweep });
    await this.base.pool.query('UPDATE channel_account SET health = $2 WHERE id = $1 AND health IS DISTINCT FROM $2::jsonb', [this.accountId, JSON.stringify(report)]);
    if (report.ok) await this.base.pool.query(`UPDATE channel_account SET state = 'active', state_reason = NULL WHERE id = $1 AND state = 'unauthorised'`, [this.accountId]);
  }

  private async afterFailure(name: string, error: unknown): Promise<void> {
    if (this.base.signal.aborted) return;
    const fields = { account: this.accountId, lane: name, error: errorText(error) };
    const now = this.base.clock.now();
    if (error instanceof LostOwnership) return this.onLost();
    if (error instanceof Unauthorised) {
      this.base.log.error(fields, 'the channel refuses the key; the account stops');
      return setAccountState(this.base.pool, this.accountId, 'unauthorised', errorText(error));
    }
    if (error instanceof Throttled) this.waitUntil.set(name, error.until);
    else if (error instanceof RetryLater) this.waitUntil.set(name, now + (error.afterMs ?? 5_000));
    else if (error instanceof BrokenContract) this.waitUntil.set(name, now + 60_000);
    else this.waitUntil.set(name, now + 10_000);
    if (error instanceof Throttled || error instanceof RetryLater) this.base.log.warn(fields, 'a lane waits');
    else this.base.log.error({ ...fields, err: error }, 'a lane failed and will be tried again');
  }
}

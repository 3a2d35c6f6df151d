import { RetryLater, Throttled, Unauthorised } from '#kernel';
import { errorText } from '#platform';
import { PRIORITY, type SweepLane } from '#channels/contract';
import { loadAccount, setAccountState, type Account } from '#listings';
import { matchOrphans } from '../adopt/match-orphans.js';
import { planAccount } from '../plan/plan-account.js';
import { PlanFeed } from '../plan/plan-feed.js';
import { fetchPictures, sampleKnownPictures } from '../pictures/fetch-pictures.js';
import { FloorUpkeep } from '../floors/keep-floors.js';
import { HintSubscription } from '../hints/hint-subscription.js';
import { HintedLooks } from '../hints/hinted-looks.js';
import { LostOwnership } from '../repair/intent.js';
import { adoptOrphanedIntents, repairAccount } from '../repair/repair-account.js';
import { endExpiredRules } from '../steer/end-expired-rules.js';
import { sweepAccount } from '../sweep/sweep-account.js';
import type { AccountContext } from './account-context.js';
import { isContractBreak, recordContractBreak } from './contract-breaks.js';

export const LANES = ['plan', 'sweep', 'repair', 'pictures'] as const;
export type Lane = (typeof LANES)[number];

const HEALTH_EVERY_MS = 15 * 60_000;

/**
 * Runs the loops of one account in this process, each lane one at a time. A nudge while a lane runs makes it run once more;
 * everything it needs to know it reads afresh, so nudges may be lost or doubled.
 */
export class AccountRunner {
  private readonly running = new Map<string, Promise<void>>();
  private readonly again = new Map<string, (ctx: AccountContext) => Promise<void>>();
  private readonly waitUntil = new Map<string, number>();
  /** How often products, cards or pictures moved, and at which of these moves the cards were last compared. */
  private moves = 0;
  private matched: string | undefined;
  private lastSample = 0;
  private lastHealth = -Infinity;
  private begun: Promise<void> | undefined;
  private readonly feed = new PlanFeed();
  private readonly floors = new FloorUpkeep();
  private readonly hints = { looks: new HintedLooks(), subscription: new HintSubscription() };

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
    const walks = this.base.module.descriptor.lanes.map((one) => this.once(`sweep:${one.id}`, (ctx) => this.sweep(ctx, one, force), force));
    if (this.base.module.hints !== undefined) walks.push(this.once('hints', (ctx) => this.hinted(ctx)));
    if (this.base.channel.floors !== undefined) walks.push(this.once('floors', (ctx) => this.floors.keep(ctx)));
    return Promise.all(walks).then(() => undefined);
  }

  async stop(): Promise<void> {
    await Promise.allSettled(this.running.values());
  }

  /** The account is not ours any more, by a person's word: its channel is told what concerns it. */
  leave(): Promise<void> {
    return this.hints.subscription.end(this.base);
  }

  private once(name: string, work: (ctx: AccountContext) => Promise<void>, force = false): Promise<void> {
    const current = this.running.get(name);
    if (current) {
      // A forced look is not forgotten for an unforced one that came later.
      if (!this.again.has(name) || force) this.again.set(name, work);
      return current;
    }
    const run = this.guarded(name, work).finally(() => {
      this.running.delete(name);
      const next = this.again.get(name);
      this.again.delete(name);
      if (next && !this.base.signal.aborted) return this.once(name, next);
      return undefined;
    });
    this.running.set(name, run);
    return run;
  }

  /** Once after a start: what another process left, and what it spent. Tried again when the database was not there. */
  private async begin(): Promise<void> {
    this.begun ??= adoptOrphanedIntents(this.base)
      .then(() => this.base.budget.inherit())
      .catch((error: unknown) => {
        this.begun = undefined;
        throw error;
      });
    await this.begun;
  }

  private async guarded(name: string, work: (ctx: AccountContext) => Promise<void>): Promise<void> {
    if ((this.waitUntil.get(name) ?? 0) > this.base.clock.now()) return;
    try {
      await this.begin();
      const account = await loadAccount(this.base.pool, this.accountId);
      if (!account || account.state === 'unauthorised') return this.checkHealth(account !== undefined);
      await work({ ...this.base, account: await this.awake(account) });
    } catch (error) {
      await this.afterFailure(name, error);
    }
  }

  private async work(lane: Exclude<Lane, 'sweep'>, ctx: AccountContext): Promise<void> {
    if (lane === 'plan') {
      await endExpiredRules(ctx.pool, this.accountId, ctx.clock.now());
      if ((await this.plan(ctx)) === 0) return;
      this.moves++;
      void this.nudge('repair');
      return;
    }
    if (lane === 'repair') {
      // Nothing is sent before the channel has told how much of its quotas is left.
      await this.checkHealth(true);
      if ((await this.match(ctx)) > 0) void this.nudge('plan').then(() => this.nudge('sweep', true));
      return repairAccount(ctx);
    }
    this.lastSample = await sampleKnownPictures(ctx, this.lastSample || ctx.clock.now());
    if ((await fetchPictures(ctx)) === 0) return;
    this.moves++;
    void this.nudge('repair');
  }

  private async plan(ctx: AccountContext): Promise<number> {
    try {
      return await planAccount(ctx, await this.feed.next(ctx));
    } catch (error) {
      this.feed.reset();
      throw error;
    }
  }

  /** Live cards are compared with the catalog after either side moved, not at every look: an account may have a hundred thousand without a product. */
  private async match(ctx: AccountContext): Promise<number> {
    const moves = `${this.moves} ${ctx.account.matchByBarcode}`;
    if (this.matched === moves) return 0;
    const joined = await matchOrphans(ctx);
    this.matched = moves;
    return joined;
  }

  /** A pause with an end is over when the end has come. */
  private async awake(account: Account): Promise<Account> {
    if (account.state !== 'paused' || account.pauseUntil === null || account.pauseUntil.getTime() > this.base.clock.now()) return account;
    // A brake that was pulled before the pause stays pulled: nobody has looked.
    await this.base.pool.query(
      `UPDATE channel_account a SET state = CASE WHEN b.pulled THEN 'braked' ELSE 'active' END, state_reason = CASE WHEN b.pulled THEN 'mass-drift' END, pause_until = NULL
       FROM (SELECT EXISTS (SELECT FROM listing_facet WHERE account_id = $1 AND state = 'held' AND reason = 'brake') AS pulled) b
       WHERE a.id = $1 AND a.state = 'paused' AND a.pause_until = $2`,
      [this.accountId, account.pauseUntil],
    );
    return (await loadAccount(this.base.pool, this.accountId)) ?? account;
  }

  private async sweep(ctx: AccountContext, lane: SweepLane, force: boolean): Promise<void> {
    if (!(await sweepAccount(ctx, lane, force))) return;
    this.moves++;
    // A card that was met may belong to a product that had none.
    this.feed.reset();
    // Cards without a listing are told from those not matched yet only when everything is planned: then the walk is made again.
    if (showsEveryCard(lane) && !ctx.account.cardsListed && (await loadAccount(ctx.pool, this.accountId))?.cardsListed === false)
      void this.nudge('plan').then(() => this.nudge('sweep', true));
    void this.nudge('pictures');
    void this.nudge('repair');
  }

  private async hinted(ctx: AccountContext): Promise<void> {
    await this.hints.subscription.keep(ctx);
    if ((await this.hints.looks.look(ctx)) === 0) return;
    this.moves++;
    void this.nudge('pictures');
    void this.nudge('repair');
  }

  /** Key, roles and the channel's own limit figures: at start and every quarter of an hour (account clock). */
  private async checkHealth(exists: boolean): Promise<void> {
    const now = this.base.clock.now();
    if (!exists || now < this.lastHealth + HEALTH_EVERY_MS) return;
    const report = await this.base.channel.health({ signal: this.base.signal, priority: PRIORITY.sweep });
    await this.base.pool.query('UPDATE channel_account SET health = $2 WHERE id = $1 AND health IS DISTINCT FROM $2::jsonb', [this.accountId, JSON.stringify(report)]);
    this.lastHealth = now;
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
    else if (isContractBreak(error)) {
      this.waitUntil.set(name, now + 60_000);
      await recordContractBreak(this.base.pool, this.accountId, now, error);
    } else this.waitUntil.set(name, now + 10_000);
    if (error instanceof Throttled || error instanceof RetryLater) this.base.log.warn(fields, 'a lane waits');
    else this.base.log.error({ ...fields, err: error }, 'a lane failed and will be tried again');
  }
}

/** Only such a walk tells that all cards are known: after another one, which may be over at once, there would be no end of walks. */
function showsEveryCard(lane: SweepLane): boolean {
  return lane.partial !== true && lane.facets.includes('presence');
}

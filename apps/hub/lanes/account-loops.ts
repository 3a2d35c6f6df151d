import { randomBytes } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import type { Pool } from 'pg';
import { listAccounts, raiseEpoch, ReferenceCache, referenceScope, type Account, type ChannelRegistry } from '#listings';
import { createHttpClient, errorText, type Logger, type Vault } from '#platform';
import { AccountBudget, AccountRunner, LANES, recordContractBreak, SpendRecord, type AccountContext, type Lane, type PassKillPoint, type Sabotage } from '#reconcile';
import { credentialsPlace } from '../accounts/add-account.js';
import { hookAddress } from '../hooks/hook-address.js';
import { accountClock } from './follow-clock.js';
import { KeptChanges } from './kept-changes.js';
import type { AccountLoopHealth } from './lanes-message.js';
import { OwnedAccounts } from './owned-accounts.js';
import { PublicPictures } from './public-pictures.js';
import { pictureFetcher } from './seen-pictures.js';
import { SellerBudgets } from './seller-budgets.js';

export interface LoopsOptions {
  readonly pool: Pool;
  readonly databaseUrl: string;
  readonly registry: ChannelRegistry;
  readonly vault: Vault;
  readonly log: Logger;
  readonly dataDir: string;
  readonly pictures: PublicPictures;
  /** This hub's address seen from own sites; undefined: they cannot reach it. */
  readonly hooksUrl: string | undefined;
  readonly pass: PassKillPoint;
  readonly sabotage: Sabotage;
}

interface Loop {
  readonly runner: AccountRunner;
  readonly end: AbortController;
  readonly epoch: number;
  /** Whose limits it spends. */
  readonly seller: string;
}

/** The loops of every account this process owns, ticking once a second and whenever somebody nudges. */
export class AccountLoops {
  private readonly loops = new Map<string, Loop>();
  private readonly owned: OwnedAccounts;
  private readonly budgets = new SellerBudgets();
  private readonly changes = new KeptChanges();
  private timer: NodeJS.Timeout | undefined;
  private ticking: Promise<void> = Promise.resolve();
  private stopping = false;

  constructor(private readonly options: LoopsOptions) {
    this.owned = new OwnedAccounts(options.databaseUrl, options.log, () => this.dropAll());
  }

  start(): void {
    this.timer = setInterval(() => {
      this.ticking = this.ticking.then(() => this.tick());
    }, 1_000);
  }

  /** Wakes a lane without waiting for it. Answers false when another process owns the account. */
  nudge(accountId: string, lane: Lane, force: boolean): boolean {
    const loop = this.loops.get(accountId);
    if (loop) void loop.runner.nudge(lane, force);
    return loop !== undefined;
  }

  health(): AccountLoopHealth[] {
    return [...this.loops].map(([accountId, loop]) => ({ accountId, budget: loop.runner.budgetLeft() }));
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    this.stopping = true;
    const ending = this.endAll();
    await this.ticking;
    // A look that was under way may have opened one more account.
    await Promise.allSettled([ending, this.endAll()]);
    await this.owned.close();
  }

  private async endAll(): Promise<void> {
    const runners = [...this.loops.values()].map((loop) => loop.runner);
    this.dropAll();
    await Promise.allSettled(runners.map((runner) => runner.stop()));
  }

  private async tick(): Promise<void> {
    try {
      const accounts = await listAccounts(this.options.pool);
      for (const account of accounts) {
        if (this.stopping) return;
        // New keys, or another owner, raise the epoch: what was opened under the old one is closed.
        if (this.loops.has(account.id) && this.loops.get(account.id)?.epoch !== account.epoch) this.drop(account.id);
        if (!this.loops.has(account.id)) await this.take(account);
      }
      for (const id of [...this.loops.keys()]) if (!accounts.some((account) => account.id === id)) this.leave(id);
      await this.changes.tick(this.options.pool);
      for (const loop of this.loops.values()) for (const lane of LANES) void loop.runner.nudge(lane);
    } catch (error) {
      this.options.log.warn({ reason: errorText(error) }, 'the account loops could not look this second');
    }
  }

  private async take(account: Account): Promise<void> {
    let owned: string | undefined;
    try {
      const seller = this.sellerOf(account);
      if (!(await this.owned.acquire(seller))) return;
      owned = seller;
      this.loops.set(account.id, await this.open(account, seller));
    } catch (error) {
      if (owned !== undefined) this.release(owned);
      this.options.log.warn({ account: account.id, reason: errorText(error) }, 'an account could not be opened; tried again in a second');
    }
  }

  /** Whose limits the account spends: its own where its key tells of nobody else's. */
  private sellerOf(account: Account): string {
    const credentials = this.options.vault.openFields(account.credentials, credentialsPlace(account.id));
    const seller = this.options.registry.get(account.channel).sellerOf?.(credentials);
    return seller === undefined ? `account ${account.id}` : `${account.channel} ${account.clockUrl ?? 'live'} ${seller}`;
  }

  private async open(account: Account, seller: string): Promise<Loop> {
    const end = new AbortController();
    // Every call under way listens to it, and there is no fixed number of them.
    setMaxListeners(0, end.signal);
    try {
      return await this.begin(account, seller, end);
    } catch (error) {
      end.abort(error);
      throw error;
    }
  }

  private async begin(account: Account, seller: string, end: AbortController): Promise<Loop> {
    const { pool, registry, vault, log, dataDir, pictures, hooksUrl, pass, sabotage } = this.options;
    const module = registry.get(account.channel);
    const credentials = vault.openFields(account.credentials, credentialsPlace(account.id));
    const hosts = Object.values(credentials).flatMap((value) => (URL.canParse(value) && account.clockUrl !== null ? [new URL(value).host] : []));
    const http = createHttpClient({ allowPrivate: hosts, maxBytes: 64 * 1024 * 1024, timeoutMs: 60_000 });
    const epoch = await raiseEpoch(pool, account.id);
    const { clock, budget, letGo } = await this.budgets.share(seller, async (signal) => {
      const shared = await accountClock(account, signal, log);
      return { clock: shared, budget: new AccountBudget(module.descriptor.buckets, shared, new SpendRecord(pool, seller, epoch)) };
    });
    end.signal.addEventListener('abort', letGo, { once: true });
    const channel = module.connect(credentials, {
      http,
      budget: sabotage.has('budget') ? { take: () => Promise.resolve(), block: () => undefined, learn: () => undefined } : budget,
      clock,
      onBrokenContract: (error) => {
        log.error({ account: account.id, reason: errorText(error) }, 'the channel changed its API');
        recordContractBreak(pool, account.id, clock.now(), error).catch((failure: unknown) => log.warn({ reason: errorText(failure) }, 'a changed answer could not be kept'));
      },
    });
    const context: AccountContext = {
      pool,
      account,
      epoch,
      module,
      channel,
      clock,
      budget,
      references: new ReferenceCache(pool, referenceScope(account, module)),
      log,
      signal: end.signal,
      pass,
      sabotage,
      fetchPicture: pictureFetcher(http, dataDir),
      freshPictureUrl: (digest) => pictures.urlOf(digest, randomBytes(6).toString('hex'), account.clockUrl !== null),
      ...(module.hints === undefined || hooksUrl === undefined ? {} : { hintAddress: await hookAddress(pool, vault, account.id, hooksUrl, clock.now()) }),
    };
    return { end, epoch, seller, runner: new AccountRunner(context, () => this.drop(account.id)) };
  }

  /** Somebody let go of the account: its channel is told what concerns it, and nobody waits for that. */
  private leave(accountId: string): void {
    const loop = this.loops.get(accountId);
    if (!loop) return;
    this.loops.delete(accountId);
    void loop.runner
      .leave()
      .catch((error: unknown) => this.options.log.warn({ account: accountId, reason: errorText(error) }, 'a channel could not be told that its account is gone'))
      .finally(() => this.end(loop));
  }

  private drop(accountId: string): void {
    const loop = this.loops.get(accountId);
    if (!loop) return;
    this.loops.delete(accountId);
    this.end(loop);
  }

  private end(loop: Loop): void {
    loop.end.abort(new Error('This process no longer runs the account.'));
    this.release(loop.seller);
  }

  private release(seller: string): void {
    this.owned.release(seller).catch((error: unknown) => this.options.log.debug({ reason: errorText(error) }, 'a lock was not released'));
  }

  private dropAll(): void {
    for (const accountId of [...this.loops.keys()]) this.drop(accountId);
  }
}

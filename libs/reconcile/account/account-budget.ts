import { Throttled, type Clock } from '#kernel';
import { type Budget, type BucketSpec, type Priority, type Spend } from '#channels/contract';
import { DailyBucket, RateBucket, type Bucket } from './buckets.js';
import type { SpendRecord } from './spend-record.js';

interface Waiter {
  readonly spends: readonly Spend[];
  readonly priority: Priority;
  readonly order: number;
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

export interface BudgetLeft {
  readonly bucket: string;
  readonly left: number;
  readonly limit: number;
}

/**
 * The one budget of an account. Every lane of the account runs in one process (the account's owner), so the buckets live in memory;
 * daily figures are learned from the channel at start, rates from the record of what owners before this one spent (`inherit`).
 */
export class AccountBudget implements Budget {
  private readonly buckets = new Map<string, Bucket>();
  private waiters: Waiter[] = [];
  private order = 0;
  private inherited: Promise<void> | undefined;
  private timer: AbortController | undefined;

  constructor(
    specs: readonly BucketSpec[],
    private readonly clock: Clock,
    private readonly record?: Pick<SpendRecord, 'inherit' | 'keep'>,
  ) {
    for (const spec of specs) {
      this.buckets.set(spec.name, spec.kind === 'rate' ? new RateBucket(spec.limit, spec.perMs) : new DailyBucket(spec.limit, spec.reserve));
    }
  }

  /** The repair reserve is not guarded here but where batches are sized: what was planned within `room` is let through. */
  async take(spends: readonly Spend[], priority: Priority, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) throw signal.reason;
    const charged = spends.filter((spend) => this.buckets.has(spend.bucket) && spend.cost > 0);
    if (charged.length === 0) return;
    await new Promise<void>((resolve, reject) => {
      const settled =
        <T>(then: (value: T) => void) =>
        (value: T) => {
          signal?.removeEventListener('abort', onAbort);
          then(value);
        };
      const waiter: Waiter = { spends: charged, priority, order: this.order++, resolve: settled(resolve), reject: settled(reject) };
      const onAbort = () => {
        this.waiters = this.waiters.filter((other) => other !== waiter);
        reject(signal?.reason);
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      this.waiters.push(waiter);
      this.serve();
    });
    await this.keep(charged);
  }

  /** Counts what owners before this one spent and may still count with the channel. Call it before anything is sent. */
  async inherit(): Promise<void> {
    // Accounts of one seller share this budget, and each of them asks.
    this.inherited ??= this.takeOver().catch((error: unknown) => {
      this.inherited = undefined;
      throw error;
    });
    await this.inherited;
  }

  private async takeOver(): Promise<void> {
    const rates = [...this.rates()].map(([bucket, { limit, perMs }]) => ({ bucket, limit, perMs })).filter(({ limit }) => limit >= 0);
    for (const { bucket, cost, at } of (await this.record?.inherit(rates, this.clock.now())) ?? []) this.buckets.get(bucket)?.take(cost, at);
  }

  /** How many items fit now: for sizing a batch before taking. Unlimited is Infinity. */
  room(bucket: string, repair: boolean): number {
    return this.buckets.get(bucket)?.room(this.clock.now(), repair) ?? Infinity;
  }

  /** How long until a rate lets so many items through at once, ms. A daily quota is not waited for: `closedUntil` tells when it comes back. */
  delay(bucket: string, items: number): number {
    const known = this.buckets.get(bucket);
    return known instanceof RateBucket ? known.delay(items, this.clock.now()) : 0;
  }

  /** When an exhausted daily quota comes back (account clock ms); undefined while there is room. */
  closedUntil(bucket: string, repair: boolean): number | undefined {
    return this.buckets.get(bucket)?.closedUntil(this.clock.now(), repair);
  }

  block(bucket: string, until: number): void {
    this.buckets.get(bucket)?.block(until, this.clock.now());
    this.serve();
  }

  learn(bucket: string, limit: number, used?: number, perMs?: number): void {
    const known = this.buckets.get(bucket);
    if (known) known.learn(limit, used, this.clock.now(), perMs);
    this.serve();
  }

  left(): BudgetLeft[] {
    const now = this.clock.now();
    return [...this.buckets].map(([bucket, state]) => ({ bucket, left: state.room(now, true), limit: state.limit }));
  }

  /** Gives every waiter that fits its turn, by priority; a lower one never overtakes on a bucket a higher one waits for. */
  private serve(): void {
    this.timer?.abort();
    this.timer = undefined;
    const now = this.clock.now();
    const wanted = new Set<string>();
    let wait = Infinity;
    const staying: Waiter[] = [];
    for (const waiter of [...this.waiters].sort((a, b) => a.priority - b.priority || a.order - b.order)) {
      const closed = this.closedFor(waiter, now);
      if (closed) {
        waiter.reject(closed);
        continue;
      }
      const delay = waiter.spends.some((spend) => wanted.has(spend.bucket)) ? Infinity : this.delayOf(waiter, now);
      if (delay <= 0) {
        for (const spend of waiter.spends) this.buckets.get(spend.bucket)?.take(spend.cost, now);
        waiter.resolve();
        continue;
      }
      wait = Math.min(wait, delay);
      for (const spend of waiter.spends) wanted.add(spend.bucket);
      staying.push(waiter);
    }
    this.waiters = staying;
    if (staying.length > 0) this.wakeAfter(Number.isFinite(wait) ? wait : 1_000);
  }

  private rates(): Map<string, RateBucket> {
    return new Map([...this.buckets].flatMap(([bucket, state]) => (state instanceof RateBucket ? [[bucket, state] as const] : [])));
  }

  private async keep(spends: readonly Spend[]): Promise<void> {
    if (!this.record) return;
    const rates = this.rates();
    const at = this.clock.now();
    await this.record.keep(spends.flatMap(({ bucket, cost }) => (rates.has(bucket) ? [{ bucket, cost, at, perMs: rates.get(bucket)?.perMs ?? 0 }] : [])));
  }

  private wakeAfter(ms: number): void {
    const timer = new AbortController();
    this.timer = timer;
    this.clock.sleep(ms, timer.signal).then(
      () => this.serve(),
      () => undefined,
    );
  }

  private delayOf(waiter: Waiter, now: number): number {
    return Math.max(...waiter.spends.map((spend) => this.buckets.get(spend.bucket)?.delay(spend.cost, now, true) ?? 0));
  }

  private closedFor(waiter: Waiter, now: number): Throttled | undefined {
    for (const spend of waiter.spends) {
      const bucket = this.buckets.get(spend.bucket);
      const until = bucket instanceof DailyBucket && bucket.room(now, true) < spend.cost ? bucket.resetAfter(now) : undefined;
      if (until !== undefined) return new Throttled(`The daily quota "${spend.bucket}" is spent.`, until, spend.bucket);
    }
    return undefined;
  }
}

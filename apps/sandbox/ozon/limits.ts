import type { ChannelClock } from '../clock.js';
import { TokenBuckets } from '../limits/token-buckets.js';
import type { Store } from '../store.js';
import type { CabinetOffice } from './cabinet.js';
import { Problem } from './problem.js';

interface Day {
  day: string;
  created: number;
  updated: number;
  autoUnarchived: number;
}

const STOCK_CALLS_PER_MINUTE = 80;
const BARCODE_CALLS_PER_MINUTE = 20;
const CIRCLE_REFUSALS = 100;
const CIRCLE_WINDOW_MS = 10_000;
const CIRCLE_MS = 120_000;

/** Everything that answers 429, on the channel's clock. */
export class Limits {
  private readonly buckets: TokenBuckets;
  private readonly refusals = new Map<string, { since: number; count: number }>();
  private readonly openCircles = new Map<string, number>();
  private readonly priceTimes = new Map<number, number[]>();
  private readonly stockTimes = new Map<string, number>();
  private day: Day;
  readonly refused = { rate: 0, method: 0, items: 0, circle: 0 };

  constructor(
    private readonly clock: ChannelClock,
    private readonly cabinet: CabinetOffice,
    private readonly store: Store,
  ) {
    this.buckets = new TokenBuckets(clock);
    this.day = store.get<Day>('meta', 'day') ?? this.freshDay();
  }

  private get off(): boolean {
    return this.cabinet.current.limits === 'off';
  }

  /** One request of any method; throws a Problem when it must not pass. */
  request(method: string): void {
    if (this.off) return;
    const open = this.openCircles.get(method);
    if (open !== undefined && open > this.clock.now()) this.circle();
    const rps = this.cabinet.current.rps;
    if (!this.buckets.take('rps', 1, rps, rps / 1000)) {
      this.refused.rate++;
      this.noteRefusal(method);
      throw new Problem(429, 8, 'You have reached request rate limit per second', {
        'Retry-After': '1',
        'Ratelimit-Remaining': '0',
      });
    }
    const perMinute = method === '/v2/products/stocks' ? STOCK_CALLS_PER_MINUTE : method === '/v1/barcode/add' ? BARCODE_CALLS_PER_MINUTE : 0;
    if (perMinute > 0 && !this.buckets.take(`method:${method}`, 1, perMinute, perMinute / 60_000)) {
      this.refused.method++;
      this.noteRefusal(method);
      throw new Problem(429, 8, 'You have reached request rate limit per second', {
        'Retry-After': '60',
        'Ratelimit-Remaining': '0',
      });
    }
  }

  /** Item operations of one request against the per-minute limit. */
  items(count: number): void {
    if (this.off) return;
    const limit = this.cabinet.current.per_minute;
    if (this.buckets.take('items', count, limit, limit / 60_000)) return;
    const left = this.buckets.left('items', limit, limit / 60_000);
    throw this.itemsProblem(Math.ceil(((count - left) / limit) * 60), 1, Math.floor(left));
  }

  /** Remaining daily allowance; throws when nothing at all is left for what the request asks. */
  daily(kind: 'create' | 'update', count: number): number {
    if (this.off) return count;
    const day = this.today();
    const limit = kind === 'create' ? this.cabinet.current.daily_create : this.cabinet.current.daily_update;
    const used = kind === 'create' ? day.created : day.updated;
    const left = limit < 0 ? count : Math.max(0, limit - used);
    const granted = Math.min(count, left);
    if (count > 0 && granted === 0) {
      const minutes = Math.ceil((this.resetAt() - this.clock.now()) / 60_000);
      throw this.itemsProblem(minutes * 60, minutes, 0);
    }
    if (kind === 'create') day.created += granted;
    else day.updated += granted;
    this.keepDay();
    return granted;
  }

  /** At most ten price changes an hour for one product. */
  priceChange(productId: number): boolean {
    if (this.off) return true;
    const now = this.clock.now();
    const recent = (this.priceTimes.get(productId) ?? []).filter((t) => t > now - 3600_000);
    const ok = recent.length < 10;
    if (ok) recent.push(now);
    this.priceTimes.set(productId, recent);
    return ok;
  }

  /** One product-warehouse pair at most every 30 seconds. */
  stockPair(productId: number, warehouseId: number): boolean {
    if (this.off) return true;
    const pair = `${productId}:${warehouseId}`;
    const now = this.clock.now();
    const last = this.stockTimes.get(pair);
    if (last !== undefined && now - last < 30_000) return false;
    this.stockTimes.set(pair, now);
    return true;
  }

  autoUnarchive(): boolean {
    const day = this.today();
    if (day.autoUnarchived >= 100) return false;
    day.autoUnarchived++;
    this.keepDay();
    return true;
  }

  /** Next 00:00 UTC on the channel's clock. */
  resetAt(): number {
    return (Math.floor(this.clock.now() / 86_400_000) + 1) * 86_400_000;
  }

  usage(): { created: number; updated: number } {
    const day = this.today();
    return { created: day.created, updated: day.updated };
  }

  rateProblem(): Problem {
    this.refused.rate++;
    return new Problem(429, 8, 'You have reached request rate limit per second', {
      'Retry-After': '2',
      'Ratelimit-Remaining': '0',
    });
  }

  itemsProblem(seconds: number, minutes: number, left: number): Problem {
    this.refused.items++;
    return new Problem(429, 'RESOURCE_EXHAUSTED', `You have reached operation items limits. Retry after ${seconds} seconds. Remaining ${left} items`, {
      'Item-Retry-After': String(minutes),
      'Item-Rate-Limit-Remaining': String(left),
    });
  }

  circle(): never {
    this.refused.circle++;
    throw new Problem(429, 8, 'Circle is open', { 'Retry-After': '120' });
  }

  reset(): void {
    for (const map of [this.buckets, this.refusals, this.openCircles, this.priceTimes, this.stockTimes]) map.clear();
    Object.assign(this.refused, { rate: 0, method: 0, items: 0, circle: 0 });
    this.day = this.freshDay();
  }

  private noteRefusal(method: string): void {
    const now = this.clock.now();
    const seen = this.refusals.get(method);
    if (!seen || now - seen.since > CIRCLE_WINDOW_MS) {
      this.refusals.set(method, { since: now, count: 1 });
      return;
    }
    seen.count++;
    if (seen.count >= CIRCLE_REFUSALS) {
      this.openCircles.set(method, now + CIRCLE_MS);
      this.refusals.delete(method);
    }
  }

  private today(): Day {
    const day = new Date(this.clock.now()).toISOString().slice(0, 10);
    if (this.day.day !== day) this.day = this.freshDay();
    return this.day;
  }

  private freshDay(): Day {
    const day = new Date(this.clock.now()).toISOString().slice(0, 10);
    return { day, created: 0, updated: 0, autoUnarchived: 0 };
  }

  private keepDay(): void {
    this.store.put('meta', 'day', this.day);
  }
}

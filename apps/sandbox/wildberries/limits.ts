import type { ChannelClock } from '../clock.js';
import { TokenBuckets } from '../limits/token-buckets.js';
import type { CabinetOffice } from './cabinet.js';
import { gatewayProblem } from './problem.js';
import type { TokenType } from './token.js';

/** One unit comes back each `interval` ms; `burst` of them may be spent without a pause. */
interface Figures {
  readonly interval: number;
  readonly burst: number;
}

interface Bucket {
  readonly usual: Figures;
  /** Of a Base token; the usual ones when absent. */
  readonly base?: Figures;
  /** Units that an answer of 4XX costs; 1 when absent. */
  readonly error?: number;
}

const HOUR = 3_600_000;
const figures = (interval: number, burst: number): Figures => ({ interval, burst });
const perHour = (times: number): Figures => figures(HOUR / times, 1);
const quick = figures(600, 5);

/** Published limits of the methods that answer here (19 August 2026). Methods that share a bucket name it. */
const BUCKETS = {
  content: { usual: quick },
  cards: { usual: quick },
  upload: { usual: figures(6000, 5) },
  'upload-add': { usual: figures(6000, 5), base: figures(2 * HOUR, 1) },
  update: { usual: figures(6000, 5) },
  drafts: { usual: figures(6000, 5) },
  'card-limits': { usual: quick, base: perHour(2) },
  directories: { usual: quick, base: perHour(2) },
  tags: { usual: quick, base: perHour(2) },
  media: { usual: quick, base: perHour(2) },
  trash: { usual: quick, base: perHour(2) },
  recover: { usual: figures(20_000, 5), base: perHour(2) },
  brands: { usual: figures(1000, 5), base: perHour(1) },
  prices: { usual: quick, base: perHour(4) },
  stocks: { usual: figures(200, 20), error: 10 },
  'stocks-delete': { usual: figures(6000, 2) },
  warehouses: { usual: figures(200, 20), error: 10 },
  'stock-report': { usual: figures(20_000, 1) },
  rating: { usual: figures(20_000, 3) },
  blocked: { usual: figures(10_000, 6), base: perHour(1) },
  seller: { usual: figures(60_000, 10), base: figures(24 * HOUR, 1) },
  ping: { usual: figures(10_000, 3) },
  /** Everything of one host that a Test token asks for. */
  sandbox: { usual: figures(1000, 1) },
} satisfies Record<string, Bucket>;

export type BucketName = keyof typeof BUCKETS;

export interface Spender {
  readonly bucket: BucketName;
  readonly type: TokenType;
  readonly host: string;
}

/** Token buckets of the seller, one for each type of token, on the channel's clock. Both keys of one type spend from the same. */
export class Limits {
  private readonly buckets: TokenBuckets;
  refused = 0;

  constructor(
    private readonly clock: ChannelClock,
    private readonly cabinet: CabinetOffice,
  ) {
    this.buckets = new TokenBuckets(clock);
  }

  /** Spends one unit; throws 429 when there is none. */
  request(spender: Spender): void {
    if (this.cabinet.current.limits === 'off') return;
    const { name, interval, burst } = this.of(spender);
    if (!this.buckets.take(name, 1, burst, 1 / interval)) throw this.tooMany(spender);
  }

  /** What an error costs beyond the unit that its request has spent. */
  failed(spender: Spender): void {
    if (this.cabinet.current.limits === 'off') return;
    const { name, interval, burst, error } = this.of(spender);
    if (error > 1) this.buckets.charge(name, error - 1, burst, 1 / interval);
  }

  /** Headers of every answer but 429. */
  headers(spender: Spender): Record<string, string> {
    if (this.cabinet.current.limits === 'off') return {};
    const { name, interval, burst } = this.of(spender);
    return { 'X-Ratelimit-Remaining': String(Math.max(0, Math.floor(this.buckets.left(name, burst, 1 / interval)))) };
  }

  tooMany(spender: Spender): Error {
    this.refused++;
    const { name, interval, burst } = this.of(spender);
    const left = this.buckets.left(name, burst, 1 / interval);
    const seconds = (units: number): string => String(Math.max(1, Math.ceil((units * interval) / 1000)));
    return gatewayProblem(429, `limited by ${name}`, this.clock.iso(), {
      'X-Ratelimit-Retry': seconds(1 - left),
      'X-Ratelimit-Reset': seconds(burst - left),
      'X-Ratelimit-Limit': String(burst),
    });
  }

  reset(): void {
    this.buckets.clear();
    this.refused = 0;
  }

  private of({ bucket, type, host }: Spender): Figures & { name: string; error: number } {
    if (type === 'test') return { ...BUCKETS.sandbox.usual, name: `test/${host}`, error: 1 };
    const { usual, base, error }: Bucket = BUCKETS[bucket];
    return { ...(type === 'base' ? (base ?? usual) : usual), name: `${type}/${bucket === 'ping' ? `ping/${host}` : bucket}`, error: error ?? 1 };
  }
}

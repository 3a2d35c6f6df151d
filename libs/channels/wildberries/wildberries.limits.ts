import type { BucketSpec, Budget } from '#channels/contract';
import type { TokenType } from './wildberries.token.js';

/** One bucket: `burst` requests at once, one more every `intervalMs`. */
interface Figures {
  readonly burst: number;
  readonly intervalMs: number;
}

interface Limit {
  readonly usual: Figures;
  /** Base tokens, where their figures differ. */
  readonly base?: Figures;
  /** What an answer with 4XX costs. */
  readonly errorWeight?: number;
}

const HOUR = 3_600_000;
const every = (intervalMs: number, burst: number): Figures => ({ burst, intervalMs });

/**
 * Published limits of 2026-08-19, one line a bucket; methods that share one name it together in `ENDPOINTS`.
 * See docs/channels/wildberries.md, "Limits".
 */
const LIMITS = {
  content: { usual: every(600, 5) },
  cards: { usual: every(600, 5) },
  directories: { usual: every(600, 5), base: every(HOUR / 2, 1) },
  upload: { usual: every(6000, 5) },
  update: { usual: every(6000, 5) },
  drafts: { usual: every(6000, 5) },
  cardLimits: { usual: every(600, 5), base: every(HOUR / 2, 1) },
  media: { usual: every(600, 5), base: every(HOUR / 2, 1) },
  trash: { usual: every(600, 5), base: every(HOUR / 2, 1) },
  recover: { usual: every(20_000, 5), base: every(HOUR / 2, 1) },
  prices: { usual: every(600, 5), base: every(HOUR / 4, 1) },
  stocks: { usual: every(200, 20), errorWeight: 10 },
  warehouses: { usual: every(200, 20), errorWeight: 10 },
  rating: { usual: every(20_000, 3) },
  blocked: { usual: every(10_000, 6), base: every(HOUR, 1) },
  seller: { usual: every(60_000, 10), base: every(24 * HOUR, 1) },
} as const satisfies Record<string, Limit>;
export type BucketName = keyof typeof LIMITS;

/** Every method of the sandbox hosts together: one request a second. Other tokens are not bound by it. */
export const SANDBOX_BUCKET = 'sandbox';

/**
 * A full window of `burst` requests in `burst` intervals never empties a bucket that holds `burst` and refills once an
 * interval, and lets through just as many in the long run.
 */
function windowOf({ burst, intervalMs }: Figures): { readonly limit: number; readonly perMs: number } {
  return { limit: burst, perMs: burst * intervalMs };
}

export const BUCKETS: readonly BucketSpec[] = [
  ...Object.entries<Limit>(LIMITS).map(([name, limit]): BucketSpec => ({ name, kind: 'rate', ...windowOf(limit.usual) })),
  { name: SANDBOX_BUCKET, kind: 'rate', limit: -1, perMs: 1000 },
];

/** Teaches the budget the figures of the account's own type of token. */
export function teachLimits(budget: Budget, type: TokenType): void {
  if (type === 'test') budget.learn(SANDBOX_BUCKET, 1, undefined, 1000);
  if (type !== 'base') return;
  for (const [name, limit] of Object.entries<Limit>(LIMITS)) {
    if (limit.base === undefined) continue;
    const window = windowOf(limit.base);
    budget.learn(name, window.limit, undefined, window.perMs);
  }
}

/** How many units beyond the one of any request an answer with 4XX costs. */
export function extraCostOfError(bucket: BucketName): number {
  const limit: Limit = LIMITS[bucket];
  return (limit.errorWeight ?? 1) - 1;
}

/** The time in which one unit of a bucket comes back. */
export function intervalOf(bucket: BucketName, type: TokenType): number {
  const limit: Limit = LIMITS[bucket];
  return type === 'base' ? (limit.base ?? limit.usual).intervalMs : limit.usual.intervalMs;
}

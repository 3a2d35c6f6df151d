import type { Budget, BucketSpec } from '#channels/contract';

/** The paid level of a cabinet as Yandex names it; a level this program has never heard of counts as none. */
export type Tier = 'none' | 'medium';

interface Limit {
  readonly none: number;
  readonly medium: number;
  readonly perMs: number;
  /** What one unit is: a request, an item sent, or an item answered. */
  readonly unit: 'request' | 'item';
}

const MINUTE = 60_000;
/** An hour's limit is kept in so many even parts: after a crash of the database, when nobody knows what was spent, the wait is for one of them and not for an hour. */
const PARTS = 20;

const requests = (none: number, medium = none, perMs = MINUTE): Limit => ({ none, medium, perMs, unit: 'request' });
const hourly = (none: number, medium = none): Limit => requests(Math.floor(none / PARTS), Math.floor(medium / PARTS), (60 * MINUTE) / PARTS);
const items = (none: number, medium = none): Limit => ({ none, medium, perMs: MINUTE, unit: 'item' });

/** Every method counts by itself. Figures and dates: docs/channels/yandex-market.md, "Limits". */
const LIMITS = {
  campaigns: hourly(1000),
  settings: hourly(100),
  token: hourly(100),
  warehouses: hourly(100),
  partnerWarehouses: hourly(100),
  tree: hourly(50, 100),
  parameters: requests(100),
  mappings: requests(100, 600),
  cards: requests(100, 600),
  campaignOffers: requests(1000, 10_000),
  defaultPrices: items(5000, 10_000),
  quarantine: requests(5000, 10_000),
  stocks: items(100_000),
  partnerStocks: requests(500),
  updateOffers: items(5000, 10_000),
  archive: items(5000, 10_000),
  unarchive: items(5000, 10_000),
  show: items(5000, 10_000),
  commonPrices: items(10_000),
  storePrices: items(10_000),
  confirmPrices: items(5000, 10_000),
  setStocks: items(100_000),
  setPartnerStocks: requests(50),
} as const satisfies Record<string, Limit>;
export type BucketName = keyof typeof LIMITS;

export const BUCKETS: readonly BucketSpec[] = Object.entries(LIMITS).map(([name, limit]) => ({ name, kind: 'rate', limit: limit.none, perMs: limit.perMs }));

/** What a request with (or for) this many items takes from its bucket. */
export function costOf(bucket: BucketName, count: number): number {
  return LIMITS[bucket].unit === 'item' ? Math.max(1, count) : 1;
}

export function tierOf(subscription: string): Tier {
  return subscription === 'MEDIUM' ? 'medium' : 'none';
}

/** Teaches the budget what the cabinet's paid level allows. */
export function teachTier(budget: Budget, tier: Tier): void {
  for (const [name, limit] of Object.entries<Limit>(LIMITS)) if (limit.none !== limit.medium) budget.learn(name, limit[tier], undefined, limit.perMs);
}

/** Lower goes first inside an account. Repairs of identity drift (a card that shows another product) outrank content. */
export const PRIORITY = { stock: 0, price: 1, identity: 2, content: 3, sweep: 4 } as const;
export type Priority = (typeof PRIORITY)[keyof typeof PRIORITY];

/**
 * A published limit.
 * - `rate`: at most `limit` in any `perMs`, refilled evenly.
 * - `daily`: at most `limit` until 00:00 UTC; `reserve` (0..1) of it is kept for repairs.
 * All on the account's clock.
 */
export type BucketSpec =
  | { readonly name: string; readonly kind: 'rate'; readonly limit: number; readonly perMs: number }
  | { readonly name: string; readonly kind: 'daily'; readonly limit: number; readonly reserve: number };

export interface Spend {
  readonly bucket: string;
  readonly cost: number;
}

/** The one budget of an account, shared by every lane that sends. */
export interface Budget {
  /**
   * Waits until all of `spends` fit, by priority, then takes them together.
   * Throws `Throttled(until)` when a daily quota is spent; rejects with the signal's reason when aborted.
   */
  take(spends: readonly Spend[], priority: Priority, signal?: AbortSignal): Promise<void>;
  /** The channel says: nothing from `bucket` before `until` (account clock, ms). */
  block(bucket: string, until: number): void;
  /** The channel's own figures replace ours. `used` counts since the last reset; limit -1 is unlimited; `perMs` for rates only. */
  learn(bucket: string, limit: number, used?: number, perMs?: number): void;
}

/** A limit as a channel publishes it. */
export type PublishedLimit =
  /** `burst` units at once, and one more every `everyMs`. */
  | { readonly kind: 'bucket'; readonly burst: number; readonly everyMs: number }
  /** At most `most` units in `perMs`, counted from the first of them. */
  | { readonly kind: 'window'; readonly most: number; readonly perMs: number };

export const tokens = (burst: number, everyMs: number): PublishedLimit => ({ kind: 'bucket', burst, everyMs });
export const perWindow = (most: number, perMs: number): PublishedLimit => ({ kind: 'window', most, perMs });

/** Milliseconds from the first of `units` to the last when nothing but the limit holds them up and nothing was spent before. */
export function leastMs(limit: PublishedLimit, units: number): number {
  if (units <= 0) return 0;
  if (limit.kind === 'bucket') return Math.max(0, units - limit.burst) * limit.everyMs;
  return Math.floor((units - 1) / limit.most) * limit.perMs;
}

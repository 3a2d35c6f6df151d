import type { ChannelClock } from '../clock.js';

interface Bucket {
  tokens: number;
  at: number;
}

/** Named buckets on the channel's clock, each full at first and refilled evenly. Figures are given with every call, so a limit may change. */
export class TokenBuckets {
  private readonly buckets = new Map<string, Bucket>();

  constructor(private readonly clock: ChannelClock) {}

  /** What is in a bucket that holds `capacity` and gains `perMs` a millisecond. Below 0 after a penalty. */
  left(name: string, capacity: number, perMs: number): number {
    const now = this.clock.now();
    const bucket = this.buckets.get(name) ?? { tokens: capacity, at: now };
    bucket.tokens = Math.min(capacity, bucket.tokens + Math.max(0, now - bucket.at) * perMs);
    bucket.at = now;
    this.buckets.set(name, bucket);
    return bucket.tokens;
  }

  /** Takes `count` when all of it is there. */
  take(name: string, count: number, capacity: number, perMs: number): boolean {
    if (this.left(name, capacity, perMs) + 1e-9 < count) return false;
    this.charge(name, count, capacity, perMs);
    return true;
  }

  /** Takes `count` even when it is not there: what some channels charge for an error. */
  charge(name: string, count: number, capacity: number, perMs: number): void {
    this.left(name, capacity, perMs);
    const bucket = this.buckets.get(name);
    if (bucket) bucket.tokens -= count;
  }

  clear(): void {
    this.buckets.clear();
  }
}

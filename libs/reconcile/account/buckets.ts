const DAY_MS = 86_400_000;

/** One limit and what is left of it. Times are the account's clock, ms. */
export interface Bucket {
  readonly limit: number;
  room(now: number, repair: boolean): number;
  /** How long until `cost` fits; 0 when it does. */
  delay(cost: number, now: number, repair: boolean): number;
  take(cost: number, now: number): void;
  /** The channel refused a call and wants to be left alone until then. */
  block(until: number, now: number): void;
  learn(limit: number, used: number | undefined, now: number, perMs?: number): void;
  closedUntil(now: number, repair: boolean): number | undefined;
}

/** A rate of calls that is refused in spite of keeping to its limit goes on at most at this share of what was tried… */
const SLOWER = 0.8;
/** …and regains this much of it each window. */
const REGAINED = 1.005;
/** Longer windows need no pace: their refusals say themselves how long to wait. */
const PACED_MS = 1_000;

/**
 * At most `limit` in any window of `perMs`. A bucket that refills evenly would let through nearly twice the limit in the first
 * window (a full bucket plus the refill), so what was taken is remembered until it is `perMs` old. The channel may allow less than it says, or share the limit with others: a refusal slows
 * the pace, which then rises again little by little.
 */
export class RateBucket implements Bucket {
  private taken: { readonly at: number; readonly cost: number }[] = [];
  private sum = 0;
  private blockedUntil = 0;
  private slowed: { readonly to: number; readonly at: number } | undefined;

  constructor(
    public limit: number,
    public perMs: number,
  ) {}

  /** What a window may hold now. */
  private pace(now: number): number {
    if (!this.slowed) return this.limit;
    const regained = this.slowed.to * REGAINED ** ((now - this.slowed.at) / this.perMs);
    if (regained >= this.limit) this.slowed = undefined;
    return Math.max(1, Math.floor(Math.min(this.limit, regained)));
  }

  room(now: number): number {
    this.forget(now);
    if (this.limit < 0) return Infinity;
    return now < this.blockedUntil ? 0 : Math.max(0, this.pace(now) - this.sum);
  }

  delay(cost: number, now: number): number {
    this.forget(now);
    if (this.limit < 0) return Math.max(0, this.blockedUntil - now);
    let wait = Math.max(0, this.blockedUntil - now);
    const pace = this.pace(now);
    let over = this.sum + Math.min(cost, pace) - pace;
    for (const entry of this.taken) {
      if (over <= 0) break;
      over -= entry.cost;
      wait = Math.max(wait, entry.at + this.perMs - now + 1);
    }
    return wait;
  }

  take(cost: number, now: number): void {
    this.taken.push({ at: now, cost });
    this.sum += cost;
  }

  block(until: number, now: number): void {
    this.blockedUntil = Math.max(this.blockedUntil, until);
    // Calls that were under way together are refused together: one lesson.
    if (this.limit < 0 || this.perMs > PACED_MS || (this.slowed && now < this.slowed.at + 2 * this.perMs)) return;
    this.forget(now);
    const pace = this.pace(now);
    this.slowed = { to: Math.max(1, SLOWER * Math.min(pace, Math.max(this.sum, pace / 2))), at: now };
  }

  learn(limit: number, _used?: number, _now?: number, perMs = this.perMs): void {
    this.limit = limit;
    this.perMs = perMs;
  }

  closedUntil(): number | undefined {
    return undefined;
  }

  private forget(now: number): void {
    let gone = 0;
    for (const entry of this.taken) {
      if (entry.at + this.perMs >= now) break;
      this.sum -= entry.cost;
      gone++;
    }
    if (gone > 0) this.taken.splice(0, gone);
  }
}

/** A quota until 00:00 UTC, part of which (`reserve`, 0..1) only repairs may use. */
export class DailyBucket implements Bucket {
  private used = 0;
  private day = -1;
  private blockedUntil = 0;

  constructor(
    public limit: number,
    private readonly reserve: number,
  ) {}

  room(now: number, repair: boolean): number {
    this.turn(now);
    if (now < this.blockedUntil) return 0;
    if (this.limit < 0) return Infinity;
    const usable = repair ? this.limit : this.limit - Math.ceil(this.limit * this.reserve);
    return Math.max(0, usable - this.used);
  }

  delay(cost: number, now: number, repair: boolean): number {
    return this.room(now, repair) >= cost ? 0 : this.resetAfter(now) - now;
  }

  take(cost: number, now: number): void {
    this.turn(now);
    this.used += cost;
  }

  block(until: number): void {
    this.blockedUntil = Math.max(this.blockedUntil, until);
  }

  learn(limit: number, used: number | undefined, now: number): void {
    this.turn(now);
    this.limit = limit;
    if (used !== undefined) this.used = Math.max(this.used, used);
  }

  closedUntil(now: number, repair: boolean): number | undefined {
    return this.room(now, repair) < 1 ? this.resetAfter(now) : undefined;
  }

  resetAfter(now: number): number {
    return Math.max((Math.floor(now / DAY_MS) + 1) * DAY_MS, this.blockedUntil);
  }

  private turn(now: number): void {
    const day = Math.floor(now / DAY_MS);
    if (day === this.day) return;
    this.day = day;
    this.used = 0;
  }
}

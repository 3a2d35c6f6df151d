/** What survives a restart: channel time `base` (ms) was true at wall time `wall` (ms). */
export interface ClockState {
  base: number;
  wall: number;
  scale: number;
}

/** A fresh marketplace opens at this moment, so that quotas and switch-off dates fall the same way in every run. */
export const OPENING = Date.parse('2026-11-22T06:00:00Z');

/** Channel time: wall time scaled, and movable forward. All limits, tasks and moderation run on it. */
export class ChannelClock {
  private readonly listeners = new Set<() => void>();
  private pinned: number | undefined;

  constructor(
    private current: ClockState,
    private readonly wallNow: () => number = Date.now,
  ) {}

  static fresh(scale: number, wallNow: () => number = Date.now): ChannelClock {
    return new ChannelClock({ base: OPENING, wall: wallNow(), scale }, wallNow);
  }

  /** Milliseconds since the epoch, channel time. */
  now(): number {
    if (this.pinned !== undefined) return this.pinned;
    return Math.floor(this.current.base + (this.wallNow() - this.current.wall) * this.current.scale);
  }

  /** Runs work as of a moment already passed: what a jump leapt over happens at its own time, and what follows from it is counted from there. */
  asOf(moment: number, run: () => void): void {
    const before = this.pinned;
    this.pinned = moment;
    try {
      run();
    } finally {
      this.pinned = before;
    }
  }

  iso(): string {
    return new Date(this.now()).toISOString();
  }

  get scale(): number {
    return this.current.scale;
  }

  /** Milliseconds of wall time until a channel moment; never below 0. Infinity when the clock stands still. */
  wallUntil(moment: number): number {
    const left = moment - this.now();
    if (left <= 0) return 0;
    return this.current.scale > 0 ? left / this.current.scale : Infinity;
  }

  state(): ClockState {
    return { ...this.current };
  }

  /** Sets channel time and pace; time never goes backwards except through `reset`. */
  change(to: { scale?: number; jumpMs?: number; set?: number }): void {
    const now = this.now();
    const base = Math.max(now, to.set ?? now + (to.jumpMs ?? 0));
    this.current = { base, wall: this.wallNow(), scale: to.scale ?? this.current.scale };
    for (const listener of this.listeners) listener();
  }

  reset(scale: number): void {
    this.current = { base: OPENING, wall: this.wallNow(), scale };
    for (const listener of this.listeners) listener();
  }

  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}

import { sleepWall, type Clock } from '#kernel';

interface Reading {
  readonly wall: number;
  readonly now: number;
  readonly scale: number;
}

/**
 * Follows a sandbox's clock: between readings it runs on at the sandbox's own speed; a jump shows at the next reading.
 * `read` answers the sandbox's time (ms) and scale.
 */
export class FollowedClock implements Clock {
  private reading: Reading;

  constructor(start: { now: number; scale: number }) {
    this.reading = { wall: Date.now(), ...start };
  }

  follow(next: { now: number; scale: number }): void {
    this.reading = { wall: Date.now(), ...next };
  }

  now(): number {
    return this.reading.now + (Date.now() - this.reading.wall) * this.reading.scale;
  }

  /** Wakes within a quarter of a second of wall time after a jump passes the deadline. */
  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    const until = this.now() + ms;
    for (;;) {
      const left = until - this.now();
      if (left <= 0) return;
      await sleepWall(Math.min(250, Math.max(1, left / Math.max(this.reading.scale, 0.001))), signal);
    }
  }
}

/** Sandbox answers carry `now` as an RFC 3339 time or milliseconds. */
export function parseClock(body: unknown): { now: number; scale: number } | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const { now, scale } = body as { now?: unknown; scale?: unknown };
  const ms = typeof now === 'number' ? now : typeof now === 'string' ? Date.parse(now) : NaN;
  return Number.isFinite(ms) && typeof scale === 'number' && scale >= 0 ? { now: ms, scale } : undefined;
}

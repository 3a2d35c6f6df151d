import { setImmediate as turn, setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '#kernel';

/** What a clock must know of the world whose time it tells. */
export interface World {
  /** Something is under way that takes no time of this clock: a request, a statement. */
  busy(): boolean;
  /** Moves the world to this moment, ms. */
  goTo(moment: number): Promise<void>;
}

interface Sleeper {
  readonly until: number;
  wake(): void;
  fail(error: unknown): void;
}

/** Turns of the event loop in a row in which nothing happened. */
const STILL = 8;
const LOOK_MS = 1;

/** Time that stands while anything is under way, and leaps to the next moment that somebody waits for once nothing is: what is waited for is counted exactly, and nobody waits. */
export class LeapingClock implements Clock {
  private readonly sleepers = new Set<Sleeper>();
  private leaping = false;

  constructor(
    private time: number,
    private readonly world: World,
  ) {}

  now(): number {
    return this.time;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason as Error);
      const leave = (): void => {
        this.sleepers.delete(sleeper);
        signal?.removeEventListener('abort', onAbort);
      };
      const onAbort = (): void => {
        leave();
        reject(signal?.reason as Error);
      };
      const sleeper: Sleeper = {
        until: Math.ceil(this.time + Math.max(0, ms)),
        wake: () => {
          leave();
          resolve();
        },
        fail: (error) => {
          leave();
          reject(error as Error);
        },
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      this.sleepers.add(sleeper);
      void this.leap();
    });
  }

  private async leap(): Promise<void> {
    if (this.leaping) return;
    this.leaping = true;
    try {
      for (await this.stillness(); this.sleepers.size > 0; await this.stillness()) {
        const next = Math.min(...[...this.sleepers].map(({ until }) => until));
        if (next > this.time) await this.world.goTo(next);
        this.time = Math.max(this.time, next);
        for (const sleeper of [...this.sleepers]) if (sleeper.until <= this.time) sleeper.wake();
      }
    } catch (error) {
      for (const sleeper of [...this.sleepers]) sleeper.fail(error);
    } finally {
      this.leaping = false;
    }
  }

  private async stillness(): Promise<void> {
    for (let turns = 0; turns < STILL; turns += 1) {
      await turn();
      while (this.world.busy()) {
        turns = 0;
        await pause(LOOK_MS);
      }
    }
  }
}

import type { Clock } from '#kernel';

/** Time that passes only when somebody waits for it, and then at once. */
export class WaitedClock implements Clock {
  constructor(private time: number) {}

  now(): number {
    return this.time;
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    signal?.throwIfAborted();
    this.time += ms;
  }
}

/**
 * Time as a channel lives it. Budgets, Retry-After, deadlines, back-off and held-for times run on an account's clock;
 * a real account's clock is the wall, a sandbox account follows the sandbox. All values are milliseconds since the epoch, UTC.
 */
export interface Clock {
  /** Now, in this clock's milliseconds. */
  now(): number;
  /** Resolves after `ms` of this clock's time; rejects with the signal's reason when aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const wallClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) => sleepWall(ms, signal),
};

/** Sleeps wall milliseconds, never keeping the process alive by itself once aborted. */
export function sleepWall(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(
      () => {
        signal?.removeEventListener('abort', onAbort);
        resolve();
      },
      Math.max(0, ms),
    );
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

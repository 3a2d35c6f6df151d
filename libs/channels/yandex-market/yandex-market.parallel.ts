/** Lets at most `most` tasks of one name run at the same time; the others wait in order, and leave when aborted. */
export class Lanes {
  private readonly running = new Map<string, number>();
  private readonly waiting = new Map<string, (() => void)[]>();

  async run<T>(name: string, most: number, signal: AbortSignal, task: () => Promise<T>): Promise<T> {
    await this.enter(name, most, signal);
    try {
      return await task();
    } finally {
      this.leave(name);
    }
  }

  private async enter(name: string, most: number, signal: AbortSignal): Promise<void> {
    const running = this.running.get(name) ?? 0;
    if (running < most) {
      this.running.set(name, running + 1);
      return;
    }
    const queue = this.waiting.get(name) ?? [];
    this.waiting.set(name, queue);
    await new Promise<void>((resolve, reject) => {
      const turn = () => {
        signal.removeEventListener('abort', stop);
        resolve();
      };
      const stop = () => {
        queue.splice(queue.indexOf(turn), 1);
        reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
      };
      queue.push(turn);
      signal.addEventListener('abort', stop, { once: true });
    });
  }

  /** The place of one that is done goes straight to the next that waits. */
  private leave(name: string): void {
    const next = this.waiting.get(name)?.shift();
    if (next !== undefined) next();
    else this.running.set(name, (this.running.get(name) ?? 1) - 1);
  }
}

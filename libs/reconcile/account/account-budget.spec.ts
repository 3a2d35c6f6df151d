import { describe, expect, it } from '@jest/globals';
import { Throttled, type Clock } from '#kernel';
import type { BucketSpec } from '#channels/contract';
import { AccountBudget } from './account-budget.js';

/** A clock that stands still until it is moved; sleepers wake when their time has come. */
class StillClock implements Clock {
  private time = 1_000_000;
  private sleepers: { until: number; wake: () => void }[] = [];
  now(): number {
    return this.time;
  }
  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      this.sleepers.push({ until: this.time + ms, wake: resolve });
      signal?.addEventListener('abort', () => reject(signal.reason));
    });
  }
  async move(ms: number): Promise<void> {
    this.time += ms;
    for (const sleeper of this.sleepers.filter((one) => one.until <= this.time)) sleeper.wake();
    this.sleepers = this.sleepers.filter((one) => one.until > this.time);
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  }
}

const BUCKETS: readonly BucketSpec[] = [
  { name: 'rps', kind: 'rate', limit: 2, perMs: 1_000 },
  { name: 'day', kind: 'daily', limit: 10, reserve: 0.1 },
];

const world = () => {
  const clock = new StillClock();
  const budget = new AccountBudget(BUCKETS, clock);
  const done: string[] = [];
  const ask = (name: string, priority: 0 | 1 | 2 | 3 | 4, signal?: AbortSignal) => budget.take([{ bucket: 'rps', cost: 1 }], priority, signal).then(() => void done.push(name));
  return { clock, budget, done, ask };
};

describe('the budget of an account', () => {
  it('serves who is more urgent first, and who came first among equals', async () => {
    const { clock, done, ask } = world();
    void ask('a', 4);
    void ask('b', 4);
    void ask('sweep', 4);
    void ask('content', 3);
    void ask('stock', 0);
    await clock.move(0);
    expect(done).toEqual(['a', 'b']);
    await clock.move(1_001);
    expect(done).toEqual(['a', 'b', 'stock', 'content']);
    await clock.move(1_001);
    expect(done).toEqual(['a', 'b', 'stock', 'content', 'sweep']);
  });

  it('counts what others spent before it began, and tells what it spends itself before anything is sent', async () => {
    const clock = new StillClock();
    const kept: unknown[] = [];
    const record = {
      inherit: (rates: unknown, now: number) => {
        expect(rates).toEqual([{ bucket: 'rps', limit: 2, perMs: 1_000 }]);
        return Promise.resolve([{ bucket: 'rps', cost: 2, at: now - 500 }]);
      },
      keep: (spends: unknown) => Promise.resolve(void kept.push(spends)),
    };
    const budget = new AccountBudget(BUCKETS, clock, record);
    await budget.inherit();
    const sent: unknown[] = [];
    void budget.take([{ bucket: 'rps', cost: 1 }], 0).then(() => sent.push([...kept]));
    await clock.move(400);
    expect(sent).toEqual([]);
    await clock.move(200);
    expect(sent).toEqual([[[{ bucket: 'rps', cost: 1, at: clock.now(), perMs: 1_000 }]]]);
  });

  it('lets go of who gives up, and refuses at once when a day is spent', async () => {
    const { clock, budget, done, ask } = world();
    budget.block('rps', clock.now() + 5_000);
    const end = new AbortController();
    const given = ask('a', 0, end.signal).catch((error: unknown) => void done.push(String(error)));
    end.abort('gone');
    await given;
    expect(done).toEqual(['gone']);
    await budget.take([{ bucket: 'day', cost: 10 }], 0);
    await expect(budget.take([{ bucket: 'day', cost: 1 }], 0)).rejects.toBeInstanceOf(Throttled);
    expect(budget.closedUntil('day', true)).toBe(86_400_000);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import fc from 'fast-check';
import type { Clock } from '#kernel';
import type { BucketSpec } from '#channels/contract';
import { addAccount } from '#listings';
import { AccountBudget, inTransaction, SpendRecord } from '#reconcile';
import { migrate } from '../apps/hub/start/migrations.js';
import { startTestDatabase, type TestDatabase } from './harness/test-database.js';

const HOUR = 3_600_000;
const BUCKETS: readonly BucketSpec[] = [
  { name: 'hourly', kind: 'rate', limit: 5, perMs: HOUR },
  { name: 'moment', kind: 'rate', limit: 5, perMs: 1_000 },
  { name: 'open', kind: 'rate', limit: -1, perMs: HOUR },
];

/** Stands still until it is moved; nobody sleeps on it, for room is asked and not waited for. */
class StillClock implements Clock {
  time = Date.UTC(2026, 10, 22);
  now(): number {
    return this.time;
  }
  sleep(_ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
  }
}

describe('what was spent of the limits, from one owner of an account to the next', () => {
  let database: TestDatabase;
  let pool: pg.Pool;
  let accountId: string;
  let epoch: number;
  const clock = new StillClock();

  beforeAll(async () => {
    database = await startTestDatabase({ template: { name: 'hub', prepare: async (url) => void (await migrate(url)) } });
    pool = new pg.Pool({ connectionString: database.url, max: 4 });
    pool.on('error', () => undefined);
  });
  afterAll(async () => {
    await pool.end();
    await database.stop();
  });
  beforeEach(async () => {
    accountId = await newAccount();
    epoch = 0;
  });

  const newAccount = () => inTransaction(pool, (client) => addAccount(client, { channel: 'ozon', title: 'Demo', credentials: '', modes: {} }));

  async function owner(): Promise<AccountBudget> {
    epoch += 1;
    const budget = new AccountBudget(BUCKETS, clock, new SpendRecord(pool, accountId, epoch));
    await budget.inherit();
    return budget;
  }
  const spend = (budget: AccountBudget, bucket: string, cost = 1) => budget.take([{ bucket, cost }], 0);
  const room = (budget: AccountBudget) => budget.left().find((one) => one.bucket === 'hourly')?.left;

  it('is what another account of the same seller took, for an account that nobody owned before', async () => {
    await spend(await owner(), 'hourly', 2);
    const joined = new AccountBudget(BUCKETS, clock, new SpendRecord(pool, accountId, 1));
    await joined.inherit();
    expect(room(joined)).toBe(3);
  });

  it('is nothing for the first owner', async () => {
    const first = await owner();
    expect(first.left().map(({ left }) => left)).toEqual([5, 5, Infinity]);
  });

  it('is what the others took within the window, and no more: nobody waits for what nobody spent', async () => {
    const first = await owner();
    await spend(first, 'hourly', 2);
    clock.time += HOUR / 2;
    await spend(first, 'hourly');
    const second = await owner();
    expect(room(second)).toBe(2);
    clock.time += HOUR / 2 + 2;
    expect(room(second)).toBe(4);
    await spend(second, 'hourly');
    expect(room(await owner())).toBe(3);
    clock.time += 2 * HOUR;
    expect(room(await owner())).toBe(5);
    const { rows } = await pool.query(`SELECT 1 FROM sweep_spend WHERE spender = $1 AND bucket = 'moment'`, [accountId]);
    expect(rows).toEqual([]);
  });

  it('is everything of a window of a second: that is over in a second', async () => {
    await owner();
    const second = await owner();
    expect(second.left().find((one) => one.bucket === 'moment')?.left).toBe(0);
    clock.time += 1_001;
    expect(second.left().find((one) => one.bucket === 'moment')?.left).toBe(5);
  });

  it('is everything when the record vanished in a crash of the database, for the owner after the next too', async () => {
    await spend(await owner(), 'hourly');
    await pool.query('TRUNCATE sweep_spend');
    expect(room(await owner())).toBe(0);
    clock.time += HOUR / 2;
    expect(room(await owner())).toBe(0);
    clock.time += HOUR / 2 + 2;
    expect(room(await owner())).toBe(5);
  });

  it('is not of a time to come, when a simulated clock was set back', async () => {
    const first = await owner();
    clock.time += 24 * HOUR;
    await spend(first, 'hourly', 5);
    clock.time -= 24 * HOUR;
    expect(room(await owner())).toBe(5);
  });

  it('is forgotten when it has left its window', async () => {
    const first = await owner();
    for (let n = 0; n < 12; n++) {
      await spend(first, 'hourly');
      clock.time += HOUR / 4;
    }
    const { rows } = await pool.query(`SELECT 1 FROM sweep_spend WHERE spender = $1 AND bucket = 'hourly'`, [accountId]);
    expect(rows.length).toBeLessThanOrEqual(5);
  });

  it('never exceeds the limit in any window, however often the owner changes', async () => {
    const step = fc.oneof(
      { weight: 5, arbitrary: fc.record({ kind: fc.constant('spend' as const), cost: fc.integer({ min: 1, max: 3 }) }) },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant('owner' as const) }) },
      { weight: 3, arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: HOUR }) }) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
        accountId = await newAccount();
        epoch = 0;
        const sent: { at: number; cost: number }[] = [];
        let budget = await owner();
        for (const one of steps) {
          if (one.kind === 'owner') budget = await owner();
          else if (one.kind === 'wait') clock.time += one.ms;
          else if ((room(budget) ?? 0) >= one.cost) {
            await spend(budget, 'hourly', one.cost);
            sent.push({ at: clock.time, cost: one.cost });
          }
        }
        for (const { at } of sent) {
          const within = sent.filter((other) => other.at >= at && other.at < at + HOUR).reduce((sum, other) => sum + other.cost, 0);
          expect(within).toBeLessThanOrEqual(5);
        }
      }),
      { numRuns: 40, seed: 7 },
    );
  });
});

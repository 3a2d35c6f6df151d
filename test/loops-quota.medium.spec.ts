import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { quotaForecast } from '#reconcile';
import { AccountWorld } from './account-world.js';

const DAY = 86_400_000;
const CARDS = 210;
const A_DAY = 200;
/** A tenth of the day's quota is kept for repairs. */
const USABLE = 180;

describe('more new cards than the day allows', () => {
  let world: AccountWorld;
  beforeAll(async () => {
    world = await AccountWorld.open({ products: CARDS, quiet: true, cabinet: { daily_create: A_DAY } });
  }, 120_000);
  afterAll(() => world.close());

  it('wait for the quota until 00:00 UTC, say until when and when all will be done, and go on then', async () => {
    const midnight = new Date((Math.floor(world.by.now / DAY) + 1) * DAY);
    await world.until(async () => (await world.counts())['in_sync'] === USABLE, 'the share of the day', 60);
    await world.rounds(2);
    expect(await world.counts()).toEqual({ in_sync: USABLE, pending: CARDS - USABLE });
    const { rows } = await world.pool.query<{ state: string; reason: string; due_at: Date; n: number }>(
      `SELECT state, reason, due_at, count(*)::integer AS n FROM listing_facet WHERE facet = 'presence' AND state <> 'in_sync' GROUP BY 1, 2, 3`,
    );
    expect(rows).toEqual([{ state: 'pending', reason: 'quota', due_at: midnight, n: CARDS - USABLE }]);
    expect(await quotaForecast(world.pool, world.accountId)).toEqual([{ quota: 'daily_create', listings: CARDS - USABLE, until: midnight, done_by: midnight }]);
    await world.jump((midnight.getTime() - world.by.now) / 1000 + 5);
    await world.untilInSync(CARDS);
    expect(await quotaForecast(world.pool, world.accountId)).toEqual([]);
    const { refused } = await world.control<{ refused: Record<string, number> }>('GET', '/stats');
    expect(refused).toEqual({ rate: 0, method: 0, items: 0, circle: 0 });
    expect(await world.breaches()).toEqual([]);
  }, 240_000);
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccountWorld } from './account-world.js';

const DAY = 86_400_000;

describe('the limits of a marketplace', () => {
  let world: AccountWorld;
  beforeAll(async () => {
    world = await AccountWorld.open({ products: 60, quiet: true, cabinet: { daily_create: 50, daily_update: 100 } });
  }, 120_000);
  afterAll(() => world.close());

  const refused = async () => (await world.control<{ refused: Record<string, number> }>('GET', '/stats')).refused;
  const waiting = async () => {
    const { rows } = await world.pool.query<{ reason: string; due_at: Date; n: number }>(
      `SELECT reason, due_at, count(*)::integer AS n FROM listing_facet WHERE facet = 'presence' AND state = 'pending' GROUP BY reason, due_at`,
    );
    return rows;
  };

  it('of new cards a day: the rest waits until 00:00 UTC, says so, and goes on then', async () => {
    const midnight = new Date((Math.floor(world.by.now / DAY) + 1) * DAY);
    await world.until(async () => (await world.counts())['in_sync'] === 45, 'the share of the day', 40);
    await world.rounds(2);
    expect(await waiting()).toEqual([{ reason: 'quota', due_at: midnight, n: 15 }]);
    expect(await world.breaches()).toEqual([]);
    await world.jump((midnight.getTime() - world.by.now) / 1000 + 5);
    await world.untilInSync(60);
    expect(await refused()).toEqual({ rate: 0, method: 0, items: 0, circle: 0 });
  }, 60_000);

  it('of updates a day: what is kept back repairs drifts', async () => {
    const midnight = (Math.floor(world.by.now / DAY) + 1) * DAY;
    const skus = await world.skus();
    for (const round of [1, 2]) {
      for (const sku of skus.slice(0, 55)) await world.edit(sku, { title: `Правка ${round} товара ${sku}` });
      await world.rounds(8, 180);
    }
    const pending = await world.pool.query<{ n: number }>(`SELECT count(*)::integer AS n FROM listing_facet WHERE state = 'pending' AND reason = 'quota' AND due_at = $1`, [
      new Date(midnight),
    ]);
    expect(pending.rows[0]?.n).toBe(20);
    const spoiled = skus[59] ?? '';
    await world.foreignWrite(spoiled, { 4180: 'Не тот товар' });
    await world.until(async () => (await world.drifts()).some((drift) => drift.key === spoiled && drift.state === 'healed'), 'the repair', 40);
    await world.jump((midnight - world.by.now) / 1000 + 5);
    await world.untilInSync(60);
    expect(await refused()).toEqual({ rate: 0, method: 0, items: 0, circle: 0 });
  }, 60_000);

  it('of price changes an hour and of stock in half a minute: the newest value waits its turn', async () => {
    const [sku = ''] = await world.skus();
    await world.jump(3_600);
    const document = (await world.products.read.get(sku))?.document;
    const price = document?.price?.minor ?? 0;
    const from = await world.ledgerEnd();
    for (let step = 1; step <= 12; step++) {
      await world.edit(sku, {
        price: { minor: price - step * 100, currency: 'RUB' },
        stock: Object.fromEntries(Object.keys(document?.stock ?? {}).map((code) => [code, 100 + step])),
      });
      await world.lane('plan');
      await world.lane('repair');
      await world.jump(4);
    }
    expect(await world.facet(sku, 'price')).toMatchObject({ state: 'pending', reason: 'card-limit' });
    await world.rounds(2);
    await world.jump(3_600);
    await world.untilInSync(60);
    const sent = (await world.ledger(from, 'A')).map((entry) => entry.method);
    expect(sent.filter((method) => method === '/v1/product/import/prices').length).toBeLessThanOrEqual(11);
    expect((await world.pool.query(`SELECT 1 FROM evidence WHERE kind IN ('push.refused', 'push.unknown')`)).rowCount).toBe(0);
    expect(await refused()).toEqual({ rate: 0, method: 0, items: 0, circle: 0 });
    expect(await world.drifts()).toHaveLength(1);
    expect(await world.breaches()).toEqual([]);
  }, 60_000);
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setMode } from '#listings';
import { inTransaction } from '#reconcile';
import { AccountWorld } from './account-world.js';

const CARDS = 8;
const DAY_S = 86_400;
const DAY_MS = DAY_S * 1000;

interface Timer {
  readonly product_id: number;
  readonly expired_at: string;
  readonly min_price_for_auto_actions_enabled: boolean;
}

describe('floors of prices that a channel lets go after a month', () => {
  let world: AccountWorld;
  let floored: { id: string; external_id: string }[] = [];
  let plain: { id: string; external_id: string }[] = [];
  beforeAll(async () => {
    world = await AccountWorld.open({ products: CARDS, quiet: true });
    await world.untilInSync(CARDS);
    const { rows } = await world.pool.query<{ id: string; external_id: string; has: boolean }>(
      `SELECT l.id, l.external_id, d.body ? 'min' AS has FROM listing l JOIN observed_document d ON d.listing_id = l.id AND d.facet = 'price' ORDER BY l.id`,
    );
    floored = rows.filter((row) => row.has);
    plain = rows.filter((row) => !row.has);
  }, 120_000);
  afterAll(() => world.close());

  async function timers(of: readonly { external_id: string }[]): Promise<Timer[]> {
    const answer = (await world.otherIntegration('/v1/product/action/timer/status', { product_ids: of.map((one) => one.external_id) })) as { statuses: Timer[] };
    return answer.statuses;
  }

  /** Days that the floors still hold, least first; below zero they do not. */
  const daysLeft = async () => (await timers(floored)).map((timer) => (Date.parse(timer.expired_at) - world.by.now) / DAY_MS).sort((a, b) => a - b);

  const records = async (kind: string) =>
    (
      await world.pool.query<{ listing_id: string; facet: string; body: string }>(
        `SELECT e.listing_id, e.facet, b.body FROM evidence e JOIN evidence_body b USING (account_id, seq) WHERE e.kind = $1 ORDER BY e.seq`,
        [kind],
      )
    ).rows;

  it('are left alone while they hold for long', async () => {
    expect([floored.length > 0, plain.length > 0]).toEqual([true, true]);
    await world.jump(20 * DAY_S);
    await world.rounds(2);
    expect((await daysLeft())[0]).toBeLessThan(11);
    expect(await records('floor.intent')).toEqual([]);
  }, 60_000);

  it('are renewed in the week before their end, without a new price, and proven', async () => {
    const from = await world.ledgerEnd();
    await world.jump(5 * DAY_S);
    await world.rounds(2);
    expect((await daysLeft())[0]).toBeGreaterThan(29);
    expect((await world.ledger(from, 'A')).filter((entry) => entry.method.includes('prices'))).toEqual([]);
    const [intents, renewed] = [await records('floor.intent'), await records('floor.renewed')];
    expect(intents.map((row) => row.listing_id)).toEqual(floored.map((row) => row.id));
    expect(renewed.map((row) => [row.listing_id, row.facet])).toEqual(floored.map((row) => [row.id, 'price']));
    expect(JSON.parse(renewed[0]?.body ?? '{}')).toEqual({ until: expect.any(String) });
  }, 60_000);

  it('of goods without a floor stay without one', async () => {
    expect((await timers(plain)).map((timer) => timer.min_price_for_auto_actions_enabled)).toEqual(plain.map(() => false));
  });

  it('are not renewed where prices are only observed, and come back when they are kept again', async () => {
    await inTransaction(world.pool, (client) => setMode(client, world.accountId, 'price', 'observe'));
    const before = (await records('floor.intent')).length;
    await world.jump(31 * DAY_S);
    await world.rounds(2);
    expect((await daysLeft()).at(-1)).toBeLessThan(0);
    expect(await records('floor.intent')).toHaveLength(before);
    await inTransaction(world.pool, (client) => setMode(client, world.accountId, 'price', 'auto'));
    await world.jump(DAY_S);
    await world.rounds(2);
    expect((await daysLeft())[0]).toBeGreaterThan(29);
    expect(JSON.parse((await records('floor.intent')).at(-1)?.body ?? '{}')).toEqual({ ends: null });
    expect(await world.breaches()).toEqual([]);
  }, 60_000);
});

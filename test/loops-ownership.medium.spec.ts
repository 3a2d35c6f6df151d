import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccountWorld } from './account-world.js';

const CARDS = 24;

describe('two processes that both believe they run an account', () => {
  let first: AccountWorld;
  let second: AccountWorld;
  let skus: string[] = [];
  beforeAll(async () => {
    first = await AccountWorld.open({ products: CARDS, quiet: true });
    await first.untilInSync(CARDS);
    skus = await first.skus();
    second = await first.successor();
  }, 120_000);
  afterAll(() => first.close());

  it('lets only the newer one send, whoever is faster', async () => {
    const from = await first.ledgerEnd();
    for (const sku of skus.slice(0, 8)) await first.edit(sku, { title: `Правка ${sku}` });
    await first.lane('plan');
    await first.lane('repair');
    expect(first.lostOwnership).toBe(true);
    expect(await first.ledger(from, 'A')).toEqual([]);

    for (const sku of skus.slice(8, 16)) await first.edit(sku, { title: `Правка ${sku}` });
    for (let round = 0; round < 6; round++) {
      await Promise.all([first.round(), second.round()]);
      await second.jump(240);
    }
    await second.untilInSync(CARDS);
    const entries = await first.ledger(from, 'A');
    expect(entries.map((entry) => entry.offer_id).sort()).toEqual(skus.slice(0, 16).sort());
    const epochs = await first.pool.query<{ epoch: number }>(
      "SELECT DISTINCT epoch FROM push_intent WHERE created_at > (SELECT max(created_at) - interval '1 day' FROM push_intent) AND revision > 1",
    );
    expect(epochs.rows).toEqual([{ epoch: second.context.epoch }]);
    expect(await first.drifts()).toEqual([]);
    expect(await first.breaches()).toEqual([]);
  }, 60_000);
});

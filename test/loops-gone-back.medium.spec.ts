import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccountWorld } from './account-world.js';
import type { LiveCard } from './market-side.js';

const CARDS = 6;
const PRICES = '/v1/product/import/prices';

describe('a change of ours that was read back card by card and taken back before the next sweep', () => {
  let world: AccountWorld;
  beforeAll(async () => {
    world = await AccountWorld.open({ products: CARDS, quiet: true });
    await world.untilInSync(CARDS);
    await world.rounds(1);
  }, 120_000);
  afterAll(() => world.close());

  it('is noticed although the sweep reads what it read last time', async () => {
    const [sku = ''] = await world.skus();
    const before = (await world.products.read.get(sku))?.document.price?.minor ?? 0;
    const rubles = (minor: number) => String(minor / 100);
    const live = (card: LiveCard) => card.facets.price.value as Record<string, unknown>;
    await world.faults([{ match: { path: PRICES, key: 'A' }, kind: 'lost_answer', count: 1 }]);
    await world.edit(sku, { price: { minor: before - 200, currency: 'RUB' } });
    await world.lane('plan');
    await world.lane('repair');
    await world.jump(10);
    await world.lane('repair');
    expect(await world.facet(sku, 'price')).toMatchObject({ state: 'in_sync' });
    expect(await world.faultsFired()).toEqual([1]);
    expect((await world.pool.query(`SELECT 1 FROM evidence WHERE kind = 'push.readback'`)).rowCount).toBe(1);

    await world.otherIntegration(PRICES, { prices: [{ offer_id: sku, price: rubles(before) }] });
    await world.round();
    expect(await world.drifts()).toMatchObject([{ key: sku, facet: 'price', kind: 'price', cause: 'ours-older' }]);
    await world.untilInSync(CARDS);
    expect(Number(live(await world.card(sku))['price'])).toBe((before - 200) / 100);
    expect(await world.breaches()).toEqual([]);
  }, 60_000);
});

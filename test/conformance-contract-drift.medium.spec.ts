import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { contractBreaks, hubStatus } from '#reconcile';
import { AccountWorld } from './account-world.js';

const CARDS = 12;

describe('a channel that changes its API without a word', () => {
  let world: AccountWorld;
  beforeAll(async () => {
    world = await AccountWorld.open({ products: CARDS, quiet: true });
    await world.untilInSync(CARDS);
  });
  afterAll(() => world.close());

  const breaks = async () => contractBreaks(world.pool, world.accountId, world.by.now);
  const alarms = async () => {
    const { account, module } = world.context;
    const { accounts } = await hubStatus(world.pool, [{ account, lanes: module.descriptor.lanes, now: world.by.now }]);
    return (accounts[0]?.alarms ?? []).filter((alarm) => alarm.code === 'channel-changed-api');
  };

  /** A little less than now: a leap would be held back by the marketplace. */
  const cheaper = async (sku: string) => {
    const product = await world.products.read.get(sku);
    const minor = product?.document.price?.minor ?? 0;
    return { minor: minor - 10_00, currency: 'RUB' };
  };

  it('is kept with the answer, stops what depends on it alone, and is no drift', async () => {
    const drifts = await world.drifts();
    await world.faults([{ kind: 'rewrite_field', match: { path: '/v4/product/info/attributes' }, field: 'result' }]);
    const [sku = ''] = await world.skus();
    await world.edit(sku, { price: await cheaper(sku) });
    await world.until(async () => (await world.facet(sku, 'price')).state === 'in_sync', 'the price arrives', 20);
    const [found] = await breaks();
    expect(found).toMatchObject({ kind: 'answer', over: false });
    expect(await alarms()).toMatchObject([{ severity: 'error', params: { kind: 'answer' } }]);
    expect(await world.drifts()).toEqual(drifts);
    expect((await world.counts())['drifted'] ?? 0).toBe(0);
  });

  it('is over once the answers fit again', async () => {
    await world.faults([]);
    await world.rounds(3, 600);
    expect(await alarms()).toEqual([]);
    expect((await breaks())[0]).toMatchObject({ over: true });
    expect(await world.breaches()).toEqual([]);
  });

  it('a call that was switched off waits, and the others go on', async () => {
    const [, sku = ''] = await world.skus();
    await world.faults([{ kind: 'switched_off', match: { path: '/v1/product/import/prices' } }]);
    await world.edit(sku, { price: await cheaper(sku), stock: { main: 3 } });
    await world.until(async () => (await alarms()).some((alarm) => alarm.params?.['kind'] === 'switched-off'), 'the alarm', 10);
    await world.until(async () => (await world.facet(sku, 'stock')).state === 'in_sync', 'the stock arrives', 20);
    expect(await world.facet(sku, 'price')).toMatchObject({ state: 'pending', reason: 'channel-changed-api' });
    await world.faults([]);
    await world.until(async () => (await world.facet(sku, 'price')).state === 'in_sync', 'the price arrives', 30);
    expect(await world.breaches()).toEqual([]);
  });
});

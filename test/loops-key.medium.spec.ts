import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { hubStatus } from '#reconcile';
import { loadAccount } from '#listings';
import { AccountWorld } from './account-world.js';

const CARDS = 12;
const DAY = 86_400;

describe('a key that lives three months', () => {
  let world: AccountWorld;
  beforeAll(async () => {
    world = await AccountWorld.open({ products: CARDS, quiet: true });
    await world.untilInSync(CARDS);
  }, 120_000);
  afterAll(() => world.close());

  async function status() {
    const account = await loadAccount(world.pool, world.accountId);
    if (!account) throw new Error('no account');
    const { accounts } = await hubStatus(world.pool, [{ account, lanes: world.context.module.descriptor.lanes, now: world.by.now }]);
    return { state: accounts[0]?.state, alarms: accounts[0]?.alarms.map(({ severity, code }) => `${severity} ${code}`) };
  }

  it('raises no alarm while its end is far, one when it is two weeks away', async () => {
    expect(await status()).toEqual({ state: 'active', alarms: [] });
    await world.jump(75 * DAY);
    await world.rounds(1);
    expect(await status()).toEqual({ state: 'active', alarms: [] });
    await world.jump(2 * DAY);
    await world.rounds(1);
    expect(await status()).toEqual({ state: 'active', alarms: ['warning ozon.key-expires'] });
    const { rows } = await world.pool.query<{ health: { expiresAt: number } }>('SELECT health FROM channel_account WHERE id = $1', [world.accountId]);
    expect((rows[0]?.health.expiresAt ?? 0) - world.by.now).toBeLessThan(14 * DAY * 1000);
  }, 60_000);

  it('stops the account at its end, and lets it go on with a new one', async () => {
    await world.jump(14 * DAY);
    const from = await world.ledgerEnd();
    const sku = (await world.skus())[0] ?? '';
    await world.edit(sku, { title: 'Правка с просроченным ключом' });
    await world.rounds(2);
    expect((await status()).state).toBe('unauthorised');
    await world.jump(1_200);
    await world.rounds(2);
    expect(await status()).toEqual({ state: 'unauthorised', alarms: ['error ozon.key-refused'] });
    expect(await world.ledger(from, 'A')).toEqual([]);

    await world.control('POST', '/seed', { cabinet: { keys: { A: 'sandbox-key-a' } } });
    await world.jump(1_200);
    await world.untilInSync(CARDS);
    expect(await status()).toEqual({ state: 'active', alarms: [] });
    expect((await world.ledger(from, 'A')).map((entry) => entry.offer_id)).toEqual([sku]);
    expect(await world.breaches()).toEqual([]);
  }, 60_000);
});

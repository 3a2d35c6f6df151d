import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ChannelModule } from '#channels/contract';
import { ozon } from '#channels/ozon';
import { noteHints } from '#reconcile';
import { AccountWorld } from './account-world.js';

const MONTH_MS = 30 * 86_400_000;
const CARDS = 80;
/** A few more than the fifty from which on the brake holds, and than are looked at together. */
const STRUCK = 54;

/** A channel that tells of every change, and is walked over once a month. */
const telling: ChannelModule = {
  ...ozon,
  descriptor: { ...ozon.descriptor, lanes: ozon.descriptor.lanes.map((lane) => ({ ...lane, everyMs: MONTH_MS })) },
  hints: { read: () => ({ kind: 'nothing' }) },
};

describe('word of changes of most of an account', () => {
  let world: AccountWorld;
  beforeAll(async () => {
    world = await AccountWorld.open({ products: CARDS, quiet: true, module: telling });
    await world.untilInSync(CARDS);
  }, 120_000);
  afterAll(() => world.close());

  const state = async () => (await world.pool.query<{ state: string }>('SELECT state FROM channel_account WHERE id = $1', [world.accountId])).rows[0]?.state;

  it('brakes it like a sweep that found as many', async () => {
    const struck = (await world.skus()).slice(0, STRUCK);
    await world.otherIntegration('/v1/product/attributes/update', {
      items: struck.map((sku) => ({ offer_id: sku, attributes: [{ id: 4180, complex_id: 0, values: [{ value: `Не тот товар ${sku}` }] }] })),
    });
    await world.jump(60);
    await world.jump(1_200);
    const from = await world.ledgerEnd();
    await noteHints(
      world.pool,
      [...struck, ...struck, 'НИКТО-1'].map((key) => ({ accountId: world.accountId, card: { key }, at: Date.now() })),
    );
    expect((await world.pool.query('SELECT 1 FROM sweep_hint')).rowCount).toBe(STRUCK);
    for (let left = 5; left > 0; left -= 1) {
      for (const lane of ['sweep', 'repair'] as const) await world.lane(lane);
      await world.jump(10);
    }
    expect((await world.pool.query('SELECT 1 FROM sweep_hint')).rowCount).toBe(0);
    expect(await state()).toBe('braked');
    expect(await world.counts()).toEqual({ in_sync: CARDS - STRUCK, held: STRUCK });
    expect(await world.ledger(from, 'A')).toEqual([]);
    expect(await world.breaches()).toEqual([]);
  }, 120_000);
});

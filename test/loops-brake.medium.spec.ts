import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pauseAccount, releaseBrake, resumeAccount } from '#reconcile';
import { AccountWorld } from './account-world.js';

const CARDS = 80;
/** A few more than the fifty from which on the brake holds. */
const STRUCK = 52;

describe('most of an account that drifts at once', () => {
  let world: AccountWorld;
  beforeAll(async () => {
    world = await AccountWorld.open({ products: CARDS, quiet: true });
    await world.untilInSync(CARDS);
  }, 120_000);
  afterAll(() => world.close());

  const state = async () => (await world.pool.query<{ state: string }>('SELECT state FROM channel_account WHERE id = $1', [world.accountId])).rows[0]?.state;

  it('is repaired only after a person has looked; making the cards did not count', async () => {
    expect(await state()).toBe('active');
    const struck = (await world.skus()).slice(0, STRUCK);
    await world.otherIntegration('/v1/product/attributes/update', {
      items: struck.map((sku) => ({ offer_id: sku, attributes: [{ id: 4180, complex_id: 0, values: [{ value: `Не тот товар ${sku}` }] }] })),
    });
    await world.jump(60);
    await world.jump(1_200);
    const from = await world.ledgerEnd();
    await world.rounds(3);
    expect(await state()).toBe('braked');
    expect(await world.counts()).toEqual({ in_sync: CARDS - STRUCK, held: STRUCK });
    expect(await world.ledger(from, 'A')).toEqual([]);

    const sku = (await world.skus())[CARDS - 1] ?? '';
    await world.edit(sku, { title: 'Своя правка идёт и под тормозом' });
    await world.rounds(2);
    expect((await world.ledger(from, 'A')).map((entry) => entry.offer_id)).toEqual([sku]);

    for (const end of [null, new Date(world.by.now + 600_000)]) {
      await pauseAccount(world.pool, world.accountId, 'учёт', end, world.by);
      if (end === null) await resumeAccount(world.pool, world.accountId, world.by);
      else await world.jump(660);
      await world.rounds(2);
      expect(await state()).toBe('braked');
    }
    expect(await world.counts()).toEqual({ in_sync: CARDS - STRUCK, held: STRUCK });

    await releaseBrake(world.pool, world.accountId, world.by);
    await world.untilInSync(CARDS);
    expect((await world.drifts()).every((drift) => drift.state === 'healed')).toBe(true);
    expect(await state()).toBe('active');
    expect(await world.breaches()).toEqual([]);
  }, 240_000);
});

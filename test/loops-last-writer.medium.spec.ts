import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { lastWriter } from '#reconcile';
import { AccountWorld } from './account-world.js';

describe('who wrote last, when another integration rewrites a description', () => {
  let world: AccountWorld;
  beforeAll(async () => {
    world = await AccountWorld.open({ products: 4 });
    await world.untilInSync(4);
  }, 120_000);
  afterAll(() => world.close());

  it('is proven from the record: our write was read back before the change', async () => {
    const [sku = ''] = await world.skus();
    await world.foreignWrite(sku, { 4191: 'Совсем другое описание, которого в каталоге нет и не было.' });
    await world.until(async () => (await world.drifts()).some((drift) => drift.key === sku && drift.state === 'healed'), 'the repair');
    const answer = await lastWriter(world.pool, { listingId: await world.listingId(sku), facet: 'description' });
    expect(answer).toMatchObject({ ours: false, why: 'changed-after-verified' });
    expect(answer.push?.verifiedAt).toBeDefined();
    expect(await world.breaches()).toEqual([]);
  }, 180_000);
});

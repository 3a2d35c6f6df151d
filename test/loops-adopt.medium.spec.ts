import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FACETS } from '#channels/contract';
import { setPolicy } from '#reconcile';
import { AccountWorld } from './account-world.js';

describe('an account that only observes cards which were there before it', () => {
  let seller: AccountWorld;
  let watcher: AccountWorld;
  let changed = '';
  let edited = '';
  beforeAll(async () => {
    seller = await AccountWorld.open({ products: 24 });
    await seller.untilInSync(24);
    [changed = '', edited = ''] = await seller.skus();
    await seller.stop();
    await seller.foreignWrite(changed, { 4180: 'Совсем другой товар' });
    watcher = await seller.join({ mode: 'observe' });
  }, 120_000);
  afterAll(() => seller.close());

  it('reports what differs, holds its own changes, writes nothing, and goes on when it is allowed to', async () => {
    const from = await watcher.ledgerEnd();
    await watcher.rounds(3);
    expect(await watcher.counts()).toEqual({ in_sync: 23, held: 1 });
    expect(await watcher.drifts()).toMatchObject([{ key: changed, facet: 'title', state: 'held', reason: 'policy' }]);

    const price = (await watcher.products.read.get(edited))?.document.price?.minor ?? 0;
    await watcher.edit(edited, { price: { minor: price - 1_000, currency: 'RUB' } });
    await watcher.rounds(2);
    expect(await watcher.facet(edited, 'price')).toMatchObject({ state: 'held', reason: 'policy' });
    expect(await watcher.ledger(from, 'A')).toEqual([]);
    expect(await watcher.breaches()).toEqual([]);

    await setPolicy(watcher.pool, watcher.accountId, Object.fromEntries(FACETS.map((facet) => [facet, 'auto'])), watcher.by);
    await watcher.untilInSync(24);
    const touched = (await watcher.ledger(from, 'A')).map((entry) => `${entry.offer_id} ${entry.facets.map((one) => one.facet).join()}`);
    expect(touched.sort()).toEqual([`${changed} title`, `${edited} price`].sort());
    expect(await watcher.breaches()).toEqual([]);
  }, 120_000);
});

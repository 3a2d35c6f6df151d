import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { wildberries } from '#channels/wildberries';
import { checkFacetRules } from '#reconcile';
import { MarketAccount } from './market-account.js';
import { wildberriesWorld, type WildberriesWorld } from './sandbox-wildberries-world.js';

let world: WildberriesWorld;
let account: MarketAccount;
let skus: string[];
beforeAll(async () => {
  world = await wildberriesWorld();
  account = await MarketAccount.open(wildberries, world, { products: 6 });
  skus = (await account.pool.query<{ sku: string }>('SELECT sku FROM product ORDER BY id')).rows.map((row) => row.sku);
}, 60_000);
afterAll(() => account.close());

interface Truth {
  readonly nm_id: number;
  readonly sizes: readonly { readonly chrtID: number }[];
  readonly facets: {
    readonly title: { readonly value: string };
    readonly presence: { readonly value: string };
    readonly stock: { readonly value: unknown };
    readonly attributes: { readonly value: { readonly documents?: unknown } };
  };
}

const truth = async (sku: string): Promise<Truth> => (await world.control<Truth>(`/cards/${sku}`)).body;

/** The whole loop over the Wildberries adapter and the simulated market: a catalog becomes cards, and what others do to them is put right. */
describe('an account on Wildberries', () => {
  afterEach(async () => {
    expect(await checkFacetRules(account.pool)).toEqual([]);
    const { answers } = (await world.control<{ answers: Record<string, number> }>('/stats')).body;
    expect(answers['429'] ?? 0).toBe(0);
  });

  it('makes a card of every product', async () => {
    await account.until(() => account.inSync(), 'first sync');
    expect(await account.drifts()).toEqual([]);
  }, 60_000);

  it('writes nothing while nothing changes', async () => {
    const before = await account.lastWrite();
    for (let left = 5; left > 0; left -= 1) await account.round();
    expect(await account.lastWrite()).toBe(before);
  }, 60_000);

  it('puts right what gremlins do, and loses nothing of a card that nobody knew of', async () => {
    for (const sku of skus) await account.act(sku, 'document');
    const documents = await Promise.all(skus.map(async (sku) => (await truth(sku)).facets.attributes.value.documents));
    const order = { seed: 3, cards: 4, kinds: ['price', 'text-changed', 'photo-lost', 'not-buyable'], at_least_each: 1 };
    const scrambled = await world.control<{ injected: { kind: string }[] }>('/gremlins', order);
    expect(scrambled.body.injected).toHaveLength(4);
    await account.until(async () => (await account.restored()) && (await account.inSync()), 'repair');
    expect(documents.every((one) => one !== undefined)).toBe(true);
    expect(await Promise.all(skus.map(async (sku) => (await truth(sku)).facets.attributes.value.documents))).toEqual(documents);
  }, 120_000);

  it('brings back a card that somebody threw away', async () => {
    const [sku = ''] = skus;
    await account.act(sku, 'trash');
    expect((await truth(sku)).facets.presence.value).toBe('trashed');
    await account.until(async () => (await truth(sku)).facets.presence.value === 'listed' && (await account.inSync()), 'recovery');
    expect(await account.drifts()).toContainEqual(expect.stringMatching(/^presence .* healed$/));
  }, 60_000);

  it('brings an edit of the master, and does not take 204 for done', async () => {
    const [, sku = ''] = skus;
    const current = await account.products.read.get(sku);
    const before = (await truth(sku)).facets.stock.value;
    await world.control('/faults', { rules: [{ match: { path: '/api/v3/stocks/{warehouseId}' }, kind: 'ignore_body' }] });
    await account.products.patch(sku, { basedOn: current?.revision ?? 0, patch: { title: 'Новое имя товара', stock: { main: 1 } }, author: 'test', cause: { kind: 'person' } });
    await account.until(async () => (await truth(sku)).facets.title.value === 'Новое имя товара', 'the new title');
    expect((await truth(sku)).facets.stock.value).toEqual(before);
    expect(await account.open()).toContainEqual(expect.stringMatching(new RegExp(`^${sku} stock (settling|pending|sending)`)));
    await world.control('/faults', { rules: [] });
    await account.until(() => account.inSync(), 'the new stock');
    expect(JSON.stringify((await truth(sku)).facets.stock.value)).toMatch(/[:,]1[\]},]/);
  }, 60_000);
});

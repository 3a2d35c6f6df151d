import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { yandexMarket } from '#channels/yandex-market';
import { approveListing, checkFacetRules } from '#reconcile';
import { MarketAccount } from './market-account.js';
import { yandexMarketWorld, type YandexMarketWorld } from './sandbox-yandex-market-world.js';

const MINUTE = 60_000;

let world: YandexMarketWorld;
let account: MarketAccount;
let skus: string[];
beforeAll(async () => {
  world = await yandexMarketWorld();
  account = await MarketAccount.open(yandexMarket, world, { products: 6, patience: 90 });
  skus = (await account.pool.query<{ sku: string }>('SELECT sku FROM product ORDER BY id')).rows.map((row) => row.sku);
}, 60_000);
afterAll(() => account.close());

interface Truth {
  readonly facets: Readonly<Record<'title' | 'presence' | 'stock' | 'price' | 'category', { readonly value: unknown }>>;
  readonly campaigns: readonly { readonly status: string }[];
}

const truth = async (sku: string): Promise<Truth> => (await world.control<Truth>(`/cards/${sku}`)).body;

/** The whole loop over the Yandex Market adapter and the simulated market: a catalog becomes cards, and what others do to them is put right. */
describe('an account on Yandex Market', () => {
  afterEach(async () => {
    expect(await checkFacetRules(account.pool)).toEqual([]);
    const { answers } = (await world.control<{ answers: Record<string, number> }>('/stats')).body;
    expect([answers['420'] ?? 0, answers['400'] ?? 0]).toEqual([0, 0]);
  });

  it('makes a card of every product', async () => {
    await account.until(() => account.inSync(), 'first sync');
    expect(await account.drifts()).toEqual([]);
  }, 60_000);

  it('names the floor for promotions with the first price', async () => {
    const wanted = await Promise.all(skus.map(async (sku) => (await account.products.read.get(sku))?.document.minPrice?.minor ?? 0));
    const told = await Promise.all(skus.map(async (sku) => Number(((await truth(sku)).facets.price.value as { minimum_for_bestseller: string }).minimum_for_bestseller) * 100));
    expect(told).toEqual(wanted);
    expect(Math.max(...wanted)).toBeGreaterThan(0);
  });

  it('writes nothing while nothing changes', async () => {
    const before = await account.lastWrite();
    for (let left = 5; left > 0; left -= 1) await account.round();
    expect(await account.lastWrite()).toBe(before);
  }, 60_000);

  it('puts right what gremlins do', async () => {
    const order = { seed: 3, cards: 5, kinds: ['price', 'text-changed', 'photo-lost', 'not-buyable', 'category-moved'], at_least_each: 1 };
    const scrambled = await world.control<{ injected: { kind: string }[] }>('/gremlins', order);
    expect(scrambled.body.injected).toHaveLength(5);
    await account.until(async () => (await account.restored()) && (await account.inSync()), 'repair');
  }, 120_000);

  it('shows what somebody hid, and brings back what somebody archived', async () => {
    const [hidden = '', archived = ''] = skus;
    await account.act(hidden, 'hide');
    await account.act(archived, 'archive');
    await account.until(
      async () => (await truth(archived)).facets.presence.value === 'listed' && (await truth(hidden)).campaigns[0]?.status === 'PUBLISHED' && (await account.inSync()),
      'recovery',
    );
    expect(await account.drifts()).toEqual(expect.arrayContaining([expect.stringMatching(/^presence .* healed$/), 'status not-buyable healed']));
  }, 60_000);

  it('brings an edit of the master, and confirms a price of ours that is held back at a person’s word', async () => {
    const [, , sku = ''] = skus;
    const current = await account.products.read.get(sku);
    const priceOf = async (): Promise<unknown> => ((await truth(sku)).facets.price.value as { price: string }).price;
    const before = await priceOf();
    const patch = { title: 'Новое имя товара', stock: { main: 1 }, price: { minor: 99_00, currency: 'RUB' }, oldPrice: null, minPrice: null };
    await account.products.patch(sku, { basedOn: current?.revision ?? 0, patch, author: 'test', cause: { kind: 'person' } });
    await account.until(async () => (await account.open()).includes(`${sku} status held price-quarantine`), 'the quarantine', 5 * MINUTE);
    expect(await priceOf()).toBe(before);
    const { rows } = await account.pool.query<{ id: string }>('SELECT id FROM listing WHERE key = $1', [sku]);
    await approveListing(account.pool, rows[0]?.id ?? '', 'status', { author: 'test', now: account.clock.now() });
    await account.until(async () => (await truth(sku)).facets.title.value === 'Новое имя товара' && (await account.inSync()), 'the edit');
    expect(JSON.stringify((await truth(sku)).facets.stock.value)).toMatch(/[:,]1[\]},]/);
    expect(await priceOf()).toBe('99.00');
  }, 120_000);
});

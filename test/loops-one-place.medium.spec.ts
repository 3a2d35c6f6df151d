import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ChannelModule } from '#channels/contract';
import { wildberries } from '#channels/wildberries';
import { yandexMarket } from '#channels/yandex-market';
import { setRules } from '#listings';
import { checkFacetRules, inTransaction, stockToWithdraw } from '#reconcile';
import { MarketAccount, type MarketWorld } from './market-account.js';
import { wildberriesWorld } from './sandbox-wildberries-world.js';
import { yandexMarketWorld } from './sandbox-yandex-market-world.js';

const CARDS = 2;

/** Pieces by warehouse as the market keeps them: free ones of Yandex Market, by size on Wildberries. */
const FREE: Readonly<Record<string, (kept: Readonly<Record<string, number>>) => number>> = {
  'yandex-market': ({ fit = 0, freeze = 0 }) => fit - freeze,
  wildberries: (sizes) => Object.values(sizes).reduce((sum, pieces) => sum + pieces, 0),
};

const MARKETS: readonly (readonly [string, ChannelModule, () => Promise<MarketWorld>])[] = [
  ['Yandex Market', yandexMarket, yandexMarketWorld],
  ['Wildberries', wildberries, wildberriesWorld],
];

describe.each(MARKETS)('the one warehouse that stock goes to on %s', (_name, module, open) => {
  let world: MarketWorld;
  let account: MarketAccount;
  let skus: readonly string[] = [];
  let place = '';
  beforeAll(async () => {
    world = await open();
    account = await MarketAccount.open(module, world, { products: CARDS });
    skus = (await account.pool.query<{ sku: string }>('SELECT sku FROM product ORDER BY id')).rows.map((row) => row.sku);
    for (const sku of skus) {
      const current = await account.products.read.get(sku);
      await account.products.patch(sku, { basedOn: current?.revision ?? 0, patch: { stock: { main: 4, reserve: 7 } }, author: 'owner', cause: { kind: 'person' } });
    }
    await account.until(() => account.inSync(), 'first sync');
  }, 180_000);
  afterAll(() => account.close());

  const live = async (): Promise<number[]> => {
    const facets = async (sku: string) => (await world.control<{ facets: { stock: { value: Record<string, Record<string, number>> } } }>(`/cards/${sku}`)).body.facets;
    const free = FREE[module.descriptor.id];
    return Promise.all(skus.map(async (sku) => free?.((await facets(sku)).stock.value[place] ?? {}) ?? NaN));
  };
  const rules = (warehouses: Readonly<Record<string, string>>) => inTransaction(account.pool, (client) => setRules(client, account.accountId, { warehouses }));
  const both = async (pieces: number) => (await live()).every((one) => one === pieces);
  const stockRows = async () =>
    (await account.pool.query<{ row: string }>(`SELECT DISTINCT concat_ws(' ', part, state, reason) AS row FROM listing_facet WHERE facet = 'stock'`)).rows.map(({ row }) => row);

  it('is offered for the warehouses of the catalog, and takes all of them while nothing is said', async () => {
    const choices = module.choices?.warehouses?.list(account.context.references.get);
    expect(choices).toEqual([{ id: expect.stringMatching(/^\d+$/), name: expect.stringMatching(/./) }]);
    place = choices?.[0]?.id ?? '';
    expect(await live()).toEqual([11, 11]);
  });

  it('is fed by those that the rules name', async () => {
    await rules({ main: place });
    await account.until(async () => (await both(4)) && (await account.inSync()), 'the stock of one warehouse');
    expect(await account.drifts()).toEqual([]);
    expect(await checkFacetRules(account.pool)).toEqual([]);
  }, 60_000);

  it('is emptied, told beforehand, and let go when the rules name another only', async () => {
    const elsewhere = { categories: {}, attributes: {}, currency: 'RUB', warehouses: { main: '1' } };
    const places = module.stockPlaces?.(elsewhere, account.context.references.get) ?? { managed: [], others: [] };
    expect(await stockToWithdraw(account.pool, account.accountId, places)).toEqual([{ warehouse: place, cards: CARDS, pieces: 4 * CARDS }]);
    await rules({ main: '1' });
    await account.until(async () => (await both(0)) && (await stockRows()).join() === `${place} ignored not-wanted`, 'the warehouse is let go');
    const before = await account.lastWrite();
    for (let left = 2; left > 0; left -= 1) await account.round();
    expect(await account.lastWrite()).toBe(before);
    expect(await account.drifts()).toEqual([]);
    expect(await checkFacetRules(account.pool)).toEqual([]);
  }, 60_000);

  it('takes everything again when the rules say nothing any more', async () => {
    await rules({});
    await account.until(async () => (await both(11)) && (await account.inSync()), 'all of the stock');
    expect(await checkFacetRules(account.pool)).toEqual([]);
  }, 60_000);
});

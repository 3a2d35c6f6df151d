import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { ProductService } from '#catalog';
import { model, ModelMarket } from '#channels/testkit';
import { addAccount, loadAccount, raiseEpoch, ReferenceCache } from '#listings';
import { AccountBudget, AccountRunner, checkFacetRules, facetDocuments, inTransaction, passOn } from '#reconcile';
import { migrate } from '../apps/hub/start/migrations.js';
import { startTestDatabase, type TestDatabase } from './harness/test-database.js';

const TOKEN = 'model-token';
const SKU = 'SHIRT-1';
const MINUTE = 60_000;

/** One shirt in two sizes: a card with two offers, each with a price and a stock of its own. */
describe('a card with several offers', () => {
  const market = new ModelMarket(TOKEN);
  const end = new AbortController();
  let now = Date.parse('2026-11-22T06:00:00Z');
  let database: TestDatabase;
  let pool: pg.Pool;
  let products: ProductService;
  let runner: AccountRunner;
  let accountId = '';

  beforeAll(async () => {
    database = await startTestDatabase({ template: { name: 'hub', prepare: async (url) => void (await migrate(url)) } });
    pool = new pg.Pool({ connectionString: database.url, max: 6 });
    pool.on('error', () => undefined);
    products = new ProductService(pool);
    await products.create(
      {
        sku: SKU,
        title: 'Рубашка «Волна»',
        category: 'Одежда / Рубашки',
        price: { minor: 1_000_00, currency: 'RUB' },
        attributes: { Размер: ['42/44', 'XL'] },
        stock: { main: 5 },
      },
      { author: 'test', cause: { kind: 'person' } },
    );
    const modes = Object.fromEntries(model.descriptor.facets.map((facet) => [facet, 'auto' as const]));
    accountId = await inTransaction(pool, (client) => addAccount(client, { channel: 'model', title: 'Model', credentials: '', modes }));
    const account = await loadAccount(pool, accountId);
    if (!account) throw new Error('no account');
    const clock = {
      now: () => now,
      // Whoever waits moves the time on.
      sleep: (ms: number) => {
        now += ms;
        return Promise.resolve();
      },
    };
    const budget = new AccountBudget(model.descriptor.buckets, clock);
    const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
    runner = new AccountRunner(
      {
        pool,
        account,
        epoch: await raiseEpoch(pool, accountId),
        module: model,
        channel: model.connect(
          { token: TOKEN },
          {
            http: market,
            budget,
            clock,
            onBrokenContract: (error) => {
              throw error;
            },
          },
        ),
        clock,
        budget,
        references: new ReferenceCache(pool, 'model'),
        log: silent,
        signal: end.signal,
        pass: passOn,
        sabotage: new Set(),
        fetchPicture: () => Promise.reject(new Error('no pictures here')),
        freshPictureUrl: (digest) => `https://seller.test/${digest}.jpg`,
      },
      () => undefined,
    );
  });
  afterAll(async () => {
    end.abort(new Error('the test ends'));
    await runner?.stop();
    await pool?.end();
    await database?.stop();
  });

  const rounds = async (count: number): Promise<void> => {
    for (let round = 0; round < count; round++) {
      for (const lane of ['plan', 'sweep', 'repair'] as const) await runner.nudge(lane, lane === 'sweep');
      now += 5 * MINUTE;
    }
  };
  const states = async (): Promise<Record<string, string>> => {
    const { rows } = await pool.query<{ name: string; state: string }>(
      `SELECT facet || CASE WHEN part = '' THEN '' ELSE ' ' || part END AS name, state FROM listing_facet WHERE account_id = $1 AND desired IS NOT NULL ORDER BY name`,
      [accountId],
    );
    return Object.fromEntries(rows.map((row) => [row.name, row.state]));
  };
  const drifts = async () =>
    (
      await pool.query<{ facet: string; part: string; kind: string; cause: string; state: string }>(
        'SELECT facet, part, kind, cause, state FROM drift WHERE account_id = $1 ORDER BY id',
        [accountId],
      )
    ).rows;
  const live = () => market.cards.get(SKU);

  it('has a row of its own for each, and is made whole', async () => {
    await rounds(4);
    expect(live()?.offers).toEqual({ '42/44': { price: 1_000_00, stock: 5 }, XL: { price: 1_000_00, stock: 5 } });
    expect(await states()).toEqual({
      presence: 'in_sync',
      'price 42%2F44': 'in_sync',
      'price XL': 'in_sync',
      'stock 42%2F44/main': 'in_sync',
      'stock XL/main': 'in_sync',
      title: 'in_sync',
    });
  });

  it('an unchanged walk writes nothing to the market', async () => {
    const before = market.applied.length;
    await rounds(3);
    expect(market.applied).toHaveLength(before);
  });

  it('is repaired in the one offer that drifted, with the other as it is', async () => {
    const card = live();
    if (!card) throw new Error('no card');
    card.offers['XL'] = { price: 500_00, stock: 5 };
    card.extra['documents'] = ['declaration-17'];
    await rounds(4);
    expect(live()?.offers).toEqual({ '42/44': { price: 1_000_00, stock: 5 }, XL: { price: 1_000_00, stock: 5 } });
    expect(await drifts()).toEqual([{ facet: 'price', part: 'XL', kind: 'price', cause: 'outside', state: 'healed' }]);
  });

  it('an edit of the master reaches every offer, and a call that overwrites keeps what no facet speaks of', async () => {
    const current = await products.read.get(SKU);
    await products.patch(SKU, {
      basedOn: current?.revision ?? 0,
      patch: { price: { minor: 1_200_00, currency: 'RUB' }, title: 'Рубашка «Прибой»' },
      author: 'test',
      cause: { kind: 'person' },
    });
    await rounds(4);
    expect(live()).toMatchObject({ title: 'Рубашка «Прибой»', extra: { documents: ['declaration-17'] } });
    expect(Object.values(live()?.offers ?? {}).map((offer) => offer.price)).toEqual([1_200_00, 1_200_00]);
    expect(new Set(Object.values(await states()))).toEqual(new Set(['in_sync']));
  });

  it('what was sold of one offer is not raised again, and its documents are read by part', async () => {
    const card = live();
    if (!card) throw new Error('no card');
    card.offers['42/44'] = { price: 1_200_00, stock: 2 };
    await rounds(3);
    expect(live()?.offers['42/44']?.stock).toBe(2);
    const { rows } = await pool.query<{ id: string }>('SELECT id FROM listing WHERE account_id = $1', [accountId]);
    const [stock, price] = await facetDocuments(pool, [
      { listingId: rows[0]?.id ?? '', facet: 'stock', part: '42%2F44/main' },
      { listingId: rows[0]?.id ?? '', facet: 'price', part: 'XL' },
    ]);
    expect(stock).toMatchObject({ desired: 5, observed: 2 });
    expect(price).toMatchObject({ desired: { price: 1_200_00 }, observed: { price: 1_200_00 } });
    expect(await checkFacetRules(pool)).toEqual([]);
  });
});

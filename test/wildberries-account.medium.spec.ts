import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { MediaStore, ProductService } from '#catalog';
import type { Facet } from '#channels/contract';
import { wildberries } from '#channels/wildberries';
import { loadDemoCatalog } from '#demo';
import { addAccount, loadAccount, raiseEpoch, ReferenceCache } from '#listings';
import { AccountBudget, AccountRunner, checkFacetRules, inTransaction, passOn } from '#reconcile';
import { ALL_SCOPES, tokenOf } from '../libs/channels/wildberries/fixtures/scripted-wildberries.js';
import { migrate } from '../apps/hub/start/migrations.js';
import { startTestDatabase, type TestDatabase } from './harness/test-database.js';
import { WaitedClock } from './waited-clock.js';
import { ModelWildberries } from './wildberries-model.js';

const START = Date.UTC(2026, 10, 22, 12);
const PRODUCTS = 8;

/** The whole loop over the Wildberries adapter: a catalog becomes cards, and what others do to them is put right. */
describe('an account on Wildberries', () => {
  const token = tokenOf({ acc: 3, for: 'self', t: false, s: ALL_SCOPES, exp: START / 1000 + 100 * 86_400 });
  const clock = new WaitedClock(START);
  const end = new AbortController();
  let folder: string;
  let database: TestDatabase;
  let pool: pg.Pool;
  let products: ProductService;
  let market: ModelWildberries;
  let runner: AccountRunner;
  let accountId: string;
  let skus: string[];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wildberries-account-'));
    database = await startTestDatabase({ template: { name: 'hub', prepare: async (url) => void (await migrate(url)) } });
    pool = new pg.Pool({ connectionString: database.url, max: 6 });
    pool.on('error', () => undefined);
    products = new ProductService(pool);
    const media = new MediaStore(pool, folder);
    await loadDemoCatalog(products, media, { seed: 1, products: PRODUCTS });
    skus = (await pool.query<{ sku: string }>('SELECT sku FROM product ORDER BY id')).rows.map((row) => row.sku);
    const snapshots = await products.read.snapshots(
      (await pool.query<{ id: string }>('SELECT id FROM product ORDER BY id')).rows.map((row) => row.id),
      { channel: 'wildberries' },
    );
    const subjects = [...new Set(snapshots.map((product) => product.category.split(' / ').at(-1) ?? ''))];
    market = new ModelWildberries(token, clock, subjects);
    const modes = Object.fromEntries(wildberries.descriptor.facets.map((facet) => [facet, 'auto' as const]));
    accountId = await inTransaction(pool, (client) => addAccount(client, { channel: 'wildberries', title: 'WB', credentials: '', modes }));
    const account = await loadAccount(pool, accountId);
    if (!account) throw new Error('no account');
    const budget = new AccountBudget(wildberries.descriptor.buckets, clock);
    const told = (fields: object, message: string) => process.stderr.write(`${message} ${JSON.stringify(fields).slice(0, 500)}\n`);
    runner = new AccountRunner(
      {
        pool,
        account,
        epoch: await raiseEpoch(pool, accountId),
        module: wildberries,
        channel: wildberries.connect(
          { token, baseUrl: 'http://model.test' },
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
        references: new ReferenceCache(pool, 'wildberries'),
        log: { info: () => undefined, warn: told, error: told },
        signal: end.signal,
        pass: passOn,
        sabotage: new Set(),
        // The market shows what it took from our own addresses: the digest is in the name.
        fetchPicture: async (url) => {
          const digest = /([0-9a-f]{64})/.exec(url)?.[1] ?? '';
          const picture = await media.openPicture(digest);
          if (!picture) throw new Error(`no picture behind ${url}`);
          const parts: Buffer[] = [];
          for await (const part of picture.stream) parts.push(part as Buffer);
          return { bytes: Buffer.concat(parts), digest };
        },
        freshPictureUrl: (digest) => `https://seller.test/${digest}.jpg`,
      },
      () => undefined,
    );
  }, 60_000);
  afterAll(async () => {
    end.abort(new Error('the test ends'));
    await runner?.stop();
    await pool?.end();
    await database?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const round = async () => {
    for (const lane of ['plan', 'sweep', 'pictures', 'repair'] as const) await runner.nudge(lane, lane === 'sweep');
    await clock.sleep(60_000);
    market.applyDue();
  };
  const open = async () =>
    (
      await pool.query<{ row: string }>(
        `SELECT l.key || ' ' || f.facet || ' ' || f.state || ' ' || coalesce(f.reason, '') AS row FROM listing_facet f JOIN listing l ON l.id = f.listing_id
         WHERE f.account_id = $1 AND f.state <> 'in_sync' ORDER BY 1`,
        [accountId],
      )
    ).rows.map((one) => one.row);
  const until = async (done: () => Promise<boolean>, what: string, rounds = 60) => {
    for (let left = rounds; left > 0; left -= 1) {
      await round();
      if (await done()) return;
    }
    throw new Error(`${what} did not happen: ${JSON.stringify(await open())}`);
  };
  const inSync = async () => (await open()).length === 0 && market.cards.size === PRODUCTS;
  const drifts = async () =>
    (await pool.query<{ facet: Facet; kind: string; state: string }>('SELECT facet, kind, state FROM drift WHERE account_id = $1 ORDER BY id', [accountId])).rows.map(
      (drift) => `${drift.facet} ${drift.kind} ${drift.state}`,
    );
  const cardOf = (sku: string) => {
    const card = market.cards.get(sku);
    if (!card) throw new Error(`no card ${sku}`);
    return card;
  };

  it('makes a card of every product, with pictures, price and stock', async () => {
    await until(inSync, 'first sync');
    const [sku = ''] = skus;
    const card = cardOf(sku);
    expect(card.photos.length).toBeGreaterThan(0);
    expect(market.prices.get(card.nmID)?.price).toBeGreaterThan(0);
    expect(await drifts()).toEqual([]);
    expect(await checkFacetRules(pool)).toEqual([]);
  }, 60_000);

  it('writes nothing while nothing changes', async () => {
    const before = market.applied.length;
    for (let left = 5; left > 0; left -= 1) await round();
    expect(market.applied).toHaveLength(before);
  }, 30_000);

  it('puts right what others changed, and loses nothing of a card that nobody knew of', async () => {
    const [a = '', b = '', c = ''] = skus;
    const meant = { title: cardOf(a).title, photos: cardOf(b).photos.length, stock: market.stocks.get(cardOf(c).sizes[0]?.chrtID ?? 0) };
    cardOf(a).title = 'Совсем другой товар';
    cardOf(a)['documents'] = { items: [{ id: 'd1' }], excludeDocuments: false };
    cardOf(a).updatedAt = new Date(clock.now()).toISOString();
    cardOf(b).photos = [];
    cardOf(b).updatedAt = new Date(clock.now()).toISOString();
    market.prices.set(cardOf(c).nmID, { price: 1, discount: 0 });
    await until(async () => (await drifts()).length >= 3 && (await inSync()), 'healing');
    expect(await drifts()).toEqual(expect.arrayContaining([expect.stringMatching(/^title .* healed$/), expect.stringMatching(/^media .* healed$/), 'price price healed']));
    expect({ title: cardOf(a).title, photos: cardOf(b).photos.length, stock: market.stocks.get(cardOf(c).sizes[0]?.chrtID ?? 0) }).toEqual(meant);
    expect(cardOf(a)['documents']).toEqual({ items: [{ id: 'd1' }], excludeDocuments: false });
    expect(await checkFacetRules(pool)).toEqual([]);
  }, 60_000);

  it('brings back a card that somebody threw away', async () => {
    const [, , , d = ''] = skus;
    const card = cardOf(d);
    market.cards.delete(d);
    market.trash.set(d, { ...card, trashedAt: new Date(clock.now()).toISOString() });
    await until(async () => market.cards.has(d) && (await inSync()), 'recovery');
    expect(await drifts()).toContainEqual(expect.stringMatching(/^presence .* healed$/));
  }, 60_000);

  it('shows an edit of the master, and does not take 204 for done', async () => {
    const [sku = ''] = skus;
    const current = await products.read.get(sku);
    await products.patch(sku, { basedOn: current?.revision ?? 0, patch: { title: 'Новое имя товара', stock: { main: 2 } }, author: 'test', cause: { kind: 'person' } });
    market.deaf = true;
    await until(async () => cardOf(sku).title === 'Новое имя товара', 'the new title');
    expect(await open()).toContainEqual(expect.stringMatching(new RegExp(`^${sku} stock (settling|pending|sending)`)));
    market.deaf = false;
    await until(inSync, 'the new stock');
    expect(market.stocks.get(cardOf(sku).sizes[0]?.chrtID ?? 0)).toBe(2);
    expect(await checkFacetRules(pool)).toEqual([]);
  }, 60_000);
});

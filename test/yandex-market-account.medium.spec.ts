import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { MediaStore, ProductService } from '#catalog';
import { yandexMarket } from '#channels/yandex-market';
import { loadDemoCatalog } from '#demo';
import { addAccount, loadAccount, raiseEpoch, ReferenceCache } from '#listings';
import { createHttpClient } from '#platform';
import { AccountBudget, AccountRunner, approveListing, checkFacetRules, inTransaction, passOn } from '#reconcile';
import { pictureFetcher } from '../apps/hub/lanes/seen-pictures.js';
import { migrate } from '../apps/hub/start/migrations.js';
import { startTestDatabase } from './harness/test-database.js';
import { yandexMarketWorld, type YandexMarketWorld } from './sandbox-yandex-market-world.js';
import { servePictures } from './serve-pictures.js';
import { WaitedClock } from './waited-clock.js';

const START = Date.parse('2026-11-22T06:00:00Z');
const PRODUCTS = 6;
const MINUTE = 60_000;

/** Time that passes in the market when it passes here. */
class SharedClock extends WaitedClock {
  constructor(private readonly world: YandexMarketWorld) {
    super(START);
  }

  override async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    await super.sleep(ms, signal);
    await this.world.jump(ms / 1000);
  }
}

const closers: (() => Promise<unknown>)[] = [];
let world: YandexMarketWorld;
let products: ProductService;
let pool: pg.Pool;
let runner: AccountRunner;
let clock: SharedClock;
let skus: string[];
beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'yandex-market-hub-'));
  closers.push(() => rm(folder, { recursive: true, force: true }));
  const database = await startTestDatabase({ template: { name: 'hub', prepare: async (url) => void (await migrate(url)) } });
  closers.push(() => database.stop());
  pool = new pg.Pool({ connectionString: database.url, max: 6 });
  pool.on('error', () => undefined);
  closers.push(() => pool.end());
  const media = new MediaStore(pool, join(folder, 'media'));
  products = new ProductService(pool);
  await loadDemoCatalog(products, media, { seed: 1, products: PRODUCTS });
  skus = (await pool.query<{ sku: string }>('SELECT sku FROM product ORDER BY id')).rows.map((row) => row.sku);
  const pictures = await servePictures(media);
  closers.push(pictures.close);
  world = await yandexMarketWorld();
  closers.push(() => world.close());
  clock = new SharedClock(world);
  const { body: connection } = await world.control<Record<string, string>>('/connection');
  const modes = Object.fromEntries(yandexMarket.descriptor.facets.map((facet) => [facet, 'auto' as const]));
  const accountId = await inTransaction(pool, (client) => addAccount(client, { channel: 'yandex-market', title: 'Маркет', credentials: '', modes }));
  const account = await loadAccount(pool, accountId);
  if (!account) throw new Error('no account');
  const http = createHttpClient({ allowPrivate: [new URL(world.url).host], maxBytes: 64 * 1024 * 1024 });
  const budget = new AccountBudget(yandexMarket.descriptor.buckets, clock);
  const end = new AbortController();
  const told = (fields: object, message: string) => process.stderr.write(`${message} ${JSON.stringify(fields).slice(0, 500)}\n`);
  const onBrokenContract = (error: Error) => {
    throw error;
  };
  runner = new AccountRunner(
    {
      ...{ pool, account, module: yandexMarket, clock, budget, signal: end.signal, pass: passOn, sabotage: new Set() },
      epoch: await raiseEpoch(pool, accountId),
      channel: yandexMarket.connect(connection, { http, budget, clock, onBrokenContract }),
      references: new ReferenceCache(pool, 'yandex-market'),
      log: { info: () => undefined, warn: told, error: told },
      fetchPicture: pictureFetcher(http, folder),
      freshPictureUrl: (digest) => `${pictures.url}/${digest}-${randomBytes(4).toString('hex')}.jpg`,
    },
    () => undefined,
  );
  closers.push(async () => {
    end.abort(new Error('the test ends'));
    await runner.stop();
  });
}, 60_000);
afterAll(async () => {
  for (const close of closers.reverse()) await close();
});

const open = async (): Promise<string[]> =>
  (
    await pool.query<{ row: string }>(
      `SELECT l.key || ' ' || f.facet || ' ' || f.state || ' ' || coalesce(f.reason, '') AS row FROM listing_facet f JOIN listing l ON l.id = f.listing_id
       WHERE f.state <> 'in_sync' ORDER BY 1`,
    )
  ).rows.map((one) => one.row);

async function round(step = MINUTE): Promise<void> {
  for (const lane of ['plan', 'sweep', 'pictures', 'repair'] as const) await runner.nudge(lane, lane === 'sweep');
  await clock.sleep(step);
}

async function until(done: () => Promise<boolean>, what: string, step = MINUTE): Promise<void> {
  for (let left = 90; left > 0; left -= 1) {
    await round(step);
    if (await done()) return;
  }
  throw new Error(`${what} did not happen: ${JSON.stringify(await open())}`);
}

interface Truth {
  readonly facets: Readonly<Record<'title' | 'presence' | 'stock' | 'price' | 'category', { readonly value: unknown }>>;
  readonly campaigns: readonly { readonly status: string }[];
}

const truth = async (sku: string): Promise<Truth> => (await world.control<Truth>(`/cards/${sku}`)).body;
const act = (sku: string, action: string) => world.control(`/cards/${sku}/${action}`, {});
const lastWrite = async (): Promise<number> => (await world.control<{ last_seq: number }>('/ledger?limit=1')).body.last_seq;
const drifts = async (): Promise<string[]> =>
  (await pool.query<{ told: string }>(`SELECT facet || ' ' || kind || ' ' || state AS told FROM drift ORDER BY id`)).rows.map((drift) => drift.told);
const inSync = async (): Promise<boolean> => (await world.control<{ cards: number }>('/health')).body.cards === PRODUCTS && (await open()).length === 0;

/** The whole loop over the Yandex Market adapter and the simulated market: a catalog becomes cards, and what others do to them is put right. */
describe('an account on Yandex Market', () => {
  afterEach(async () => {
    expect(await checkFacetRules(pool)).toEqual([]);
    const { answers } = (await world.control<{ answers: Record<string, number> }>('/stats')).body;
    expect([answers['420'] ?? 0, answers['400'] ?? 0]).toEqual([0, 0]);
  });

  it('makes a card of every product', async () => {
    await until(inSync, 'first sync');
    expect(await drifts()).toEqual([]);
  }, 60_000);

  it('writes nothing while nothing changes', async () => {
    const before = await lastWrite();
    for (let left = 5; left > 0; left -= 1) await round();
    expect(await lastWrite()).toBe(before);
  }, 60_000);

  it('puts right what gremlins do', async () => {
    const order = { seed: 3, cards: 5, kinds: ['price', 'text-changed', 'photo-lost', 'not-buyable', 'category-moved'], at_least_each: 1 };
    const scrambled = await world.control<{ injected: { kind: string }[] }>('/gremlins', order);
    expect(scrambled.body.injected).toHaveLength(5);
    const restored = async (): Promise<boolean> => {
      const { injected } = (await world.control<{ injected: { restored: boolean; stayed: boolean }[] }>('/injected')).body;
      return injected.every((one) => one.restored && one.stayed);
    };
    await until(async () => (await restored()) && (await inSync()), 'repair');
  }, 120_000);

  it('shows what somebody hid, and brings back what somebody archived', async () => {
    const [hidden = '', archived = ''] = skus;
    await act(hidden, 'hide');
    await act(archived, 'archive');
    await until(
      async () => (await truth(archived)).facets.presence.value === 'listed' && (await truth(hidden)).campaigns[0]?.status === 'PUBLISHED' && (await inSync()),
      'recovery',
    );
    expect(await drifts()).toEqual(expect.arrayContaining([expect.stringMatching(/^presence .* healed$/), 'status not-buyable healed']));
  }, 60_000);

  it('brings an edit of the master, and confirms a price of ours that is held back at a person’s word', async () => {
    const [, , sku = ''] = skus;
    const current = await products.read.get(sku);
    const priceOf = async (): Promise<unknown> => ((await truth(sku)).facets.price.value as { price: string }).price;
    const before = await priceOf();
    const patch = { title: 'Новое имя товара', stock: { main: 1 }, price: { minor: 99_00, currency: 'RUB' }, oldPrice: null, minPrice: null };
    await products.patch(sku, { basedOn: current?.revision ?? 0, patch, author: 'test', cause: { kind: 'person' } });
    await until(async () => (await open()).includes(`${sku} status held price-quarantine`), 'the quarantine', 5 * MINUTE);
    expect(await priceOf()).toBe(before);
    const { rows } = await pool.query<{ id: string }>('SELECT id FROM listing WHERE key = $1', [sku]);
    await approveListing(pool, rows[0]?.id ?? '', 'status', { author: 'test', now: clock.now() });
    await until(async () => (await truth(sku)).facets.title.value === 'Новое имя товара' && (await inSync()), 'the edit');
    expect(JSON.stringify((await truth(sku)).facets.stock.value)).toMatch(/[:,]1[\]},]/);
    expect(await priceOf()).toBe('99.00');
  }, 120_000);
});

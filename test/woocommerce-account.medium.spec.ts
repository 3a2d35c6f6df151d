import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { MediaStore, ProductService } from '#catalog';
import { woocommerce } from '#channels/woocommerce';
import { loadDemoCatalog } from '#demo';
import { addAccount, loadAccount, raiseEpoch, ReferenceCache } from '#listings';
import { createHttpClient } from '#platform';
import { AccountBudget, AccountRunner, checkFacetRules, inTransaction, passOn } from '#reconcile';
import { pictureFetcher } from '../apps/hub/lanes/seen-pictures.js';
import { migrate } from '../apps/hub/start/migrations.js';
import { startTestDatabase } from './harness/test-database.js';
import { wooWorld, type Goods, type WooWorld } from './sandbox-woocommerce-world.js';
import { servePictures } from './serve-pictures.js';
import { WaitedClock } from './waited-clock.js';

const START = Date.parse('2026-11-22T06:00:00Z');
const PRODUCTS = 12;
const MINUTE = 60_000;

/** Time that passes in the shop when it passes here. */
class SharedClock extends WaitedClock {
  constructor(private readonly world: WooWorld) {
    super(START);
  }

  override async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    await super.sleep(ms, signal);
    await this.world.jump(ms / 1000);
  }
}

const closers: (() => Promise<unknown>)[] = [];
let world: WooWorld;
let products: ProductService;
let pool: pg.Pool;
let runner: AccountRunner;
let clock: SharedClock;
let simple: string[];
let variants: { sku: string; code: string }[];
beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'woocommerce-hub-'));
  closers.push(() => rm(folder, { recursive: true, force: true }));
  const database = await startTestDatabase({ template: { name: 'hub', prepare: async (url) => void (await migrate(url)) } });
  closers.push(() => database.stop());
  pool = new pg.Pool({ connectionString: database.url, max: 6 });
  pool.on('error', () => undefined);
  closers.push(() => pool.end());
  const media = new MediaStore(pool, join(folder, 'media'));
  products = new ProductService(pool);
  await loadDemoCatalog(products, media, { seed: 1, products: PRODUCTS });
  const { rows } = await pool.query<{ sku: string; code: string | null }>('SELECT p.sku, m.code FROM product p LEFT JOIN product_model m ON m.id = p.model_id ORDER BY p.id');
  simple = rows.filter((row) => row.code === null).map((row) => row.sku);
  variants = rows.flatMap(({ sku, code }) => (code === null ? [] : [{ sku, code }]));
  const pictures = await servePictures(media);
  closers.push(pictures.close);
  world = await wooWorld({ limits: 'off' });
  closers.push(() => world.close());
  clock = new SharedClock(world);
  const { body: connection } = await world.control<Record<string, string>>('/connection');
  const modes = Object.fromEntries(woocommerce.descriptor.facets.map((facet) => [facet, 'auto' as const]));
  const accountId = await inTransaction(pool, (client) => addAccount(client, { channel: 'woocommerce', title: 'Сайт', credentials: '', modes }));
  const account = await loadAccount(pool, accountId);
  if (!account) throw new Error('no account');
  const http = createHttpClient({ allowPrivate: [new URL(world.url).host], maxBytes: 64 * 1024 * 1024 });
  // While the shop answers that it has made something, the walks of the sweep already see it.
  const seenWhileMade: typeof http.request = async (call) => {
    const answer = await http.request(call);
    if (call.writes === true && (call.body as { create?: unknown }).create !== undefined) await runner.nudge('sweep', true);
    return answer;
  };
  const budget = new AccountBudget(woocommerce.descriptor.buckets, clock);
  const end = new AbortController();
  const told = (fields: object, message: string) => process.stderr.write(`${message} ${JSON.stringify(fields).slice(0, 500)}\n`);
  const onBrokenContract = (error: Error) => {
    throw error;
  };
  runner = new AccountRunner(
    {
      ...{ pool, account, module: woocommerce, clock, budget, signal: end.signal, pass: passOn, sabotage: new Set() },
      epoch: await raiseEpoch(pool, accountId),
      channel: woocommerce.connect(connection, { http: { request: seenWhileMade }, budget, clock, onBrokenContract }),
      references: new ReferenceCache(pool, 'woocommerce'),
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

async function round(): Promise<void> {
  for (const lane of ['plan', 'sweep', 'pictures', 'repair'] as const) await runner.nudge(lane, lane === 'sweep');
  await clock.sleep(MINUTE);
}

async function until(done: () => Promise<boolean>, what: string): Promise<void> {
  for (let left = 40; left > 0; left -= 1) {
    await round();
    if (await done()) return;
  }
  throw new Error(`${what} did not happen: ${JSON.stringify(await open())}`);
}

const goods = async (sku: string): Promise<Goods> => {
  const { body } = await world.api<Goods[]>(`/products?sku=${encodeURIComponent(sku)}`, { key: 'B' });
  const [one] = body;
  if (one === undefined) throw new Error(`${sku} is not in the shop`);
  return one;
};
const act = (sku: string, action: string) => world.control(`/cards/${sku}/${action}`, {});
const lastWrite = async (): Promise<number> => (await world.control<{ last_seq: number }>('/ledger?limit=1')).body.last_seq;
const attachments = async (): Promise<number> => {
  const { attachments: number } = (await world.control<{ attachments?: number }>('/stats')).body;
  if (number === undefined) throw new Error('the shop does not count its attachments');
  return number;
};
const drifts = async (): Promise<string[]> =>
  (await pool.query<{ told: string }>(`SELECT facet || ' ' || kind || ' ' || state AS told FROM drift ORDER BY id`)).rows.map((drift) => drift.told);
const listed = async (): Promise<number> => (await pool.query<{ n: number }>('SELECT count(*)::integer AS n FROM listing WHERE external_id IS NOT NULL')).rows[0]?.n ?? 0;
const inSync = async (): Promise<boolean> => (await listed()) === PRODUCTS && (await open()).length === 0;

/** The whole loop over the WooCommerce adapter and the simulated shop: a catalog becomes products and variations, and what others do to them is put right. */
describe('an account on WooCommerce', () => {
  afterEach(async () => {
    expect(await checkFacetRules(pool)).toEqual([]);
  });

  it('makes a product of every product, and one product with variations of every model', async () => {
    expect(variants.length).toBeGreaterThan(1);
    await until(inSync, 'first sync');
    expect(await drifts()).toEqual([]);
    const codes = [...new Set(variants.map(({ code }) => code))];
    expect((await world.control<{ cards: number }>('/health')).body.cards).toBe(simple.length + variants.length);
    for (const code of codes) {
      const group = await goods(code);
      const skus = variants.filter((variant) => variant.code === code).map(({ sku }) => sku);
      expect(group).toMatchObject({ type: 'variable', status: 'publish', name: (await products.read.get(skus[0] ?? ''))?.document.model?.title });
      expect(group.variations).toHaveLength(skus.length);
      for (const sku of skus) expect(await goods(sku)).toMatchObject({ type: 'variation', parent_id: group.id, purchasable: true });
    }
  }, 90_000);

  it('writes nothing while nothing changes', async () => {
    const before = await lastWrite();
    for (let left = 4; left > 0; left -= 1) await round();
    expect(await lastWrite()).toBe(before);
  }, 60_000);

  it('puts right what gremlins do', async () => {
    const scrambled = await world.control<{ injected: { kind: string }[] }>('/gremlins', { seed: 3, cards: 6 });
    expect(scrambled.body.injected.length).toBeGreaterThan(0);
    const restored = async (): Promise<boolean> => {
      const { injected } = (await world.control<{ injected: { restored: boolean; stayed: boolean }[] }>('/injected')).body;
      return injected.every((one) => one.restored && one.stayed);
    };
    await until(async () => (await restored()) && (await inSync()), 'repair');
  }, 120_000);

  it('brings back what somebody threw away or hid', async () => {
    const [thrown = '', hidden = ''] = simple;
    await act(thrown, 'trash');
    await act(hidden, 'hide');
    await until(async () => (await inSync()) && (await drifts()).filter((drift) => /^presence .* healed$/.test(drift)).length >= 2, 'recovery');
    expect([(await goods(thrown)).status, (await goods(hidden)).status]).toEqual(['publish', 'publish']);
  }, 60_000);

  it('brings an edit of the master: exact kopecks, counted stock, and no picture twice', async () => {
    const [sku = ''] = simple;
    const current = await products.read.get(sku);
    const [first, ...others] = current?.document.media ?? [];
    const before = await attachments();
    const patch = {
      title: 'Новое имя & прочее',
      price: { minor: 10_050, currency: 'RUB' },
      oldPrice: null,
      minPrice: null,
      stock: { main: 3 },
      media: [...others, ...(first === undefined ? [] : [first])],
    };
    await products.patch(sku, { basedOn: current?.revision ?? 0, patch, author: 'test', cause: { kind: 'person' } });
    await until(async () => (await goods(sku)).regular_price === '100.5' && (await inSync()), 'the edit');
    expect(await goods(sku)).toMatchObject({ name: 'Новое имя &amp; прочее', price: '100.5', sale_price: '', stock_quantity: 3, manage_stock: true });
    expect(await attachments()).toBe(before);
  }, 60_000);

  it('sees an order within a minute and never raises what was sold', async () => {
    const [sku = ''] = simple;
    await act(sku, 'order');
    await until(inSync, 'the order');
    for (let left = 3; left > 0; left -= 1) await round();
    expect((await goods(sku)).stock_quantity).toBe(2);
  }, 60_000);
});

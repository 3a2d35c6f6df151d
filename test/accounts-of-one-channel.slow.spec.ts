import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MediaStore, ProductService } from '#catalog';
import { FACETS } from '#channels/contract';
import { ozon } from '#channels/ozon';
import { loadDemoCatalog } from '#demo';
import type { PolicyMode } from '#listings';
import { createLogger, Vault } from '#platform';
import { checkFacetRules, inTransaction, passOn, setPolicy } from '#reconcile';
import { storeAccount } from '../apps/hub/accounts/add-account.js';
import { AccountLoops } from '../apps/hub/lanes/account-loops.js';
import { PublicPictures } from '../apps/hub/lanes/public-pictures.js';
import { knownChannels } from '../apps/hub/start/known-channels.js';
import { migrate } from '../apps/hub/start/migrations.js';
import { ozon as market } from '../apps/sandbox/ozon/index.js';
import { startSandbox, type RunningSandbox } from '../apps/sandbox/start.js';
import { startTestDatabase, type TestDatabase } from './harness/test-database.js';
import { control, type LedgerEntry, type LiveCard } from './market-side.js';
import { CLIENT_ID, KEY_A, KEY_B } from './ozon-world.js';
import { servePictures } from './serve-pictures.js';

const CARDS = 4;
const SCALE = 120;
const TITLE = '4180';

const all = (mode: PolicyMode) => Object.fromEntries(FACETS.map((facet) => [facet, mode]));

/** A cabinet of Ozon's with its own limits and cards. */
class Shop {
  constructor(readonly sandbox: RunningSandbox) {}

  static async open(folder: string): Promise<Shop> {
    return new Shop(await startSandbox({ port: 0, dataDir: await mkdtemp(join(folder, 'shop-')), seed: 7, scale: SCALE, markets: [market] }));
  }

  credentials(apiKey: string): Record<string, string> {
    return { clientId: CLIENT_ID, apiKey, baseUrl: `${this.sandbox.url}/ozon` };
  }

  async title(sku: string): Promise<unknown> {
    return (await control<LiveCard>(this.sandbox.url, 'GET', `/cards/${encodeURIComponent(sku)}`)).facets.title.value;
  }

  async ledger(after = 0): Promise<LedgerEntry[]> {
    return (await control<{ entries: LedgerEntry[] }>(this.sandbox.url, 'GET', `/ledger?after=${after}&limit=10000`)).entries;
  }

  async lastWrite(): Promise<number> {
    return (await this.ledger()).at(-1)?.seq ?? 0;
  }

  /** Another program of this seller's at work. */
  async retitle(sku: string, title: string): Promise<void> {
    const answer = await fetch(`${this.sandbox.url}/ozon/v1/product/attributes/update`, {
      method: 'POST',
      headers: { 'Client-Id': CLIENT_ID, 'Api-Key': KEY_B, 'content-type': 'application/json' },
      body: JSON.stringify({ items: [{ offer_id: sku, attributes: [{ id: Number(TITLE), complex_id: 0, values: [{ value: title }] }] }] }),
    });
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  }

  async answers(): Promise<Record<string, number>> {
    return (await control<{ answers: Record<string, number> }>(this.sandbox.url, 'GET', '/stats')).answers;
  }
}

describe('three accounts of one channel: two legal entities, and a second key of the first', () => {
  let folder = '';
  let database: TestDatabase;
  let pool: pg.Pool;
  let products: ProductService;
  let vault: Vault;
  let first: Shop;
  let second: Shop;
  const processes: AccountLoops[] = [];
  const closers: (() => Promise<unknown>)[] = [];
  let skus: string[] = [];
  let mine = '';
  let other = '';
  let watcher = '';

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'accounts-'));
    closers.push(() => rm(folder, { recursive: true, force: true }));
    database = await startTestDatabase({ template: { name: 'hub', prepare: async (url) => void (await migrate(url)) } });
    closers.push(() => database.stop());
    pool = new pg.Pool({ connectionString: database.url, max: 10 });
    pool.on('error', () => undefined);
    closers.push(() => pool.end());
    [first, second] = [await Shop.open(folder), await Shop.open(folder)];
    closers.push(
      () => first.sandbox.close(),
      () => second.sandbox.close(),
    );
    const media = new MediaStore(pool, join(folder, 'media'));
    products = new ProductService(pool);
    await loadDemoCatalog(products, media, { seed: 1, products: CARDS });
    skus = (await pool.query<{ sku: string }>('SELECT sku FROM product ORDER BY id')).rows.map(({ sku }) => sku);
    const pictures = await servePictures(media);
    closers.push(pictures.close);
    vault = new Vault({ id: 'test', bytes: randomBytes(32) });
    mine = await connect(first, KEY_A, 'auto', 'ООО «Ромашка»');
    other = await connect(second, KEY_A, 'auto', 'ИП Сидоров');
    const process = () =>
      new AccountLoops({
        ...{ pool, databaseUrl: database.url, registry: knownChannels(), vault, dataDir: folder, pass: passOn, sabotage: new Set(), hooksUrl: undefined },
        log: createLogger({ level: 'silent', name: 'test' }),
        pictures: new PublicPictures(pictures.url, undefined),
      });
    processes.push(process());
    processes[0]?.start();
    await until(async () => (await inSync(mine)) === CARDS && (await inSync(other)) === CARDS, 'both cabinets in sync');
    await setPolicy(pool, other, all('observe'), by());
    processes.push(process());
    processes[1]?.start();
    watcher = await connect(first, KEY_B, 'observe', 'ООО «Ромашка»');
    await until(async () => (await inSync(watcher)) === CARDS, 'the second key sees the cards');
  }, 240_000);
  afterAll(async () => {
    for (const process of processes) await process.stop();
    for (const close of closers.reverse()) await close();
  });

  const by = () => ({ author: 'owner', now: Date.now() });
  const connect = (shop: Shop, apiKey: string, mode: PolicyMode, legalEntity: string) =>
    inTransaction(pool, (client) =>
      storeAccount(client, vault, {
        ...{ module: ozon, title: `Ozon ${legalEntity} ${apiKey}`, legalEntity, credentials: shop.credentials(apiKey) },
        ...{ clockUrl: `${shop.sandbox.url}/_control/clock`, modes: all(mode) },
      }),
    );
  const inSync = async (accountId: string) =>
    (await pool.query<{ n: number }>(`SELECT count(*)::integer AS n FROM listing WHERE account_id = $1 AND state = 'in_sync'`, [accountId])).rows[0]?.n;
  const titleOf = async (accountId: string, sku: string) =>
    (
      await pool.query<{ told: string }>(
        `SELECT f.state || ' ' || coalesce(f.reason, '') AS told FROM listing_facet f JOIN listing l ON l.id = f.listing_id WHERE l.account_id = $1 AND l.key = $2 AND f.facet = 'title'`,
        [accountId, sku],
      )
    ).rows[0]?.told;
  const drifts = async (accountId: string) =>
    (
      await pool.query<{ told: string }>(
        `SELECT l.key || ' ' || d.facet || ' ' || d.state AS told FROM drift d JOIN listing l ON l.id = d.listing_id WHERE d.account_id = $1 AND d.kind <> 'orphan' ORDER BY d.id`,
        [accountId],
      )
    ).rows.map(({ told }) => told);
  const owned = (process: number) =>
    processes[process]
      ?.health()
      .map(({ accountId }) => accountId)
      .sort();
  const until = async (done: () => Promise<boolean>, what: string): Promise<void> => {
    const end = performance.now() + 120_000;
    for (;;) {
      if (await done()) return;
      if (performance.now() > end) throw new Error(`${what}: not within two minutes`);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  };
  const writers = async (shop: Shop, after: number) => (await shop.ledger(after)).map(({ key, offer_id }) => `${key} ${offer_id}`);

  it('are run by one process where they share limits, and share one budget then', () => {
    expect(owned(0)).toEqual([mine, other, watcher].sort());
    expect(owned(1)).toEqual([]);
  });

  it('a drift is repaired in the cabinet that has it, under its own policy, and nowhere else', async () => {
    const [sku = ''] = skus;
    const right = await first.title(sku);
    const from = [await first.lastWrite(), await second.lastWrite()] as const;
    await Promise.all([first.retitle(sku, 'Чужое название в первом'), second.retitle(sku, 'Чужое название во втором')]);
    await until(async () => (await drifts(mine)).includes(`${sku} title healed`) && (await titleOf(other, sku)) === 'held policy', 'healed here, held there');
    expect([await first.title(sku), await second.title(sku)]).toEqual([right, 'Чужое название во втором']);
    await until(async () => (await inSync(watcher)) === CARDS && (await inSync(mine)) === CARDS, 'both keys see it right');
    expect(await writers(first, from[0])).toEqual([`B ${sku}`, `A ${sku}`]);
    expect(await writers(second, from[1])).toEqual([`B ${sku}`]);
  }, 180_000);

  it('an edit of the catalog goes to the one that may write; the others hold it', async () => {
    const [, sku = ''] = skus;
    const from = [await first.lastWrite(), await second.lastWrite()] as const;
    const current = await products.read.get(sku);
    await products.patch(sku, { basedOn: current?.revision ?? 0, patch: { title: 'Новое название товара' }, author: 'owner', cause: { kind: 'person' } });
    await until(async () => (await first.title(sku)) === 'Новое название товара' && (await titleOf(other, sku)) === 'held policy', 'sent here, held there');
    await until(async () => (await inSync(watcher)) === CARDS && (await inSync(mine)) === CARDS, 'both keys see it');
    expect(await writers(first, from[0])).toEqual([`A ${sku}`]);
    expect(await writers(second, from[1])).toEqual([]);
    expect(await checkFacetRules(pool)).toEqual([]);
    expect([(await first.answers())['429'] ?? 0, (await second.answers())['429'] ?? 0]).toEqual([0, 0]);
  }, 180_000);
});

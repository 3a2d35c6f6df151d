import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import pg from 'pg';
import { MediaStore, ProductService } from '#catalog';
import { wildberries } from '#channels/wildberries';
import { loadDemoCatalog } from '#demo';
import { addAccount, loadAccount, raiseEpoch, ReferenceCache } from '#listings';
import { createHttpClient } from '#platform';
import { AccountBudget, AccountRunner, inTransaction, passOn } from '#reconcile';
import { pictureFetcher } from '../apps/hub/lanes/seen-pictures.js';
import { migrate } from '../apps/hub/start/migrations.js';
import { startTestDatabase } from './harness/test-database.js';
import { wildberriesWorld, type WildberriesWorld } from './sandbox-wildberries-world.js';
import { servePictures } from './serve-pictures.js';
import { WaitedClock } from './waited-clock.js';

const START = Date.parse('2026-11-22T06:00:00Z');
const PRODUCTS = 6;
const MINUTE = 60_000;

/** Time that passes in the market when it passes here. */
class SharedClock extends WaitedClock {
  constructor(private readonly world: WildberriesWorld) {
    super(START);
  }

  override async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    await super.sleep(ms, signal);
    await this.world.jump(ms / 1000);
  }
}

const closers: (() => Promise<unknown>)[] = [];
let world: WildberriesWorld;
let pool: pg.Pool;
let runner: AccountRunner;
let clock: SharedClock;
beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'wildberries-hub-'));
  closers.push(() => rm(folder, { recursive: true, force: true }));
  const database = await startTestDatabase({ template: { name: 'hub', prepare: async (url) => void (await migrate(url)) } });
  closers.push(() => database.stop());
  pool = new pg.Pool({ connectionString: database.url, max: 6 });
  pool.on('error', () => undefined);
  closers.push(() => pool.end());
  const media = new MediaStore(pool, join(folder, 'media'));
  await loadDemoCatalog(new ProductService(pool), media, { seed: 1, products: PRODUCTS });
  const pictures = await servePictures(media);
  closers.push(pictures.close);
  world = await wildberriesWorld();
  closers.push(() => world.close());
  clock = new SharedClock(world);
  const { body: connection } = await world.control<{ token: string; baseUrl: string }>('/connection');
  const modes = Object.fromEntries(wildberries.descriptor.facets.map((facet) => [facet, 'auto' as const]));
  const accountId = await inTransaction(pool, (client) => addAccount(client, { channel: 'wildberries', title: 'WB', credentials: '', modes }));
  const account = await loadAccount(pool, accountId);
  if (!account) throw new Error('no account');
  const http = createHttpClient({ allowPrivate: [new URL(world.url).host], maxBytes: 64 * 1024 * 1024 });
  const budget = new AccountBudget(wildberries.descriptor.buckets, clock);
  const end = new AbortController();
  const told = (fields: object, message: string) => process.stderr.write(`${message} ${JSON.stringify(fields).slice(0, 500)}\n`);
  const onBrokenContract = (error: Error) => {
    throw error;
  };
  runner = new AccountRunner(
    {
      ...{ pool, account, module: wildberries, clock, budget, signal: end.signal, pass: passOn, sabotage: new Set() },
      epoch: await raiseEpoch(pool, accountId),
      channel: wildberries.connect(connection, { http, budget, clock, onBrokenContract }),
      references: new ReferenceCache(pool, 'wildberries'),
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

async function until(done: () => Promise<boolean>, what: string): Promise<void> {
  for (let left = 60; left > 0; left -= 1) {
    for (const lane of ['plan', 'sweep', 'pictures', 'repair'] as const) await runner.nudge(lane, lane === 'sweep');
    await clock.sleep(MINUTE);
    if (await done()) return;
  }
  throw new Error(`${what} did not happen: ${JSON.stringify(await open())}`);
}

it('is filled from a catalog, and what gremlins do to it is put right', async () => {
  const cards = async (): Promise<number> => (await world.control<{ cards: number }>('/health')).body.cards;
  await until(async () => (await cards()) === PRODUCTS && (await open()).length === 0, 'first sync');
  const scrambled = await world.control<{ injected: { kind: string }[] }>('/gremlins', {
    seed: 3,
    cards: 4,
    kinds: ['price', 'text-changed', 'photo-lost', 'not-buyable'],
    at_least_each: 1,
  });
  expect(scrambled.body.injected).toHaveLength(4);
  const restored = async (): Promise<boolean> => {
    const { injected } = (await world.control<{ injected: { restored: boolean; stayed: boolean }[] }>('/injected')).body;
    return injected.every((one) => one.restored && one.stayed);
  };
  await until(async () => (await restored()) && (await open()).length === 0, 'repair');
  const { answers } = (await world.control<{ answers: Record<string, number> }>('/stats')).body;
  expect(answers['429'] ?? 0).toBe(0);
}, 120_000);

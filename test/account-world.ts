import { createServer } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { FACETS, type Facet } from '#channels/contract';
import { MediaStore, ProductService } from '#catalog';
import { ozon } from '#channels/ozon';
import { loadDemoCatalog } from '#demo';
import { addAccount, FollowedClock, loadAccount, parseClock, raiseEpoch, ReferenceCache, type PolicyMode } from '#listings';
import { createHttpClient } from '#platform';
import { AccountBudget, AccountRunner, checkFacetRules, inTransaction, passOn, type AccountContext, type Lane, type Sabotage } from '#reconcile';
import { migrate } from '../apps/hub/start/migrations.js';
import { pictureFetcher } from '../apps/hub/lanes/seen-pictures.js';
import { startSandbox } from '../apps/sandbox/start.js';
import { CLIENT_ID, KEY_A, KEY_B } from './ozon-world.js';
import { startTestDatabase } from './harness/test-database.js';

export interface AccountWorldOptions {
  readonly products?: number;
  readonly mode?: PolicyMode;
  readonly cabinet?: object;
  readonly sabotage?: Sabotage;
  readonly scale?: number;
}

/** One account with its loops, over a real database and a real (simulated) marketplace, driven step by step on the channel's clock. */
export class AccountWorld {
  readonly modes: Partial<Record<Facet, PolicyMode>>;

  private constructor(
    readonly pool: pg.Pool,
    readonly products: ProductService,
    readonly media: MediaStore,
    readonly runner: AccountRunner,
    readonly context: AccountContext,
    readonly sandboxUrl: string,
    private readonly clock: FollowedClock,
    private readonly closers: (() => Promise<unknown>)[],
    mode: PolicyMode,
  ) {
    this.modes = Object.fromEntries(FACETS.map((facet) => [facet, mode]));
  }

  static async open(options: AccountWorldOptions = {}): Promise<AccountWorld> {
    const closers: (() => Promise<unknown>)[] = [];
    const dataDir = await mkdtemp(join(tmpdir(), 'account-world-'));
    closers.push(() => rm(dataDir, { recursive: true, force: true }));
    const database = await startTestDatabase({ template: { name: 'hub', prepare: async (url) => void (await migrate(url)) } });
    closers.push(() => database.stop());
    const pool = new pg.Pool({ connectionString: database.url, max: 8 });
    pool.on('error', () => undefined);
    closers.push(() => pool.end());
    const media = new MediaStore(pool, join(dataDir, 'media'));
    const products = new ProductService(pool);
    await loadDemoCatalog(products, media, { seed: 1, products: options.products ?? 50 });
    const pictures = await servePictures(media);
    closers.push(pictures.close);
    const sandbox = await startSandbox({ port: 0, dataDir: join(dataDir, 'sandbox'), seed: 7, scale: options.scale ?? 20 });
    closers.push(() => sandbox.close());
    if (options.cabinet) await control(sandbox.url, 'POST', '/seed', { cabinet: options.cabinet });
    const mode = options.mode ?? 'auto';
    const accountId = await inTransaction(pool, (client) =>
      addAccount(client, { channel: 'ozon', title: 'Demo', credentials: '', clockUrl: `${sandbox.url}/_control/clock`, modes: Object.fromEntries(FACETS.map((facet) => [facet, mode])) }),
    );
    const account = await loadAccount(pool, accountId);
    if (!account) throw new Error('no account');
    const first = parseClock(await control(sandbox.url, 'GET', '/clock'));
    if (!first) throw new Error('no clock');
    const clock = new FollowedClock(first);
    const end = new AbortController();
    const http = createHttpClient({ allowPrivate: [new URL(sandbox.url).host], maxBytes: 64 * 1024 * 1024 });
    const budget = new AccountBudget(ozon.descriptor.buckets, clock);
    const told = new Set<string>();
    const loud = (fields: object, message: string) => {
      const line = `${message} ${JSON.stringify(fields).slice(0, 1_500)}\n`;
      if (told.size < 20 && !told.has(line)) process.stderr.write(line);
      told.add(line);
    };
    const context: AccountContext = {
      pool,
      account,
      epoch: await raiseEpoch(pool, accountId),
      module: ozon,
      channel: ozon.connect({ clientId: CLIENT_ID, apiKey: KEY_A, baseUrl: `${sandbox.url}/ozon` }, { http, budget, clock, onBrokenContract: (error) => loud({ error: error.message }, 'broken contract') }),
      clock,
      budget,
      references: new ReferenceCache(pool, 'ozon'),
      log: { info: () => undefined, warn: loud, error: loud },
      signal: end.signal,
      pass: passOn,
      sabotage: options.sabotage ?? new Set(),
      fetchPicture: pictureFetcher(http, dataDir),
      freshPictureUrl: (digest) => `${pictures.url}/${digest}-${randomBytes(4).toString('hex')}.jpg`,
    };
    const runner = new AccountRunner(context, () => undefined);
    closers.push(async () => {
      end.abort(new Error('the world ends'));
      await runner.stop();
    });
    return new AccountWorld(pool, products, media, runner, context, sandbox.url, clock, closers, mode);
  }

  control<T = Record<string, unknown>>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<T> {
    return control<T>(this.sandboxUrl, method, path, body);
  }

  /** A call to the marketplace's own API by the second key: another integration at work. */
  async otherIntegration(path: string, body: unknown): Promise<unknown> {
    const answer = await fetch(`${this.sandboxUrl}/ozon${path}`, {
      method: 'POST',
      headers: { 'Client-Id': CLIENT_ID, 'Api-Key': KEY_B, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return answer.json();
  }

  /** Moves the channel's time on. */
  async jump(seconds: number): Promise<void> {
    const next = parseClock(await this.control('POST', '/clock', { jump_seconds: seconds }));
    if (next) this.clock.follow(next);
  }

  async lane(lane: Lane, force = false): Promise<void> {
    await this.runner.nudge(lane, force);
  }

  /** Listings by state. */
  async counts(): Promise<Record<string, number>> {
    const { rows } = await this.pool.query<{ state: string; n: number }>('SELECT state, count(*)::integer AS n FROM listing GROUP BY state');
    return Object.fromEntries(rows.map((row) => [row.state, row.n]));
  }

  /** Runs rounds of all loops, a minute of channel time apart, until `done` or the rounds are used up. */
  async until(done: () => Promise<boolean>, what: string, rounds = 60): Promise<void> {
    for (let round = 0; round < rounds; round++) {
      for (const lane of ['plan', 'sweep', 'pictures', 'repair'] as const) await this.lane(lane, lane === 'sweep');
      if (await done()) return;
      await this.jump(60);
    }
    throw new Error(`${what} did not happen: ${JSON.stringify(await this.counts())} ${JSON.stringify(await this.openRows())}`);
  }

  async untilInSync(listings: number): Promise<void> {
    await this.until(async () => (await this.counts())['in_sync'] === listings, `${listings} listings in sync`);
  }

  /** Facet rows that are not at rest, for a failing test to show. */
  async openRows(): Promise<unknown[]> {
    const { rows } = await this.pool.query(
      `SELECT l.key, f.facet, f.part, f.state, f.reason, f.intent_id, f.attempts, d.body AS live FROM listing_facet f JOIN listing l ON l.id = f.listing_id
       LEFT JOIN observed_document d ON d.listing_id = f.listing_id AND d.facet = f.facet AND d.part = f.part
       WHERE f.state <> 'in_sync' ORDER BY l.key, f.facet LIMIT 30`,
    );
    return rows;
  }

  /** Every stored row obeys the state table. */
  breaches() {
    return checkFacetRules(this.pool);
  }

  async close(): Promise<void> {
    for (const close of this.closers.reverse()) await close();
  }
}

async function control<T>(base: string, method: 'GET' | 'POST', path: string, body?: unknown): Promise<T> {
  const answer = await fetch(`${base}/_control${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  if (!answer.ok) throw new Error(`control ${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}

async function servePictures(media: MediaStore): Promise<{ url: string; close: () => Promise<void> }> {
  const server = createServer((request, response) => {
    const digest = /\/([0-9a-f]{64})/.exec(request.url ?? '')?.[1] ?? '';
    media
      .openPicture(digest)
      .then((picture) => (picture ? picture.stream.pipe(response.writeHead(200, { 'content-type': picture.mime })) : response.writeHead(404).end()))
      .catch(() => response.writeHead(500).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => new Promise((resolve) => server.close(() => resolve())) };
}

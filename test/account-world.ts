import { mkdtemp, rm } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { FACETS, type ChannelModule, type Facet } from '#channels/contract';
import { MediaStore, ProductService, type ProductPatch } from '#catalog';
import { ozon } from '#channels/ozon';
import { loadDemoCatalog } from '#demo';
import { addAccount, FollowedClock, loadAccount, parseClock, raiseEpoch, ReferenceCache, type PolicyMode } from '#listings';
import { createHttpClient } from '#platform';
import { AccountBudget, AccountRunner, checkFacetRules, inTransaction, passOn, SpendRecord, type AccountContext, type Lane, type PassKillPoint, type Sabotage } from '#reconcile';
import { migrate } from '../apps/hub/start/migrations.js';
import { pictureFetcher } from '../apps/hub/lanes/seen-pictures.js';
import { ozon as market } from '../apps/sandbox/ozon/index.js';
import { startSandbox } from '../apps/sandbox/start.js';
import { CLIENT_ID, KEY_A } from './ozon-world.js';
import type { Place, StoredFacet } from './account-place.js';
import { control, MarketSide } from './market-side.js';
import { servePictures } from './serve-pictures.js';
import { startTestDatabase } from './harness/test-database.js';

export interface AccountWorldOptions {
  readonly products?: number;
  readonly mode?: PolicyMode;
  readonly cabinet?: object;
  readonly sabotage?: Sabotage;
  readonly scale?: number;
  /** How long a call to the marketplace may take. */
  readonly timeoutMs?: number;
  /** Expected trouble is not told. */
  readonly quiet?: boolean;
  readonly pass?: PassKillPoint;
  /** Stands in for the channel's own module. */
  readonly module?: ChannelModule;
}

interface Stage {
  readonly databaseUrl: string;
  readonly pool: pg.Pool;
  readonly products: ProductService;
  readonly media: MediaStore;
  readonly sandboxUrl: string;
  readonly pictureUrl: string;
  readonly dataDir: string;
  readonly clock: FollowedClock;
  readonly closers: (() => Promise<unknown>)[];
}

/** One account with its loops, over a real database and a real (simulated) marketplace, driven step by step on the channel's clock. */
export class AccountWorld extends MarketSide {
  private constructor(
    private readonly stage: Stage,
    readonly context: AccountContext,
    readonly runner: AccountRunner,
    private readonly end: AbortController,
    private readonly lost: { happened: boolean },
  ) {
    super();
  }

  get pool(): pg.Pool {
    return this.stage.pool;
  }

  get products(): ProductService {
    return this.stage.products;
  }

  get sandboxUrl(): string {
    return this.stage.sandboxUrl;
  }

  get accountId(): string {
    return this.context.account.id;
  }

  /** Another process took the account. */
  get lostOwnership(): boolean {
    return this.lost.happened;
  }

  /** Who steers, and when, on the account's clock. */
  get by(): { author: string; now: number } {
    return { author: 'test', now: this.stage.clock.now() };
  }

  static async open(options: AccountWorldOptions = {}): Promise<AccountWorld> {
    const closers: (() => Promise<unknown>)[] = [];
    const dataDir = await mkdtemp(join(tmpdir(), 'account-world-'));
    closers.push(() => rm(dataDir, { recursive: true, force: true }));
    const database = await startTestDatabase({ template: { name: 'hub', prepare: async (url) => void (await migrate(url)) } });
    closers.push(() => database.stop());
    const pool = new pg.Pool({ connectionString: database.url, max: 10 });
    pool.on('error', () => undefined);
    closers.push(() => pool.end());
    const media = new MediaStore(pool, join(dataDir, 'media'));
    const products = new ProductService(pool);
    if (options.products !== 0) await loadDemoCatalog(products, media, { seed: 1, products: options.products ?? 50 });
    const pictures = await servePictures(media);
    closers.push(pictures.close);
    const sandbox = await startSandbox({ port: 0, dataDir: join(dataDir, 'sandbox'), seed: 7, scale: options.scale ?? 20, markets: [market] });
    closers.push(() => sandbox.close());
    if (options.cabinet) await control(sandbox.url, 'POST', '/seed', { cabinet: options.cabinet });
    const first = parseClock(await control(sandbox.url, 'GET', '/clock'));
    if (!first) throw new Error('no clock');
    const stage: Stage = { databaseUrl: database.url, pool, products, media, sandboxUrl: sandbox.url, pictureUrl: pictures.url, dataDir, clock: new FollowedClock(first), closers };
    return AccountWorld.account(stage, options);
  }

  /** Runs an account of another process's world in this one. */
  static async attach(place: Place, options: AccountWorldOptions): Promise<AccountWorld> {
    const pool = new pg.Pool({ connectionString: place.databaseUrl, max: 10 });
    pool.on('error', () => undefined);
    const clock = parseClock(await control(place.sandboxUrl, 'GET', '/clock'));
    if (!clock) throw new Error('no clock');
    const stage: Stage = {
      ...place,
      pool,
      products: new ProductService(pool),
      media: new MediaStore(pool, join(place.dataDir, 'media')),
      clock: new FollowedClock(clock),
      closers: [() => pool.end()],
    };
    return AccountWorld.owner(stage, place.accountId, options);
  }

  get place(): Place {
    const { databaseUrl, sandboxUrl, pictureUrl, dataDir } = this.stage;
    return { databaseUrl, sandboxUrl, pictureUrl, dataDir, accountId: this.accountId };
  }

  private static async account(stage: Stage, options: AccountWorldOptions): Promise<AccountWorld> {
    const mode = options.mode ?? 'auto';
    const accountId = await inTransaction(stage.pool, (client) =>
      addAccount(client, {
        channel: 'ozon',
        title: 'Demo',
        credentials: '',
        clockUrl: `${stage.sandboxUrl}/_control/clock`,
        modes: Object.fromEntries(FACETS.map((facet) => [facet, mode])),
      }),
    );
    return AccountWorld.owner(stage, accountId, options);
  }

  private static async owner(stage: Stage, accountId: string, options: AccountWorldOptions): Promise<AccountWorld> {
    const { pool, clock, dataDir, sandboxUrl } = stage;
    const account = await loadAccount(pool, accountId);
    if (!account) throw new Error('no account');
    const end = new AbortController();
    const http = createHttpClient({ allowPrivate: [new URL(sandboxUrl).host], maxBytes: 64 * 1024 * 1024, ...(options.timeoutMs ? { timeoutMs: options.timeoutMs } : {}) });
    const epoch = await raiseEpoch(pool, accountId);
    const budget = new AccountBudget(ozon.descriptor.buckets, clock, new SpendRecord(pool, accountId, epoch));
    const told = new Set<string>();
    const loud = (fields: object, message: string) => {
      const line = `${message} ${JSON.stringify(fields).slice(0, 1_500)}\n`;
      if (!options.quiet && told.size < 20 && !told.has(line)) process.stderr.write(line);
      told.add(line);
    };
    const sabotage: Sabotage = options.sabotage ?? new Set();
    const unbounded = { take: () => Promise.resolve(), block: () => undefined, learn: () => undefined };
    const context: AccountContext = {
      pool,
      account,
      epoch,
      module: options.module ?? ozon,
      channel: ozon.connect(
        { clientId: CLIENT_ID, apiKey: KEY_A, baseUrl: `${sandboxUrl}/ozon` },
        { http, budget: sabotage.has('budget') ? unbounded : budget, clock, onBrokenContract: (error) => loud({ error: error.message }, 'broken contract') },
      ),
      clock,
      budget,
      references: new ReferenceCache(pool, 'ozon'),
      log: { info: () => undefined, warn: loud, error: loud },
      signal: end.signal,
      pass: options.pass ?? passOn,
      sabotage,
      fetchPicture: pictureFetcher(http, dataDir),
      freshPictureUrl: (digest) => `${stage.pictureUrl}/${digest}-${randomBytes(4).toString('hex')}.jpg`,
    };
    const lost = { happened: false };
    const runner = new AccountRunner(context, () => {
      lost.happened = true;
    });
    const world = new AccountWorld(stage, context, runner, end, lost);
    stage.closers.push(() => world.stop());
    return world;
  }

  /** A second account on the same marketplace cabinet and catalog, its loops at their beginning. */
  join(options: AccountWorldOptions = {}): Promise<AccountWorld> {
    return AccountWorld.account(this.stage, options);
  }

  /** Another process that takes this account over, while this one may still be at work. */
  successor(options: AccountWorldOptions = {}): Promise<AccountWorld> {
    return AccountWorld.owner(this.stage, this.accountId, options);
  }

  /** Stops this account's loops; what is in flight is abandoned. */
  async stop(): Promise<void> {
    this.end.abort(new Error('the world ends'));
    await this.runner.stop();
  }

  /** Moves the channel's time on. */
  async jump(seconds: number): Promise<void> {
    const next = parseClock(await this.control('POST', '/clock', { jump_seconds: seconds }));
    if (next) this.stage.clock.follow(next);
  }

  async lane(lane: Lane, force = false): Promise<void> {
    await this.runner.nudge(lane, force);
  }

  /** Listings by state. */
  async counts(): Promise<Record<string, number>> {
    const { rows } = await this.pool.query<{ state: string; n: number }>('SELECT state, count(*)::integer AS n FROM listing WHERE account_id = $1 GROUP BY state', [
      this.accountId,
    ]);
    return Object.fromEntries(rows.map((row) => [row.state, row.n]));
  }

  /** Runs rounds of all loops, a minute of channel time apart, until `done` or the rounds are used up. */
  async until(done: () => Promise<boolean>, what: string, rounds = 60): Promise<void> {
    for (let round = 0; round < rounds; round++) {
      await this.round();
      if (await done()) return;
      await this.jump(60);
    }
    throw new Error(`${what} did not happen: ${JSON.stringify(await this.counts())} ${JSON.stringify(await this.openRows())}`);
  }

  async untilInSync(listings: number): Promise<void> {
    await this.until(async () => (await this.counts())['in_sync'] === listings, `${listings} listings in sync`);
  }

  async openRows(): Promise<unknown[]> {
    const { rows } = await this.pool.query(
      `SELECT l.key, f.facet, f.part, f.state, f.reason, f.intent_id, f.attempts, d.body AS live FROM listing_facet f JOIN listing l ON l.id = f.listing_id
       LEFT JOIN observed_document d ON d.listing_id = f.listing_id AND d.facet = f.facet AND d.part = f.part
       WHERE f.state <> 'in_sync' AND f.account_id = $1 ORDER BY l.key, f.facet LIMIT 30`,
      [this.accountId],
    );
    return rows;
  }

  /** One round of all loops. */
  async round(): Promise<void> {
    for (const lane of ['plan', 'sweep', 'pictures', 'repair'] as const) await this.lane(lane, lane === 'sweep');
  }

  /** Rounds a minute of channel time apart. */
  async rounds(count: number, seconds = 60): Promise<void> {
    for (let round = 0; round < count; round++) {
      await this.round();
      await this.jump(seconds);
    }
  }

  /** Article numbers in the order of the catalog. */
  async skus(): Promise<string[]> {
    const { rows } = await this.pool.query<{ sku: string }>('SELECT sku FROM product ORDER BY id');
    return rows.map((row) => row.sku);
  }

  /** A master edit of some fields, as a person makes it. */
  async edit(sku: string, patch: ProductPatch, approved = true): Promise<number> {
    const current = await this.products.read.get(sku);
    if (!current) throw new Error(`no product ${sku}`);
    const saved = await this.products.patch(sku, { basedOn: current.revision, patch, author: 'test', cause: { kind: 'person' }, draft: !approved });
    return saved.revision;
  }

  /** Rows of one facet of one card. */
  async facet(key: string, facet: Facet): Promise<StoredFacet> {
    const { rows } = await this.pool.query<StoredFacet>(
      `SELECT f.state, f.reason, f.due_at, f.drift_id, f.attempts FROM listing_facet f JOIN listing l ON l.id = f.listing_id
       WHERE l.account_id = $1 AND l.key = $2 AND f.facet = $3 ORDER BY f.part LIMIT 1`,
      [this.accountId, key, facet],
    );
    if (!rows[0]) throw new Error(`no facet ${facet} of ${key}`);
    return rows[0];
  }

  async listingId(key: string): Promise<string> {
    const { rows } = await this.pool.query<{ id: string }>('SELECT id FROM listing WHERE account_id = $1 AND key = $2', [this.accountId, key]);
    return rows[0]?.id ?? '';
  }

  async drifts(): Promise<{ key: string; facet: Facet; kind: string; cause: string; state: string; reason: string | null; repairs: number }[]> {
    const { rows } = await this.pool.query(
      'SELECT l.key, d.facet, d.kind, d.cause, d.state, d.reason, d.repairs FROM drift d JOIN listing l ON l.id = d.listing_id WHERE d.account_id = $1 ORDER BY d.id',
      [this.accountId],
    );
    return rows;
  }

  /** Every stored row obeys the state table. */
  breaches() {
    return checkFacetRules(this.pool);
  }

  async close(): Promise<void> {
    for (const close of this.stage.closers.reverse()) await close();
  }
}

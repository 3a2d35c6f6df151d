import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { MediaStore, ProductService } from '#catalog';
import type { ChannelModule, HintAddress, HttpPort } from '#channels/contract';
import { loadDemoCatalog } from '#demo';
import { addAccount, loadAccount, raiseEpoch, ReferenceCache } from '#listings';
import { createHttpClient } from '#platform';
import { AccountBudget, AccountRunner, inTransaction, passOn, type AccountContext } from '#reconcile';
import { pictureFetcher } from '../apps/hub/lanes/seen-pictures.js';
import { migrate } from '../apps/hub/start/migrations.js';
import { startTestDatabase } from './harness/test-database.js';
import { servePictures } from './serve-pictures.js';
import { WaitedClock } from './waited-clock.js';

const START = Date.parse('2026-11-22T06:00:00Z');
const MINUTE = 60_000;

/** What every simulated market lets a test do. */
export interface MarketWorld {
  readonly url: string;
  control<T>(path: string, body?: object): Promise<{ readonly body: T }>;
  jump(seconds: number): Promise<unknown>;
  close(): Promise<unknown>;
}

export interface MarketAccountOptions {
  readonly products: number;
  /** Rounds after which what is waited for will not happen any more. */
  readonly patience?: number;
  /** Where the market may deliver word of changes. */
  readonly hintAddress?: (pool: pg.Pool, accountId: string) => Promise<HintAddress>;
  /** Another hub with a catalog of its own, shown the market that this account is on: its time is that one's. */
  readonly beside?: MarketAccount;
  /** Stands between the channel and its market. */
  readonly through?: (request: HttpPort['request'], account: () => MarketAccount) => HttpPort['request'];
}

/** Time that passes in the market when it passes here. */
class SharedClock extends WaitedClock {
  constructor(private readonly world: MarketWorld) {
    super(START);
  }

  override async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    await super.sleep(ms, signal);
    await this.world.jump(ms / 1000);
  }
}

/** One account with all its loops and every facet in our hands, over a real database and a simulated market, driven round by round. */
export class MarketAccount {
  private constructor(
    readonly pool: pg.Pool,
    readonly products: ProductService,
    readonly clock: WaitedClock,
    readonly context: AccountContext,
    readonly runner: AccountRunner,
    readonly accountId: string,
    readonly media: MediaStore,
    readonly dataDir: string,
    private readonly world: MarketWorld,
    private readonly options: MarketAccountOptions,
    private readonly closers: (() => Promise<unknown>)[],
  ) {}

  static async open(module: ChannelModule, world: MarketWorld, options: MarketAccountOptions): Promise<MarketAccount> {
    const { id } = module.descriptor;
    const closers: (() => Promise<unknown>)[] = options.beside ? [] : [() => world.close()];
    const folder = await mkdtemp(join(tmpdir(), `${id}-account-`));
    closers.push(() => rm(folder, { recursive: true, force: true }));
    const database = await startTestDatabase({ template: { name: 'hub', prepare: async (url) => void (await migrate(url)) } });
    closers.push(() => database.stop());
    const pool = new pg.Pool({ connectionString: database.url, max: 6 });
    pool.on('error', () => undefined);
    closers.push(() => pool.end());
    const media = new MediaStore(pool, join(folder, 'media'));
    const products = new ProductService(pool);
    if (options.products > 0) await loadDemoCatalog(products, media, { seed: 1, products: options.products });
    const pictures = await servePictures(media);
    closers.push(pictures.close);

    const clock = options.beside?.clock ?? new SharedClock(world);
    const { body: connection } = await world.control<Record<string, string>>('/connection');
    const modes = Object.fromEntries(module.descriptor.facets.map((facet) => [facet, 'auto' as const]));
    const accountId = await inTransaction(pool, (client) => addAccount(client, { channel: id, title: id, credentials: '', modes }));
    const account = await loadAccount(pool, accountId);
    if (!account) throw new Error('no account');
    const http = createHttpClient({ allowPrivate: [new URL(world.url).host], maxBytes: 64 * 1024 * 1024 });
    const plain: HttpPort['request'] = (call) => http.request(call);
    const request: HttpPort['request'] = options.through?.(plain, () => opened) ?? plain;
    const budget = new AccountBudget(module.descriptor.buckets, clock);
    const end = new AbortController();
    const told = (fields: object, message: string) => process.stderr.write(`${message} ${JSON.stringify(fields).slice(0, 500)}\n`);
    const onBrokenContract = (error: Error) => {
      throw error;
    };
    const context: AccountContext = {
      ...{ pool, account, module, clock, budget, signal: end.signal, pass: passOn, sabotage: new Set() },
      epoch: await raiseEpoch(pool, accountId),
      channel: module.connect(connection, { http: { request }, budget, clock, onBrokenContract }),
      references: new ReferenceCache(pool, id),
      log: { info: () => undefined, warn: told, error: told },
      fetchPicture: pictureFetcher(http, folder),
      freshPictureUrl: (digest) => `${pictures.url}/${digest}-${randomBytes(4).toString('hex')}.jpg`,
      ...(options.hintAddress === undefined ? {} : { hintAddress: await options.hintAddress(pool, accountId) }),
    };
    const runner = new AccountRunner(context, () => undefined);
    closers.push(async () => {
      end.abort(new Error('the test ends'));
      await runner.stop();
    });
    const opened: MarketAccount = new MarketAccount(pool, products, clock, context, runner, accountId, media, folder, world, options, closers);
    return opened;
  }

  async close(): Promise<void> {
    for (const close of this.closers.reverse()) await close();
  }

  /** Facets that are not in sync. */
  async open(): Promise<string[]> {
    const { rows } = await this.pool.query<{ row: string }>(
      `SELECT l.key || ' ' || f.facet || ' ' || f.state || ' ' || coalesce(f.reason, '') AS row FROM listing_facet f JOIN listing l ON l.id = f.listing_id
       WHERE f.state <> 'in_sync' ORDER BY 1`,
    );
    return rows.map((one) => one.row);
  }

  async round(step = MINUTE): Promise<void> {
    for (const lane of ['plan', 'sweep', 'pictures', 'repair'] as const) await this.runner.nudge(lane, lane === 'sweep');
    await this.clock.sleep(step);
  }

  async until(done: () => Promise<boolean>, what: string, step = MINUTE): Promise<void> {
    for (let left = this.options.patience ?? 60; left > 0; left -= 1) {
      await this.round(step);
      if (await done()) return;
    }
    throw new Error(`${what} did not happen: ${JSON.stringify(await this.open())}`);
  }

  /** Every drift there ever was, oldest first. */
  async drifts(): Promise<string[]> {
    const { rows } = await this.pool.query<{ told: string }>(`SELECT facet || ' ' || kind || ' ' || state AS told FROM drift ORDER BY id`);
    return rows.map((drift) => drift.told);
  }

  /** As many cards as this on the market, all of them right. */
  async inSync(cards = this.options.products): Promise<boolean> {
    return (await this.world.control<{ cards: number }>('/health')).body.cards === cards && (await this.open()).length === 0;
  }

  /** Everything that gremlins did was put right and stays so. */
  async restored(): Promise<boolean> {
    const { injected } = (await this.world.control<{ injected: { restored: boolean; stayed: boolean }[] }>('/injected')).body;
    return injected.every((one) => one.restored && one.stayed);
  }

  act(sku: string, action: string): Promise<unknown> {
    return this.world.control(`/cards/${sku}/${action}`, {});
  }

  /** The number of the newest entry of the market's ledger. */
  async lastWrite(): Promise<number> {
    return (await this.world.control<{ last_seq: number }>('/ledger?limit=1')).body.last_seq;
  }
}

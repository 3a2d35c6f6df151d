import type { ChannelModule } from '#channels/contract';
import { addAccount, loadAccount, raiseEpoch, ReferenceCache } from '#listings';
import { createHttpClient } from '#platform';
import { AccountBudget, AccountRunner, inTransaction, LANES, passOn } from '#reconcile';
import { pictureFetcher } from '../../apps/hub/lanes/seen-pictures.js';
import { cameBetween, type CountedMarket } from './counted-market.js';
import { LeapingClock } from './leaping-clock.js';
import type { PushGround } from './push-ground.js';
import { WatchedHttp } from './watched-http.js';

const ROUND_MS = 60_000;
const MOST_ROUNDS = 120;
/** No call is asked after more often than this. */
const TICK_MS = 5000;
const MOST_TICKS = 720;
/** Key and quotas are asked for so often; a push that falls between two such looks counts only its own requests. */
const HEALTH_MS = 15 * 60_000;

/** One account with its loops, over the simulated market and a real database, whose time leaps over every wait. */
export class PushAccount {
  private constructor(
    private readonly id: string,
    private readonly ground: PushGround,
    private readonly market: CountedMarket,
    private readonly clock: LeapingClock,
    private readonly runner: AccountRunner,
    private readonly end: () => Promise<void>,
  ) {}

  static async open(module: ChannelModule, market: CountedMarket, ground: PushGround): Promise<PushAccount> {
    const { pool, folder } = ground;
    const { id: channelId, facets, buckets } = module.descriptor;
    const client = createHttpClient({ allowPrivate: [new URL(market.url).host], maxBytes: 64 * 1024 * 1024 });
    const http = new WatchedHttp(client);
    const busy = () => http.busy() || pool.totalCount > pool.idleCount || pool.waitingCount > 0;
    const clock = new LeapingClock(await market.now(), { busy, goTo: (moment) => market.goTo(moment) });
    const budget = new AccountBudget(buckets, clock);
    const end = new AbortController();
    const fail = (fields: object, message: string): void => void process.stderr.write(`${channelId}: ${message} ${JSON.stringify(fields).slice(0, 300)}\n`);
    const modes = Object.fromEntries(facets.map((facet) => [facet, 'auto' as const]));
    const id = await inTransaction(pool, (db) => addAccount(db, { channel: channelId, title: channelId, credentials: '', modes }));
    const account = await loadAccount(pool, id);
    if (!account) throw new Error('The account of the bench is not there.');
    const onBrokenContract = (error: Error): never => {
      throw error;
    };
    const runner = new AccountRunner(
      {
        ...{ pool, account, module, clock, budget, signal: end.signal, pass: passOn, sabotage: new Set() },
        epoch: await raiseEpoch(pool, id),
        channel: module.connect(await market.connection(), { http, budget, clock, onBrokenContract }),
        references: new ReferenceCache(pool, `${channelId}:${id}`),
        log: { info: () => undefined, warn: fail, error: fail },
        fetchPicture: pictureFetcher(client, folder),
        freshPictureUrl: (digest) => ground.freshPictureUrl(digest),
      },
      () => undefined,
    );
    return new PushAccount(id, ground, market, clock, runner, async () => {
      end.abort(new Error('the bench ends'));
      await runner.stop();
      client.close();
    });
  }

  /** Lets all loops run until every card is there and shows what the catalog wants. Throws with what is not so when it does not come to that. */
  async inSync(): Promise<void> {
    for (let round = 0; round < MOST_ROUNDS; round++) {
      for (const lane of LANES) await this.runner.nudge(lane, lane === 'sweep');
      // As in the hub, repairs are looked at all the time: so it is learned how long calls take.
      for (let tick = 0; tick < ROUND_MS / TICK_MS; tick++) {
        await this.clock.sleep(TICK_MS);
        await this.runner.nudge('repair');
      }
      if ((await this.waiting('in_sync')) === 0 && (await this.market.cards()) === this.ground.goods.length) return;
    }
    const { rows } = await this.ground.pool.query<{ told: string }>(
      `SELECT facet || ' ' || state || ' ' || coalesce(reason, '') || ': ' || count(*) AS told FROM listing_facet WHERE account_id = $1 AND state <> 'in_sync' GROUP BY facet, state, reason`,
      [this.id],
    );
    throw new Error(`The cards do not get in sync: ${rows.map(({ told }) => told).join(', ')}`);
  }

  /** Sends everything that `change` makes the catalog want otherwise, until each call has come to its end; answers the requests that took, by method, as the market counted them. */
  async push(change: () => Promise<void>): Promise<ReadonlyMap<string, number>> {
    await this.clock.sleep(HEALTH_MS);
    await this.runner.nudge('repair');
    await change();
    const before = await this.market.came();
    await this.runner.nudge('plan');
    if ((await this.waiting('in_sync')) === 0) throw new Error('There is nothing to push.');
    for (let tick = 0; tick < MOST_TICKS; tick++) {
      await this.runner.nudge('repair');
      if ((await this.waiting('in_sync', 'settling')) === 0 && (await this.underway()) === 0) return cameBetween(before, await this.market.came());
      await this.clock.sleep(TICK_MS);
    }
    throw new Error('The push does not come to its end.');
  }

  close(): Promise<void> {
    return this.end();
  }

  /** Facets in another state than these. */
  private async waiting(...states: readonly string[]): Promise<number> {
    const { rows } = await this.ground.pool.query<{ n: number }>('SELECT count(*)::integer AS n FROM listing_facet WHERE account_id = $1 AND state <> ALL ($2)', [this.id, states]);
    return rows[0]?.n ?? 0;
  }

  private async underway(): Promise<number> {
    const { rows } = await this.ground.pool.query<{ n: number }>(
      `SELECT count(*)::integer AS n FROM push_intent WHERE account_id = $1 AND phase IN ('planned', 'sent', 'accepted', 'unknown')`,
      [this.id],
    );
    return rows[0]?.n ?? 0;
  }
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ProductInput } from '#catalog';
import { ozon } from '#channels/ozon';
import { ozon as market } from '../apps/sandbox/ozon/index.js';
import { startSandbox } from '../apps/sandbox/start.js';
import { storeGoods, writeAnew } from '../bench/counting/goods-written-anew.js';
import { MarketAccount, type MarketWorld } from './market-account.js';

/** More than fit into one batch. */
const CARDS = 130;
const TICK_MS = 5_000;
const QUESTION = '/v1/product/import/info';
/** Key and quotas are asked for so often: nobody asks within the time counted here. */
const HEALTH_MS = 15 * 60_000;

async function standingMarket(): Promise<MarketWorld> {
  const dataDir = await mkdtemp(join(tmpdir(), 'push-requests-'));
  const sandbox = await startSandbox({ port: 0, dataDir, seed: 7, scale: 0, markets: [market] });
  const call = async <T>(path: string, body?: object): Promise<{ readonly body: T }> => {
    const answer = await fetch(sandbox.url + path, body && { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return { body: (await answer.json()) as T };
  };
  return {
    url: sandbox.url,
    control: (path, body) => call(`/ozon/_control${path}`, body),
    jump: (seconds) => call('/_control/clock', { jump_seconds: seconds }),
    close: async () => {
      await sandbox.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

describe('everything of many cards written anew on Ozon', () => {
  let world: MarketWorld;
  let account: MarketAccount;
  let goods: readonly ProductInput[];
  beforeAll(async () => {
    world = await standingMarket();
    account = await MarketAccount.open(ozon, world, { products: 0 });
    goods = await storeGoods(account.products, account.media, CARDS);
    await account.until(() => account.inSync(CARDS), 'first sync');
  }, 180_000);
  afterAll(() => account.close());

  const came = async () => (await world.control<{ requests: Record<string, number> }>('/stats')).body.requests;
  const underway = async () => {
    const { rows } = await account.pool.query<{ n: number }>(
      `SELECT (SELECT count(*) FROM push_intent WHERE phase IN ('planned', 'sent', 'accepted', 'unknown'))::integer
            + (SELECT count(*) FROM listing_facet WHERE state NOT IN ('in_sync', 'settling'))::integer AS n`,
    );
    return rows[0]?.n ?? 0;
  };

  /** Sends what `change` makes the catalog want until every call has come to its end; answers the requests that took. */
  async function push(change: () => Promise<unknown>): Promise<Record<string, number>> {
    await change();
    const before = await came();
    await account.runner.nudge('plan');
    for (let ticks = 0; ticks < 100; ticks++) {
      await account.runner.nudge('repair');
      if ((await underway()) === 0) break;
      await account.clock.sleep(TICK_MS);
    }
    const grown = Object.entries(await came()).map(([path, n]) => [path, n - (before[path] ?? 0)] as const);
    return Object.fromEntries(grown.filter(([, n]) => n > 0));
  }

  async function resize(sku: string): Promise<void> {
    const current = await account.products.read.get(sku);
    await account.products.patch(sku, { basedOn: current?.revision ?? 0, patch: { weight: 4321 }, author: 'test', cause: { kind: 'person' } });
  }

  it('is read at once, sent in full batches, and each task is asked after when it is likely over', async () => {
    for (const { sku } of goods.slice(0, 4)) await push(() => resize(sku));
    await account.clock.sleep(HEALTH_MS);
    await account.runner.nudge('repair');
    const { [QUESTION]: questions = 0, ...asked } = await push(() => writeAnew(account.products, goods, 1));
    expect(asked).toEqual({ '/v4/product/info/attributes': 1, '/v3/product/import': 2, '/v2/products/stocks': 2 });
    // One for each task; one of them may be slow.
    expect(questions).toBeGreaterThanOrEqual(2);
    expect(questions).toBeLessThanOrEqual(3);
    await account.until(() => account.inSync(CARDS), 'all of it');
    expect(await account.drifts()).toEqual([]);
  }, 120_000);
});

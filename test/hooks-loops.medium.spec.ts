import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import pino from 'pino';
import { woocommerce } from '#channels/woocommerce';
import { ChannelRegistry } from '#listings';
import { loadSecretKey, Vault } from '#platform';
import { inTransaction, passOn, removeAccount } from '#reconcile';
import { storeAccount } from '../apps/hub/accounts/add-account.js';
import { hookAddress } from '../apps/hub/hooks/hook-address.js';
import { AccountLoops } from '../apps/hub/lanes/account-loops.js';
import { PublicPictures } from '../apps/hub/lanes/public-pictures.js';
import { migrate } from '../apps/hub/start/migrations.js';
import { startTestDatabase, type TestDatabase } from './harness/test-database.js';
import { wooWorld, type WooWorld } from './sandbox-woocommerce-world.js';

const HUB = 'https://hub.example/outside/';

describe('the account loops of a hub with an address outside', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'hooks-loops-'));
  const vault = new Vault(loadSecretKey({ dataDir, secrets: {} }));
  let database: TestDatabase;
  let pool: pg.Pool;
  let world: WooWorld;
  let accountId: string;
  beforeAll(async () => {
    world = await wooWorld({ limits: 'off' });
    database = await startTestDatabase({ template: { name: 'hub', prepare: async (url) => void (await migrate(url)) } });
    pool = new pg.Pool({ connectionString: database.url, max: 6 });
    pool.on('error', () => undefined);
    const { body: credentials } = await world.control<Record<string, string>>('/connection');
    accountId = await inTransaction(pool, (client) => storeAccount(client, vault, { module: woocommerce, title: 'Лавка', credentials, clockUrl: `${world.url}/_control/clock` }));
  }, 60_000);
  afterAll(async () => {
    await world.close();
    await pool.end();
    await database.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }, 60_000);

  async function targets(): Promise<string[]> {
    return (await world.api<{ delivery_url: string }[]>('/webhooks', { key: 'B' })).body.map((hook) => hook.delivery_url);
  }

  function loopsOf(hooksUrl: string | undefined): AccountLoops {
    return new AccountLoops({
      ...{ pool, databaseUrl: database.url, vault, dataDir, hooksUrl, pass: passOn, sabotage: new Set() },
      registry: new ChannelRegistry([woocommerce]),
      log: pino({ level: 'silent' }),
      pictures: new PublicPictures('http://127.0.0.1:1', undefined),
    });
  }

  async function until(webhooks: number): Promise<void> {
    for (let left = 400; left > 0 && (await targets()).length !== webhooks; left -= 1) {
      await pause(100);
      await world.jump(1);
    }
  }

  /** Runs the loops of one process until the shop has this many webhooks. */
  async function running(hooksUrl: string | undefined, webhooks: number): Promise<void> {
    const loops = loopsOf(hooksUrl);
    loops.start();
    await until(webhooks);
    await loops.stop();
  }

  it('make the webhooks of a site with a secret of its own, and take them away once there is no address', async () => {
    await running(HUB, 4);
    expect(new Set(await targets())).toEqual(new Set([`https://hub.example/outside/api/hooks/${accountId}`]));
    const { rows } = await pool.query<{ secret: string }>('SELECT secret FROM channel_hook');
    const { secret } = await hookAddress(pool, vault, accountId, HUB, 0);
    expect(secret).toMatch(/^[\w-]{43}$/);
    expect(rows[0]?.secret).not.toContain(secret);
    await running(undefined, 0);
    expect(await targets()).toEqual([]);
  }, 60_000);

  it('make a new secret where the old one cannot be opened any more', async () => {
    const first = await hookAddress(pool, vault, accountId, HUB, 0);
    expect(await hookAddress(pool, vault, accountId, HUB, 0)).toEqual(first);
    const other = new Vault(loadSecretKey({ dataDir: join(dataDir, 'other'), secrets: {} }));
    const second = await hookAddress(pool, other, accountId, HUB, 0);
    expect(second.url).toBe(first.url);
    expect(second.secret).not.toBe(first.secret);
    expect((await pool.query('SELECT state FROM channel_hook')).rows).toEqual([{ state: 'wanted' }]);
  }, 60_000);

  it('take the webhooks away with the account that a person let go of, and write nothing else', async () => {
    const loops = loopsOf(HUB);
    loops.start();
    await until(4);
    const { last_seq: before } = (await world.control<{ last_seq: number }>('/ledger?limit=1')).body;
    await removeAccount(pool, accountId, false, { author: 'test', now: Date.now() });
    await until(0);
    await loops.stop();
    expect(await targets()).toEqual([]);
    expect((await world.control<{ last_seq: number }>('/ledger?limit=1')).body.last_seq).toBe(before);
    expect((await pool.query('SELECT 1 FROM channel_account UNION ALL SELECT 1 FROM channel_hook')).rows).toEqual([]);
  }, 60_000);
});

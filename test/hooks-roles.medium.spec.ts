import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import pino from 'pino';
import { ProductService } from '#catalog';
import type { Facet } from '#channels/contract';
import { woocommerce } from '#channels/woocommerce';
import { ChannelRegistry } from '#listings';
import { loadConfig, loadSecretKey, projectRoot, Vault } from '#platform';
import { inTransaction } from '#reconcile';
import { storeAccount } from '../apps/hub/accounts/add-account.js';
import { migrate } from '../apps/hub/start/migrations.js';
import { type RunningHub, startHub } from '../apps/hub/start/start-hub.js';
import { ADMIN_PASSWORD } from './door-hub.js';
import { startTestDatabase, type TestDatabase } from './harness/test-database.js';
import { wooWorld, type Goods, type WooWorld } from './sandbox-woocommerce-world.js';

const SKU = 'ROLES-1';
const TITLE = 'Плед шерстяной';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const at = server.address();
  server.close();
  await once(server, 'close');
  return typeof at === 'object' && at !== null ? at.port : 0;
}

describe('a hub of two processes, and a site that tells of changes', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'hooks-roles-'));
  let world: WooWorld;
  let database: TestDatabase;
  let pool: pg.Pool;
  let door: RunningHub;
  let worker: ChildProcess;
  let account = '';
  let workerSaid = '';
  beforeAll(async () => {
    world = await wooWorld({ limits: 'off', cron_seconds: [3, 3] });
    database = await startTestDatabase({ template: { name: 'hub', prepare: async (url) => void (await migrate(url)) } });
    pool = new pg.Pool({ connectionString: database.url, max: 4 });
    pool.on('error', () => undefined);
    const port = await freePort();
    const settings = { NODE_ENV: 'test', DATA_DIR: dataDir, DATABASE_URL: database.url, PUBLIC_HOOKS_URL: `http://127.0.0.1:${port}`, ETALON_DEMO: 'off' };
    const config = loadConfig({ env: { ...settings, ROLE: 'api', PORT: String(port), ETALON_ADMIN_PASSWORD: ADMIN_PASSWORD, LOG_LEVEL: 'silent' } });
    door = await startHub({ config, logger: pino({ level: 'silent' }), channels: new ChannelRegistry([woocommerce]) });
    await new ProductService(pool).create(
      { sku: SKU, title: TITLE, category: 'Дом / Пледы', price: { minor: 150_000, currency: 'RUB' }, stock: { main: 3 } },
      { author: 'test', cause: { kind: 'person' } },
    );
    const { body: credentials } = await world.control<Record<string, string>>('/connection');
    const modes = Object.fromEntries(woocommerce.descriptor.facets.map((facet): [Facet, 'auto'] => [facet, 'auto']));
    account = await inTransaction(pool, (client) =>
      storeAccount(client, new Vault(loadSecretKey(config)), { module: woocommerce, title: 'Лавка', credentials, clockUrl: `${world.url}/_control/clock`, modes }),
    );
    worker = spawn(process.execPath, [join(projectRoot(), 'dist/apps/hub/main.js')], {
      env: { PATH: process.env['PATH'], ...settings, ROLE: 'worker', PORT: '0', LOG_LEVEL: 'warn' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [worker.stdout, worker.stderr]) stream?.on('data', (chunk: Buffer) => (workerSaid = `${workerSaid}${chunk.toString()}`.slice(-3_000)));
    await until(async () => (await webhooks()) === 4 && (await states()).join() === 'in_sync', 'the first sync', 1);
    await until(async () => (await count('sweep_hint')) === 0, 'the echoes of the first sync', 1);
  }, 180_000);
  afterAll(async () => {
    const ended = once(worker, 'exit');
    worker.kill('SIGTERM');
    const hard = setTimeout(() => worker.kill('SIGKILL'), 20_000);
    if (worker.exitCode === null) await ended;
    clearTimeout(hard);
    await door.stop();
    await pool.end();
    await world.close();
    await database.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }, 60_000);

  /** Channel time passes only by `seconds` a look. */
  async function until(done: () => Promise<boolean>, what: string, seconds: number): Promise<void> {
    for (let left = 600; left > 0; left -= 1) {
      if (await done()) return;
      if (worker.exitCode !== null) throw new Error(`The worker ended with ${worker.exitCode}: ${workerSaid}`);
      await pause(100);
      if (seconds > 0) await world.jump(seconds);
    }
    throw new Error(`${what} did not happen: ${JSON.stringify([await states(), await walks()])} ${workerSaid}`);
  }

  const count = async (table: string): Promise<number> => (await pool.query<{ n: number }>(`SELECT count(*)::integer AS n FROM ${table}`)).rows[0]?.n ?? -1;
  const states = async (): Promise<string[]> => (await pool.query<{ state: string }>('SELECT DISTINCT state FROM listing_facet ORDER BY 1')).rows.map((row) => row.state);
  const webhooks = async (): Promise<number> => (await world.api<object[]>('/webhooks', { key: 'B' })).body.length;
  const goods = async (): Promise<Goods | undefined> => (await world.api<Goods[]>(`/products?sku=${SKU}`, { key: 'B' })).body[0];
  const walks = async (): Promise<{ lane: string; number: string; state: string }[]> =>
    (await pool.query<{ lane: string; number: string; state: string }>('SELECT DISTINCT ON (lane) lane, number, state FROM sweep_run ORDER BY lane, number DESC')).rows;

  it('is heard by the one and repaired by the other, while no walk is due', async () => {
    const before = new Map((await walks()).map(({ lane, number }) => [lane, number]));
    const asked = await fetch(`${door.url}/api/accounts/${account}/sweep`, { method: 'POST', headers: { authorization: `Bearer ${door.token}` } });
    expect(asked.status).toBe(202);
    await until(async () => (await walks()).every(({ lane, number, state }) => state === 'complete' && number !== before.get(lane)), 'a walk of every lane', 0);
    const walked = await walks();
    const { id = 0 } = (await goods()) ?? {};
    await world.api(`/products/${id}`, { method: 'PUT', body: { name: 'Совсем другое' }, key: 'B' });
    await world.jump(4);
    await until(async () => (await count('sweep_hint')) === 1, 'the delivery', 0);
    // Long enough to gather what comes, too short for a walk to be due.
    await until(async () => (await count('drift')) === 1, 'the look', 0.05);
    expect(await walks()).toEqual(walked);
    await until(async () => (await goods())?.name === TITLE && (await states()).join() === 'in_sync', 'the repair', 1);
    const { rows } = await pool.query<{ told: string }>(`SELECT facet || ' ' || state AS told FROM drift`);
    expect(rows).toEqual([{ told: 'title healed' }]);
    const told = await fetch(`${door.url}/api/accounts/${account}/hooks`, { headers: { authorization: `Bearer ${door.token}` } });
    expect(await told.json()).toMatchObject({ state: 'kept', url: `${door.url}/api/hooks/${account}` });
  }, 120_000);
});

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import pino from 'pino';
import sharp from 'sharp';
import { ozon } from '#channels/ozon';
import { ChannelRegistry } from '#listings';
import { loadConfig, type Role } from '#platform';
import { migrate } from '../apps/hub/start/migrations.js';
import { type RunningHub, startHub } from '../apps/hub/start/start-hub.js';
import { ADMIN_PASSWORD } from './door-hub.js';
import { startTestDatabase, type TestDatabase } from './harness/test-database.js';

const hasRedis = spawnSync('redis-server', ['--version']).status === 0;
if (!hasRedis) process.stderr.write('skip: roles with their queue on Redis (reason: redis-server is not installed)\n');

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

describe.each(hasRedis ? ['PostgreSQL', 'Redis'] : ['PostgreSQL'])('one hub of several processes, its queue on %s', (backend) => {
  let database: TestDatabase;
  let redis: ChildProcess | undefined;
  const folder = mkdtempSync(join(tmpdir(), 'door-roles-'));
  const hubs: RunningHub[] = [];

  async function start(role: Role, redisUrl: string | undefined, more: Readonly<Record<string, string>> = {}): Promise<RunningHub> {
    const config = loadConfig({
      env: {
        NODE_ENV: 'test',
        ROLE: role,
        PORT: '0',
        DATA_DIR: folder,
        DATABASE_URL: database.url,
        ...(redisUrl === undefined ? {} : { REDIS_URL: redisUrl }),
        ETALON_DEMO: 'off',
        ETALON_ADMIN_PASSWORD: ADMIN_PASSWORD,
        LOG_LEVEL: 'silent',
        ...more,
      },
    });
    const hub = await startHub({ config, logger: pino({ level: 'silent' }), channels: new ChannelRegistry([ozon]) });
    hubs.push(hub);
    return hub;
  }

  beforeAll(async () => {
    database = await startTestDatabase({ template: { name: 'hub-doors', prepare: async (url) => void (await migrate(url)) } });
    let redisUrl: string | undefined;
    if (backend === 'Redis') {
      const port = await freePort();
      redis = spawn('redis-server', ['--port', String(port), '--dir', folder, '--appendonly', 'yes', '--save', ''], { stdio: 'ignore' });
      redisUrl = `redis://127.0.0.1:${port}`;
      for (let tries = 0; tries < 100 && !String(spawnSync('redis-cli', ['-p', String(port), 'ping']).stdout).includes('PONG'); tries += 1) {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
    await start('api', redisUrl);
    await Promise.all([start('worker', redisUrl), start('worker', redisUrl)]);
  }, 60_000);
  afterAll(async () => {
    for (const hub of hubs.reverse()) await hub.stop();
    redis?.kill('SIGKILL');
    await database.stop();
    rmSync(folder, { recursive: true, force: true });
  }, 30_000);

  it('is ready in each of them', async () => {
    for (const hub of hubs) expect(await (await fetch(`${hub.url}/health/ready`)).json()).toMatchObject({ ready: true, database: true, queue: true });
  });

  it('opens its doors in one of them only', async () => {
    const [api, ...workers] = hubs;
    expect((await fetch(`${api?.url}/api/status`, { headers: { authorization: `Bearer ${api?.token}` } })).status).toBe(200);
    expect(workers).toHaveLength(2);
    for (const worker of workers) expect((await fetch(`${worker.url}/api/status`, { headers: { authorization: `Bearer ${api?.token}` } })).status).toBe(404);
  });

  it('serves the pictures from every one of them: a worker gives its own address to a simulated channel', async () => {
    const [api, ...workers] = hubs;
    const picture = new Uint8Array(
      await sharp({ create: { width: 300, height: 300, channels: 3, background: '#37c' } })
        .jpeg()
        .toBuffer(),
    );
    const stored = await fetch(`${api?.url}/api/media`, { method: 'POST', body: picture, headers: { authorization: `Bearer ${api?.token}`, 'content-type': 'image/jpeg' } });
    const { url } = (await stored.json()) as { url: string };
    for (const worker of workers) {
      const served = await fetch(worker.url + url);
      expect([served.status, served.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
    }
  });

  it('takes the word of a named proxy, and of no other, for where a sign-in comes from', async () => {
    const [api] = hubs;
    const proxied = await start('api', undefined, { TRUSTED_PROXIES: '127.0.0.1,::1' });
    const signIn = (hub: RunningHub | undefined, password: string) =>
      fetch(`${hub?.url}/api/auth/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-forwarded-for': '203.0.113.7', 'x-forwarded-proto': 'https' },
        body: JSON.stringify({ name: 'admin', password }),
      });
    const cookies = (await Promise.all([signIn(api, ADMIN_PASSWORD), signIn(proxied, ADMIN_PASSWORD)])).map((answer) => answer.headers.get('set-cookie') ?? '');
    expect(cookies.map((cookie) => [cookie.startsWith('etalon_session='), /; Secure/i.test(cookie)])).toEqual([
      [true, false],
      [true, true],
    ]);
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    const { rows } = await client.query<{ address: string }>('SELECT address FROM login_attempt ORDER BY address');
    await client.end();
    expect(rows.map(({ address }) => address)).toEqual(['127.0.0.1', '203.0.113.7']);
  }, 30_000);
});

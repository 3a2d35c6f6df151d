import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { workerEntry } from '#platform';
import { readHubFile } from '../apps/hub/start/hub-file.js';
import { startTestDatabase, type TestDatabase } from './harness/test-database.js';

const CARDS = 12;
const SCRAMBLED = 4;

const hasRedis = spawnSync('redis-server', ['--version']).status === 0;
if (!hasRedis) process.stderr.write('skip: the demo of several processes (reason: redis-server is not installed)\n');

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** One process of the hub as the image starts it, and what it said. */
class HubProcess {
  said = '';

  private constructor(readonly child: ChildProcess) {
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (this.said = (this.said + chunk.toString()).slice(-20_000)));
  }

  static start(env: Readonly<Record<string, string>>): HubProcess {
    const { PATH = '' } = process.env;
    return new HubProcess(spawn(process.execPath, [fileURLToPath(workerEntry('apps/hub/main.js'))], { env: { PATH, ...env }, stdio: ['ignore', 'pipe', 'pipe'] }));
  }

  /** The exit code. */
  async stop(signal: NodeJS.Signals): Promise<number | null> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return this.child.exitCode;
    const ended = once(this.child, 'exit');
    this.child.kill(signal);
    return ((await ended) as [number | null])[0];
  }
}

(hasRedis ? describe : describe.skip)('the demo of one process for people and two for the loops, on a database and a queue of its own', () => {
  const folder = mkdtempSync(join(tmpdir(), 'demo-roles-'));
  let database: TestDatabase;
  let redis: ChildProcess;
  let env: Record<string, string> = {};
  let api: HubProcess;
  const workers: HubProcess[] = [];
  const startWorker = () => HubProcess.start({ ...env, ROLE: 'worker' });

  beforeAll(async () => {
    database = await startTestDatabase();
    const port = await freePort();
    redis = spawn('redis-server', ['--port', String(port), '--dir', folder, '--appendonly', 'yes', '--save', '', '--maxmemory-policy', 'noeviction'], { stdio: 'ignore' });
    env = {
      DATABASE_URL: database.url,
      REDIS_URL: `redis://127.0.0.1:${port}`,
      DATA_DIR: join(folder, 'data'),
      ETALON_SECRET_KEY: 'ab'.repeat(32),
      ETALON_DEMO: 'on',
      ETALON_DEMO_CARDS: String(CARDS),
      ETALON_DEMO_CHANNELS: 'ozon',
      LOG_LEVEL: 'warn',
      PORT: '0',
    };
    const answers = () => String(spawnSync('redis-cli', ['-p', String(port), 'ping']).stdout).includes('PONG');
    await until(() => Promise.resolve(answers()), 'the queue’s server answers');
    // Together, as containers start: whoever is first makes the tables.
    api = HubProcess.start({ ...env, ROLE: 'api' });
    workers.push(startWorker(), startWorker());
    await until(async () => (await demo())['state'] === 'ready', 'the demo is made');
  }, 180_000);
  afterAll(async () => {
    for (const hub of [...workers, api]) await hub.stop('SIGKILL');
    redis.kill('SIGKILL');
    await database.stop();
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  async function ask(path: string, body?: object): Promise<Record<string, unknown>> {
    const hub = readHubFile(env['DATA_DIR'] ?? '');
    if (hub === undefined) return {};
    const answer = await fetch(hub.url + path, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${hub.token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return (await answer.json()) as Record<string, unknown>;
  }

  const demo = () => ask('/api/demo');

  async function letPass(seconds: number): Promise<void> {
    const { sandbox_url: market } = (await demo()) as { sandbox_url?: string | null };
    if (typeof market !== 'string') return;
    await fetch(`${market}/_control/clock`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ jump_seconds: seconds }) });
  }

  /** Lets time pass on the market while little passes here. */
  async function until(done: () => Promise<boolean>, what: string): Promise<void> {
    for (let tries = 0; tries < 400; tries += 1) {
      if (await done().catch(() => false)) return;
      await letPass(20).catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    throw new Error(`${what}: it did not happen. ${[api, ...workers].map((hub) => hub.said.slice(-2_000)).join('\n---\n')}`);
  }

  const allRight = async () => {
    const status = await ask('/api/status');
    return status['listings'] === CARDS && status['in_sync'] === CARDS;
  };
  const injected = async () => {
    const { sandbox_url: market } = (await demo()) as { sandbox_url: string };
    return ((await (await fetch(`${market}/_control/injected`)).json()) as { injected: { restored: boolean }[] }).injected;
  };

  it('makes its cards on the channel', async () => {
    await until(allRight, 'all cards are right');
  }, 180_000);

  it('heals what is scrambled', async () => {
    expect(await ask('/api/demo/scramble', { cards: SCRAMBLED, seed: 5 })).toMatchObject({ injected: SCRAMBLED });
    await until(async () => (await injected()).every((one) => one.restored) && (await allRight()), 'all cards are healed');
    expect(await injected()).toHaveLength(SCRAMBLED);
  }, 180_000);

  it('goes on with two new processes after both were killed in the middle of it', async () => {
    // A card that was moderated today for the sake of a repair waits until tomorrow with its next one.
    await letPass(25 * 3_600);
    await until(allRight, 'all cards are right a day later');
    expect(await ask('/api/demo/scramble', { cards: SCRAMBLED, seed: 6 })).toMatchObject({ injected: SCRAMBLED });
    await Promise.all(workers.splice(0).map((worker) => worker.stop('SIGKILL')));
    expect((await injected()).some((one) => !one.restored)).toBe(true);
    workers.push(startWorker(), startWorker());
    await until(async () => (await injected()).every((one) => one.restored) && (await allRight()), 'all cards are healed');
  }, 180_000);
});

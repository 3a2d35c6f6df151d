import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createLogger, createPool, destroyEmbedded, type EmbeddedDatabase, FatalStartError, QueueHub, startEmbedded } from '#platform';

const logger = createLogger({ level: 'silent' });
const hasRedis = spawnSync('redis-server', ['--version']).status === 0;
if (!hasRedis) process.stderr.write('skip: the queue on Redis (reason: redis-server is not installed)\n');

async function until(condition: () => boolean | Promise<boolean>, ms = 20_000): Promise<void> {
  for (const end = Date.now() + ms; Date.now() < end; await pause(20)) if (await condition()) return;
  throw new Error(`not so within ${ms} ms`);
}

async function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** A place for jobs that can be shot and comes back. */
interface Place {
  readonly databaseUrl: string;
  readonly redisUrl?: string;
  kill(): Promise<void>;
  back(): Promise<void>;
  stop(): Promise<void>;
}

async function postgresPlace(): Promise<Place> {
  const dataDir = mkdtempSync(join(tmpdir(), 'etalon-test-'));
  chmodSync(dataDir, 0o755);
  let restarts = 0;
  const database: EmbeddedDatabase = await startEmbedded({ dataDir, onEvent: (event) => (restarts += event === 'restarted' ? 1 : 0) });
  let seen = 0;
  return {
    databaseUrl: database.url,
    kill: async () => {
      seen = restarts;
      process.kill(database.serverPid() ?? 0, 'SIGKILL');
      await Promise.resolve();
    },
    back: () => until(() => restarts > seen),
    stop: async () => {
      await database.stop();
      await destroyEmbedded(dataDir);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function redisPlace(): Promise<Place> {
  const folder = mkdtempSync(join(tmpdir(), 'redis-'));
  const port = await freePort();
  let server: ChildProcess;
  const start = async (): Promise<void> => {
    server = spawn('redis-server', ['--port', String(port), '--dir', folder, '--appendonly', 'yes', '--save', ''], { stdio: 'ignore' });
    await until(
      () =>
        spawnSync('redis-cli', ['-p', String(port), 'ping'])
          .stdout?.toString()
          .includes('PONG') === true,
    );
  };
  await start();
  const kill = (): Promise<void> =>
    new Promise((resolve) => {
      server.once('exit', () => resolve());
      server.kill('SIGKILL');
    });
  return {
    databaseUrl: 'postgres://nobody@127.0.0.1:1/none',
    redisUrl: `redis://127.0.0.1:${port}`,
    kill,
    back: start,
    stop: async () => {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const places: [string, () => Promise<Place>][] = [['PostgreSQL', postgresPlace], ...(hasRedis ? [['Redis', redisPlace] as [string, () => Promise<Place>]] : [])];

describe.each(places)('the job queue on %s', (name, open) => {
  let place: Place;
  let hub: QueueHub;
  const looked: string[] = [];
  const held: (() => void)[] = [];
  let hold = false;

  beforeAll(async () => {
    place = await open();
    hub = new QueueHub({ databaseUrl: place.databaseUrl, redisUrl: place.redisUrl, poolMax: 12, logger, checkEveryMs: 500 });
    hub.worker(
      'lanes',
      async ({ lane }) => {
        looked.push(String(lane));
        if (hold) await new Promise<void>((resolve) => held.push(resolve));
        return 'a result with \u0000 in it';
      },
      { concurrency: 2 },
    );
    hub.worker('broken', () => Promise.reject(new Error(`upstream said \u0000 \uD800 ${'x'.repeat(2_000)}`)));
    await hub.start();
  }, 60_000);
  afterAll(async () => {
    held.forEach((release) => release());
    await hub.stop();
    await place.stop();
  }, 60_000);

  it('wakes a worker and comes back with a canary', async () => {
    expect(await hub.nudge('lanes', 'look', { lane: 'sweep' }, 'a:sweep')).toBe(true);
    await until(() => looked.includes('sweep'));
    expect(await hub.readiness()).toMatchObject({ ready: true });
  });

  it('adds one more look, not many, while the same look runs', async () => {
    looked.length = 0;
    hold = true;
    await hub.nudge('lanes', 'look', { lane: 'plan' }, 'a:plan');
    await until(() => held.length === 1);
    for (let time = 0; time < 5; time += 1) await hub.nudge('lanes', 'look', { lane: 'plan' }, 'a:plan');
    hold = false;
    held.splice(0).forEach((release) => release());
    await until(() => looked.length === 2);
    await until(async () => {
      const depth = await hub.depth('lanes');
      return depth !== undefined && depth.waiting + depth.active === 0;
    });
    expect(looked).toEqual(['plan', 'plan']);
  });

  it('takes texts that a database refuses and keeps failures short', async () => {
    expect(await hub.nudge('lanes', 'look', { lane: 'odd\u0000\uDC00' }, 'odd')).toBe(true);
    await until(() => looked.some((lane) => lane.startsWith('odd')));
    await hub.nudge('broken', 'look', {}, 'b');
    await until(async () => (await hub.depth('broken'))?.failed === 1);
  });

  it('never makes a user wait while the place is gone, and works again when it is back', async () => {
    await place.kill();
    const started = Date.now();
    for (let time = 0; time < 3; time += 1) await hub.nudge('lanes', 'look', { lane: 'lost' }, `lost-${time}`);
    expect(Date.now() - started).toBeLessThan(3_000);
    await place.back();
    looked.length = 0;
    await until(async () => (await hub.nudge('lanes', 'look', { lane: 'after' }, 'after')) && looked.includes('after'), 30_000);
    await until(async () => (await hub.readiness()).ready, 30_000);
  }, 90_000);

  it(`keeps to the shape of ${name}: a pool that is too small is refused at once`, async () => {
    const small = new QueueHub({ databaseUrl: place.databaseUrl, redisUrl: place.redisUrl, poolMax: 4, logger });
    await expect(small.start()).rejects.toBeInstanceOf(FatalStartError);
  });
});

describe('the job queue on nothing', () => {
  it('says in one sentence that Redis does not answer, or forgets', async () => {
    const dead = new QueueHub({ databaseUrl: 'postgres://x@127.0.0.1:1/x', redisUrl: `redis://127.0.0.1:${await freePort()}`, poolMax: 10, logger });
    await expect(dead.start()).rejects.toMatchObject({ name: 'FatalStartError', message: expect.stringContaining('REDIS_URL') });
  });

  (hasRedis ? it : it.skip)('refuses a Redis without an append-only file', async () => {
    const port = await freePort();
    const server = spawn('redis-server', ['--port', String(port), '--save', ''], { stdio: 'ignore', cwd: tmpdir() });
    try {
      await until(
        () =>
          spawnSync('redis-cli', ['-p', String(port), 'ping'])
            .stdout?.toString()
            .includes('PONG') === true,
      );
      const hub = new QueueHub({ databaseUrl: 'postgres://x@127.0.0.1:1/x', redisUrl: `redis://127.0.0.1:${port}`, poolMax: 10, logger });
      await expect(hub.start()).rejects.toMatchObject({ message: expect.stringContaining('append-only') });
    } finally {
      server.kill('SIGKILL');
    }
  });

  (hasRedis ? it : it.skip)(
    'knocks no more at a Redis that went away before it was stopped',
    async () => {
      const place = await redisPlace();
      const hub = new QueueHub({ databaseUrl: place.databaseUrl, redisUrl: place.redisUrl, poolMax: 10, logger, checkEveryMs: 0 });
      hub.worker('lanes', () => Promise.resolve());
      await hub.start();
      await place.kill();
      await hub.stop();
      let knocks = 0;
      const door = createServer((socket) => socket.destroy()).on('connection', () => (knocks += 1));
      door.listen(Number(new URL(place.redisUrl ?? '').port), '127.0.0.1');
      await once(door, 'listening');
      // Each may have waited for one more attempt.
      await pause(4_000);
      const early = knocks;
      await pause(4_000);
      door.close();
      expect(knocks).toBe(early);
    },
    60_000,
  );

  it('tunes the vacuum of the job table', async () => {
    const place = await postgresPlace();
    const hub = new QueueHub({ databaseUrl: place.databaseUrl, poolMax: 6, logger, checkEveryMs: 0 });
    try {
      await hub.start();
      const pool = createPool(place.databaseUrl, { max: 1, applicationName: 'look' });
      const { rows } = await pool.query<{ reloptions: string[] }>(`select reloptions from pg_class where oid = 'bullmq.job'::regclass`);
      await pool.end();
      expect(rows[0]?.reloptions).toContain('autovacuum_vacuum_threshold=200');
    } finally {
      await hub.stop();
      await place.stop();
    }
  }, 60_000);
});

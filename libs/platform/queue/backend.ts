import { type Job, Queue, Worker, createPostgresBackend, runMigrations, withBackend } from 'bullmq';
import type { Pool } from 'pg';
import { Redis } from 'ioredis';
import { createPool } from '../database/pool.js';
import { FatalStartError } from '../process/fatal-start-error.js';
import { errorText } from '../process/system-error.js';

const SCHEMA = 'bullmq';
/** Sockets of the queue's own pool beside one for each worker. */
const SPARE_CONNECTIONS = 4;
const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 3_000;

const Postgres = withBackend(createPostgresBackend);

/** Waiting long for a lost job is worse than looking twice: every side effect is fenced in the database. */
const WORKER_SETTINGS = {
  lockDuration: 10_000,
  stalledInterval: 5_000,
  maxStalledCount: 3,
  runRetryDelay: 1_000,
  removeOnComplete: { count: 1_000 },
  removeOnFail: { count: 1_000 },
} as const;

export interface BareQueue {
  add(name: string, data: object, options: object): Promise<{ id?: string }>;
  getJobCounts(...types: ('waiting' | 'active' | 'delayed' | 'prioritized' | 'failed')[]): Promise<Record<string, number>>;
  obliterate(options: { force: boolean }): Promise<void>;
  on(event: 'error', listener: (error: Error) => void): unknown;
  close(): Promise<void>;
}

export interface BareWorker {
  on(event: 'error', listener: (error: Error) => void): unknown;
  waitUntilReady(): Promise<unknown>;
  close(force?: boolean): Promise<void>;
}

export type BareProcessor = (job: Job<Record<string, unknown>>) => Promise<void>;

/** One set of connections to the place where jobs live. Only good while that place is up: thrown away and made anew after an outage. */
export interface QueueBackend {
  queue(name: string): BareQueue;
  worker(name: string, processor: BareProcessor, concurrency: number): BareWorker;
  /** Rejects unless the place answers. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** @throws Error when the pool is too small: with too few connections all workers would wait for each other for ever */
export function assertPoolFits(max: number, workers: number): void {
  const needed = workers + SPARE_CONNECTIONS;
  if (max >= needed) return;
  throw new FatalStartError(`QUEUE_POOL_MAX (queue.poolMax) allows ${max} connections, but ${workers} workers need ${needed}.`, `Set QUEUE_POOL_MAX to ${needed} or more.`, {
    told: { code: 'queue-pool-small', params: { max, workers, needed } },
  });
}

/** Jobs in PostgreSQL, schema `bullmq`, over a pool of its own. Rejects while the database is down. */
export async function openPostgresBackend(url: string, poolMax: number, onError: (error: Error) => void): Promise<QueueBackend> {
  const pool = createPool(url, { max: poolMax, applicationName: 'etalon-queue', searchPath: SCHEMA, onIdleError: onError });
  try {
    await prepareSchema(pool);
  } catch (error) {
    await pool.end();
    throw error;
  }
  return {
    queue: (name) => new Postgres.Queue<Record<string, unknown>>(name, { connection: pool }),
    worker: (name, processor, concurrency) => new Postgres.Worker<Record<string, unknown>>(name, processor, { connection: pool, concurrency, ...WORKER_SETTINGS }),
    ping: async () => void (await pool.query('select 1')),
    close: () => pool.end(),
  };
}

async function prepareSchema(pool: Pool): Promise<void> {
  await pool.query('select 1');
  const client = await pool.connect();
  try {
    await runMigrations(client, SCHEMA);
    const { rows } = await client.query<{ tuned: boolean }>(`select reloptions is not null as tuned from pg_class where oid = '${SCHEMA}.job'::regclass`);
    if (rows[0]?.tuned === false) {
      await client.query(
        `alter table ${SCHEMA}.job set (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 200, autovacuum_vacuum_cost_delay = 0, autovacuum_analyze_scale_factor = 0.05)`,
      );
    }
  } finally {
    client.release();
  }
}

/** Jobs in Redis or Valkey. @throws FatalStartError when it would forget them */
export async function openRedisBackend(url: string): Promise<QueueBackend> {
  const probe = new Redis(url, { lazyConnect: true, maxRetriesPerRequest: 1, enableOfflineQueue: false, connectTimeout: 5_000, retryStrategy: () => null });
  probe.on('error', () => undefined);
  try {
    await probe.connect();
    await assertRedisKeeps(probe);
  } catch (error) {
    probe.disconnect();
    throw error;
  }
  let closed = false;
  // A connection that was let go while the server was away would knock for ever.
  const retryStrategy = (times: number): number | null => (closed ? null : Math.min(FIRST_RETRY_MS * 2 ** times, LONGEST_RETRY_MS));
  // Users wait for an addition, nobody waits for a worker.
  const impatient = { url, maxRetriesPerRequest: 1, enableOfflineQueue: false, connectTimeout: 5_000, retryStrategy };
  const patient = { url, maxRetriesPerRequest: null, connectTimeout: 5_000, retryStrategy };
  return {
    queue: (name) => new Queue<Record<string, unknown>>(name, { connection: impatient }),
    worker: (name, processor, concurrency) => new Worker<Record<string, unknown>>(name, processor, { connection: patient, concurrency, ...WORKER_SETTINGS }),
    ping: async () => {
      if (probe.status !== 'ready') await probe.connect();
      await probe.ping();
    },
    close: async () => {
      closed = true;
      probe.disconnect();
    },
  };
}

async function assertRedisKeeps(redis: Redis): Promise<void> {
  let info: string;
  try {
    info = `${await redis.info('persistence')}\n${await redis.info('memory')}`;
  } catch (error) {
    if (/NOAUTH|WRONGPASS/.test(errorText(error))) {
      throw new FatalStartError('The server of REDIS_URL refuses the password.', 'Write it as redis://:password@host:6379.', { told: { code: 'redis-password' } });
    }
    throw error;
  }
  if (!/^aof_enabled:1/m.test(info)) {
    throw new FatalStartError(
      'The server of REDIS_URL keeps nothing over a restart (its append-only file is off).',
      'Start it with `--appendonly yes`, or leave REDIS_URL empty.',
      {
        told: { code: 'redis-forgets' },
      },
    );
  }
  const policy = /^maxmemory_policy:(\S+)/m.exec(info)?.[1];
  if (policy !== undefined && policy !== 'noeviction') {
    throw new FatalStartError(`The server of REDIS_URL may drop jobs when its memory is full (maxmemory-policy ${policy}).`, 'Set its maxmemory-policy to noeviction.', {
      told: { code: 'redis-drops', params: { policy } },
    });
  }
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import pino from 'pino';
import { ozon } from '#channels/ozon';
import { ChannelRegistry } from '#listings';
import { loadConfig } from '#platform';
import { migrate } from '../apps/hub/start/migrations.js';
import { runJobs } from '../apps/hub/jobs/run-jobs.js';
import { type RunningHub, startHub } from '../apps/hub/start/start-hub.js';
import { startTestDatabase } from './harness/test-database.js';

export const ADMIN_PASSWORD = 'correct horse battery';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
  readonly text: string;
}

export interface CallOptions {
  readonly method?: string;
  readonly body?: unknown;
  readonly raw?: Uint8Array<ArrayBuffer> | string;
  readonly headers?: Readonly<Record<string, string>>;
  /** false: without any credential. */
  readonly token?: string | false;
}

/** A hub with its doors open on a free port over a real database; no loops run, so tests own the tables. */
export interface DoorHub {
  readonly hub: RunningHub;
  readonly pool: pg.Pool;
  readonly dataDir: string;
  call(path: string, options?: CallOptions): Promise<Answer>;
  /** The same hub started once more on the same data. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export async function openDoors(settings: Readonly<Record<string, string>> = {}): Promise<DoorHub> {
  const database = await startTestDatabase({ template: { name: 'hub-doors', prepare: async (url) => void (await migrate(url)) } });
  const dataDir = mkdtempSync(join(tmpdir(), 'door-hub-'));
  const config = loadConfig({
    env: {
      NODE_ENV: 'test',
      PORT: '0',
      DATA_DIR: dataDir,
      DATABASE_URL: database.url,
      ETALON_DEMO: 'off',
      ETALON_ADMIN_PASSWORD: ADMIN_PASSWORD,
      LOG_LEVEL: 'silent',
      ...settings,
    },
  });
  const start = (): Promise<RunningHub> => startHub({ config, logger: pino({ level: 'silent' }), channels: new ChannelRegistry([ozon]), startJobs: runJobs });
  const pool = new pg.Pool({ connectionString: database.url, max: 4 });
  pool.on('error', () => undefined);
  let hub = await start();
  return {
    get hub() {
      return hub;
    },
    pool,
    dataDir,
    async call(path, { method = 'GET', body, raw, headers = {}, token } = {}) {
      const response = await fetch(hub.url + path, {
        method,
        headers: {
          ...(token === false ? {} : { authorization: `Bearer ${token ?? hub.token}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined && raw === undefined ? {} : { body: raw ?? JSON.stringify(body) }),
        redirect: 'manual',
      });
      const text = await response.text();
      const json = /[/+]json\b/.test(response.headers.get('content-type') ?? '') && text !== '';
      return { status: response.status, headers: response.headers, body: json ? (JSON.parse(text) as Record<string, unknown>) : {}, text };
    },
    async restart() {
      await hub.stop();
      hub = await start();
    },
    async close() {
      await hub.stop();
      await pool.end();
      await database.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

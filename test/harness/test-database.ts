import { createHash, randomBytes } from 'node:crypto';
import pg from 'pg';

/** A database of one test file on the run's throw-away server. */
export interface TestDatabase {
  readonly url: string;
  /** Drops the database, also while something is still connected. */
  stop(): Promise<void>;
}

export interface TestDatabaseOptions {
  /**
   * Fills an empty database once a run; every later test database with the same name is a copy of it. Meant for migrations.
   * It must close its own connections.
   */
  readonly template?: { readonly name: string; readonly prepare: (url: string) => Promise<void> };
}

const TEMPLATE_LOCK = 771_204;

function serverUrl(): string {
  const url = process.env['ETALON_TEST_SERVER'];
  if (url === undefined) throw new Error('The test server is not running: put this test under test/ so that the "medium" project of jest.config.mjs runs it');
  return url;
}

function at(database: string): string {
  const url = new URL(serverUrl());
  url.pathname = `/${database}`;
  return url.href;
}

async function withServer<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: serverUrl() });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function exists(client: pg.Client, database: string): Promise<boolean> {
  return ((await client.query('select 1 from pg_database where datname = $1', [database])).rowCount ?? 0) > 0;
}

/** The template is built under another name, so that a failed preparation is never taken for a finished one. */
async function ensureTemplate(client: pg.Client, name: string, prepare: (url: string) => Promise<void>): Promise<void> {
  if (await exists(client, name)) return;
  const draft = `${name}_draft`;
  await client.query(`drop database if exists ${draft} with (force)`);
  await client.query(`create database ${draft}`);
  await prepare(at(draft));
  await client.query(`select pg_terminate_backend(pid) from pg_stat_activity where datname = $1`, [draft]);
  await client.query(`alter database ${draft} rename to ${name}`);
}

export async function startTestDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const database = `t_${randomBytes(8).toString('hex')}`;
  await withServer(async (client) => {
    if (options.template === undefined) {
      await client.query(`create database ${database}`);
      return;
    }
    const template = `tpl_${createHash('sha256').update(options.template.name).digest('hex').slice(0, 16)}`;
    await client.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    await ensureTemplate(client, template, options.template.prepare);
    await client.query(`create database ${database} template ${template}`);
    await client.query('select pg_advisory_unlock($1)', [TEMPLATE_LOCK]);
  });
  return {
    url: at(database),
    stop: () =>
      withServer(async (client) => {
        await client.query(`drop database if exists ${database} with (force)`);
      }),
  };
}

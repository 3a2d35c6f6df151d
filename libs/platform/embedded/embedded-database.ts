import { existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { FatalStartError } from '../process/fatal-start-error.js';
import { errorCode } from '../process/system-error.js';
import { locateBinaries } from './binaries.js';
import { type ClusterHome, deleteHome, findHome, openHome, openPassword, systemRoot } from './cluster-home.js';
import { initCluster, SUPERUSER } from './init-cluster.js';
import { livingPostmaster, setStalePidFileAside, stopPostmaster, waitForOrphanBackends } from './postmaster.js';
import { freePort, isFree, launchServer, type LaunchPlan, type ServerProcess } from './server-process.js';
import { serviceUser } from './service-user.js';
import { claimCluster, otherSupervisor, releaseCluster } from './supervisor-claim.js';

const DATABASE = 'etalon';
const ATTEMPTS = 5;
const RESTART_MAX_MS = 5_000;

export interface EmbeddedDatabase {
  /** postgres://… with the password: never to be logged. The same for the whole life of the handle, restarts included. */
  readonly url: string;
  /** The process id of the server now, for fault tests; undefined while it is down. */
  serverPid(): number | undefined;
  /** Stops the server: open transactions are rolled back. Safe to call twice. */
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  readonly dataDir: string;
  readonly databaseName?: string;
  /** Server settings over the built-in ones; durability may be traded away in tests only. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Told when the server ended by itself and when it is back, in words for the log. */
  readonly onEvent?: (event: 'ended' | 'restarted' | 'restart-failed') => void;
}

export function embeddedUrl(port: number, password: string, database: string): string {
  return `postgres://${SUPERUSER}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;
}

function rememberedPort(home: ClusterHome): number | undefined {
  if (!existsSync(home.portFile)) return undefined;
  const port = Number(readFileSync(home.portFile, 'utf8'));
  return Number.isInteger(port) && port > 0 && port < 65_536 ? port : undefined;
}

async function choosePort(home: ClusterHome): Promise<number> {
  const kept = rememberedPort(home);
  const port = kept !== undefined && (await isFree(kept)) ? kept : await freePort();
  writeFileSync(home.portFile, String(port));
  return port;
}

async function clearTheWay(home: ClusterHome): Promise<void> {
  const other = otherSupervisor(home);
  if (other !== undefined) {
    throw new FatalStartError(
      `Another Etalon (process ${other}) already works on this data folder.`,
      'Stop it first, or set DATA_DIR (and PORT) to start a second one beside it.',
      {
        told: { code: 'another-hub', params: { pid: other } },
      },
    );
  }
  if (!existsSync(home.data)) return;
  const orphan = livingPostmaster(home);
  if (orphan !== undefined) await stopPostmaster(orphan);
  await waitForOrphanBackends(home);
  setStalePidFileAside(home);
}

async function launchWithRetries(plan: Omit<LaunchPlan, 'port'>, keepPort?: number): Promise<ServerProcess> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const launch = await launchServer({ ...plan, port: keepPort ?? (await choosePort(plan.home)) });
    if ('server' in launch) return launch.server;
    if (launch.failure.kind === 'fatal') throw launch.failure.error;
    await waitForOrphanBackends(plan.home);
    await pause(200 * attempt);
  }
  throw new FatalStartError(
    'PostgreSQL found no free port or its memory is still in use by an earlier run.',
    'Start again in a minute; if it stays, end leftover `postgres` processes.',
    { told: { code: 'postgres-in-the-way' } },
  );
}

async function ensureDatabase(port: number, password: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: embeddedUrl(port, password, 'postgres') });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`);
  } catch (error) {
    if (errorCode(error) !== '42P04') throw error;
  } finally {
    await client.end();
  }
}

/**
 * Starts the PostgreSQL of this data folder, made on first use, and keeps it running: a server that dies is started again on the same port.
 * What an earlier run left behind (a stale pid file, a living server, a taken port) is dealt with here.
 * @throws FatalStartError
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  if (process.platform === 'win32') {
    throw new FatalStartError('The built-in PostgreSQL runs on Linux and macOS only.', 'Install PostgreSQL 15 or newer and set DATABASE_URL.', {
      told: { code: 'postgres-no-windows' },
    });
  }
  const user = serviceUser();
  const opened = openHome(options.dataDir, user);
  const folder = realpathSync(opened.folder);
  const home: ClusterHome = { ...opened, folder, data: opened.data.replace(opened.folder, folder) };
  await clearTheWay(home);
  claimCluster(home);
  try {
    const password = openPassword(home);
    const binaries = locateBinaries(user, user ? systemRoot(user) : home.folder);
    initCluster(home, binaries, password, user);
    const plan = { home, binaries, user, password, settings: options.settings ?? {} };
    const first = await launchWithRetries(plan);
    const name = options.databaseName ?? DATABASE;
    await ensureDatabase(first.port, password, name);
    const keeper = keepRunning(plan, first, options.onEvent);
    return { url: embeddedUrl(first.port, password, name), serverPid: () => livingPostmaster(home), stop: keeper };
  } catch (error) {
    const living = existsSync(home.data) ? livingPostmaster(home) : undefined;
    if (living !== undefined) await stopPostmaster(living);
    releaseCluster(home);
    throw error;
  }
}

/** Restarts the server whenever it ends; the returned function ends that and the server. */
function keepRunning(plan: Omit<LaunchPlan, 'port'>, first: ServerProcess, onEvent: EmbeddedOptions['onEvent']): () => Promise<void> {
  const halt = new AbortController();
  const cycle = async (): Promise<void> => {
    let current: ServerProcess | undefined = first;
    for (let delay = 100; !halt.signal.aborted; delay = Math.min(delay * 2, RESTART_MAX_MS)) {
      if (current) {
        await current.ended;
        if (halt.signal.aborted) return;
        onEvent?.('ended');
        delay = 100;
      }
      await waitForOrphanBackends(plan.home);
      current = await launchWithRetries(plan, first.port).catch(() => undefined);
      onEvent?.(current ? 'restarted' : 'restart-failed');
      if (!current) await pause(delay, undefined, { signal: halt.signal }).catch(() => undefined);
    }
    if (current) await stopLiving(plan.home);
  };
  const running = cycle();
  let stopping: Promise<void> | undefined;
  return async () => {
    stopping ??= (async () => {
      halt.abort();
      await stopLiving(plan.home);
      await running;
      releaseCluster(plan.home);
    })();
    return stopping;
  };
}

async function stopLiving(home: ClusterHome): Promise<void> {
  const pid = livingPostmaster(home);
  if (pid !== undefined) await stopPostmaster(pid);
}

/** The database of a data folder whose server another process runs, or undefined when none runs. For a second process on the same machine. */
export function findRunningEmbedded(dataDir: string, databaseName = DATABASE): string | undefined {
  const home = findHome(dataDir);
  if (home === undefined || livingPostmaster(home) === undefined) return undefined;
  const port = rememberedPort(home);
  return port === undefined ? undefined : embeddedUrl(port, openPassword(home), databaseName);
}

/** Deletes all files of the data folder's cluster, also those outside of the folder. @throws FatalStartError while it is in use */
export async function destroyEmbedded(dataDir: string): Promise<void> {
  const home = findHome(dataDir);
  if (home) await clearTheWay(home);
  deleteHome(dataDir);
}

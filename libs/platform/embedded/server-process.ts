import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, renameSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { FatalStartError } from '../process/fatal-start-error.js';
import { errorCode } from '../process/system-error.js';
import type { PostgresBinaries } from './binaries.js';
import type { ClusterHome } from './cluster-home.js';
import { SUPERUSER } from './init-cluster.js';
import { serverArguments } from './server-settings.js';
import { type ServiceUser, SYSTEM_PATH } from './service-user.js';
import { logSince, readStartFailure, type StartFailure } from './start-failure.js';

const LOG_MAX_BYTES = 10_000_000;
const READY_TIMEOUT_MS = 120_000;

/**
 * Runs the server and stops it when the pipe on standard input closes, that is, also when this program is killed. The server has
 * its own session, so Ctrl-C in a terminal reaches only us and we stop it after our own work is done.
 */
const GUARD = [
  // A background command of a shell reads from /dev/null, so the pipe gets a number of its own first.
  'exec 3<&0 </dev/null',
  '"$@" 3<&- & server=$!',
  '(cat <&3; kill -INT "$server") >/dev/null 2>&1 & watch=$!',
  'exec 3<&-',
  'wait "$server"; code=$?',
  'kill "$watch" 2>/dev/null',
  'exit "$code"',
].join('\n');

export interface ServerProcess {
  readonly port: number;
  /** Settles when the server has ended, for whatever reason. */
  readonly ended: Promise<void>;
}

export type Launch = { readonly server: ServerProcess } | { readonly failure: StartFailure };

export interface LaunchPlan {
  readonly home: ClusterHome;
  readonly binaries: PostgresBinaries;
  readonly user: ServiceUser | undefined;
  readonly port: number;
  readonly password: string;
  readonly settings: Readonly<Record<string, string>>;
}

/** A port nothing listens on at this moment. */
export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('no port was given'))));
    });
  });
}

/** Whether the port can be listened on now. */
export async function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

function openLog(file: string): number {
  if (existsSync(file) && statSync(file).size > LOG_MAX_BYTES) renameSync(file, `${file}.1`);
  return openSync(file, 'a', 0o600);
}

function spawnServer(plan: LaunchPlan, log: number): ChildProcess {
  const args = serverArguments(plan.home.data, plan.port, plan.settings);
  return spawn('/bin/sh', ['-c', GUARD, 'etalon-postgres', plan.binaries.postgres, ...args], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', log, log],
    env: { PATH: SYSTEM_PATH, LC_ALL: 'C' },
    ...plan.user,
  });
}

/** Whether our own server answers with our password: `starting` until then, `stranger` when something else listens there. */
async function ask(plan: LaunchPlan): Promise<'ready' | 'starting' | 'stranger'> {
  const client = new pg.Client({ host: '127.0.0.1', port: plan.port, user: SUPERUSER, password: plan.password, database: 'postgres', connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ data_directory: string }>('show data_directory');
    return rows[0]?.data_directory === plan.home.data ? 'ready' : 'stranger';
  } catch (error) {
    return errorCode(error) === '28P01' ? 'stranger' : 'starting';
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Starts the server and waits until it answers; an end before that is returned with its reason, not thrown. */
export async function launchServer(plan: LaunchPlan): Promise<Launch> {
  const offset = existsSync(plan.home.logFile) ? statSync(plan.home.logFile).size : 0;
  const log = openLog(plan.home.logFile);
  const child = spawnServer(plan, log);
  closeSync(log);
  child.stdin?.on('error', () => undefined);
  let over = false;
  const ended = new Promise<void>((resolve) => {
    const finish = (): void => {
      over = true;
      child.stdin?.destroy();
      resolve();
    };
    child.once('exit', finish);
    child.once('error', finish);
  });
  for (const deadline = Date.now() + READY_TIMEOUT_MS; Date.now() < deadline && !over; await pause(25)) {
    const answer = await ask(plan);
    if (answer === 'ready') return { server: { port: plan.port, ended } };
    if (answer === 'stranger') {
      child.stdin?.end();
      await ended;
      return { failure: { kind: 'port-taken' } };
    }
  }
  if (over) return { failure: readStartFailure(logSince(plan.home.logFile, offset), plan.home.folder) };
  child.stdin?.end();
  await ended;
  const remedy = `See ${plan.home.logFile}; after a crash on a slow disk, start once more.`;
  const seconds = READY_TIMEOUT_MS / 1000;
  const error = new FatalStartError(`PostgreSQL did not answer within ${seconds} seconds.`, remedy, {
    told: { code: 'postgres-silent', params: { seconds, log: plan.home.logFile } },
  });
  return { failure: { kind: 'fatal', error } };
}

import { existsSync, readFileSync, realpathSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { FatalStartError } from '../process/fatal-start-error.js';
import { errorCode } from '../process/system-error.js';
import type { ClusterHome } from './cluster-home.js';
import { isAlive, processesIn } from './living-process.js';

const POLL_MS = 50;

/** Sends a signal; a process that is gone already is as good. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') throw error;
  }
}

/** The process id written in the cluster's pid file, whether or not that process lives. */
export function writtenPid(home: ClusterHome): number | undefined {
  const file = join(home.data, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  return Number.isInteger(pid) && pid > 0 ? pid : undefined;
}

/** The living postmaster of this cluster, recognised by its working folder: the id in a stale file may belong to anybody by now. */
export function livingPostmaster(home: ClusterHome): number | undefined {
  const pid = writtenPid(home);
  if (pid === undefined || !isAlive(pid)) return undefined;
  const ours = processesIn(realpathSync(home.data));
  return ours === undefined || ours.includes(pid) ? pid : undefined;
}

async function isGoneWithin(pid: number, ms: number): Promise<boolean> {
  for (const end = Date.now() + ms; Date.now() < end; await pause(POLL_MS)) if (!isAlive(pid)) return true;
  return !isAlive(pid);
}

/**
 * Stops a postmaster: fast first (open transactions are rolled back), then at once (it recovers on its next start).
 * @throws FatalStartError when it survives both
 */
export async function stopPostmaster(pid: number, fastMs = 20_000): Promise<void> {
  signal(pid, 'SIGINT');
  if (await isGoneWithin(pid, fastMs)) return;
  signal(pid, 'SIGQUIT');
  if (await isGoneWithin(pid, 10_000)) return;
  throw new FatalStartError(`An earlier PostgreSQL of this data folder (process ${pid}) does not stop.`, `End it by hand (kill -QUIT ${pid}) and start again.`, {
    told: { code: 'postgres-does-not-stop', params: { pid } },
  });
}

/** Waits until the last server process of a killed postmaster has noticed and gone: until then the memory they share is in use. */
export async function waitForOrphanBackends(home: ClusterHome, ms = 15_000): Promise<void> {
  const folder = realpathSync(home.data);
  for (const end = Date.now() + ms; Date.now() < end; await pause(POLL_MS)) if ((processesIn(folder) ?? []).length === 0) return;
}

/**
 * Sets a pid file aside whose process is provably not of this cluster; PostgreSQL itself would refuse to start when the id was
 * given to another process of the same account. Without that proof the file stays.
 */
export function setStalePidFileAside(home: ClusterHome): void {
  const pid = writtenPid(home);
  if (pid === undefined || !isAlive(pid)) return;
  if (processesIn(realpathSync(home.data))?.length === 0) renameSync(join(home.data, 'postmaster.pid'), join(home.data, 'postmaster.pid.stale'));
}

import { spawnSync } from 'node:child_process';
import { chownSync, existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FatalStartError } from '../process/fatal-start-error.js';
import { errorCode } from '../process/system-error.js';
import type { PostgresBinaries } from './binaries.js';
import { type ClusterHome, makeOwnedFolder } from './cluster-home.js';
import { type ServiceUser, SYSTEM_PATH } from './service-user.js';
import { readStartFailure } from './start-failure.js';

/** The account the hub uses inside of the embedded cluster. */
export const SUPERUSER = 'etalon';

/**
 * Makes the cluster's files once. It works in a folder of its own and is put in place with one rename, so a start that was killed
 * or ran out of space leaves nothing half-made behind.
 * @throws FatalStartError
 */
export function initCluster(home: ClusterHome, binaries: PostgresBinaries, password: string, user: ServiceUser | undefined): void {
  if (existsSync(join(home.data, 'PG_VERSION'))) return;
  const workshop = join(home.folder, 'init');
  rmSync(workshop, { recursive: true, force: true });
  makeOwnedFolder(workshop, user);
  const fresh = join(workshop, 'data');
  const passwordFile = join(workshop, 'password');
  try {
    makeOwnedFolder(fresh, user);
    writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
    if (user) chownSync(passwordFile, user.uid, user.gid);
    const made = spawnSync(
      binaries.initdb,
      [
        `--pgdata=${fresh}`,
        `--username=${SUPERUSER}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C.UTF-8',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--no-instructions',
      ],
      { cwd: '/', encoding: 'utf8', env: { PATH: SYSTEM_PATH, LC_ALL: 'C' }, ...user },
    );
    if (made.status !== 0) {
      const failure = readStartFailure(`${made.stdout ?? ''}\n${made.stderr ?? ''}\n${made.error?.message ?? ''}`, home.folder);
      throw failure.kind === 'fatal'
        ? failure.error
        : new FatalStartError(`PostgreSQL could not make its files in ${home.folder}.`, 'Set DATA_DIR to a folder on a local disk.', {
            told: { code: 'postgres-no-files', params: { folder: home.folder } },
          });
    }
    renameSync(fresh, home.data);
  } catch (error) {
    if (errorCode(error) === 'ENOSPC') throw diskFull(home.folder, error);
    throw error;
  } finally {
    rmSync(workshop, { recursive: true, force: true });
  }
}

function diskFull(folder: string, cause: unknown): FatalStartError {
  return new FatalStartError(`The disk that holds ${folder} is full.`, 'Free at least 300 MB there, or set DATA_DIR to a folder on another disk.', {
    cause,
    told: { code: 'disk-full', params: { folder } },
  });
}

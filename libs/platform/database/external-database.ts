import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { FatalStartError } from '../process/fatal-start-error.js';
import { errorCode } from '../process/system-error.js';

const OLDEST_MAJOR = 15;

function explain(error: unknown): FatalStartError | 'wait' {
  const code = errorCode(error) ?? '';
  const fatal = (told: string, message: string, remedy: string): FatalStartError => new FatalStartError(message, remedy, { told: { code: told } });
  if (code === '28P01' || code === '28000')
    return fatal(
      'database-password',
      'The database refuses the user or password of DATABASE_URL.',
      'Correct the user and password in DATABASE_URL (special characters percent-encoded), or allow this host in pg_hba.conf.',
    );
  if (code === '3D000')
    return fatal(
      'database-missing',
      'The database named in DATABASE_URL does not exist on that server.',
      'Create it (CREATE DATABASE …) or correct the name at the end of DATABASE_URL.',
    );
  if (code === 'ENOTFOUND') return fatal('database-host', 'The host of DATABASE_URL is not known.', 'Correct the host name in DATABASE_URL.');
  if (code === 'ERR_INVALID_URL') return fatal('database-address', 'DATABASE_URL is not a valid address.', 'Write it as postgres://user:password@host:5432/database.');
  if (error instanceof Error && /SASL|SCRAM|password must be a string/i.test(error.message))
    return fatal('database-no-password', 'DATABASE_URL has no usable password.', 'Write it as postgres://user:password@host:5432/database.');
  if (error instanceof Error && /does not support SSL|certificate|self.signed/i.test(error.message))
    return fatal('database-encryption', 'The encrypted connection to DATABASE_URL failed.', 'Set sslmode in DATABASE_URL to what the server offers.');
  return 'wait';
}

async function tryOnce(url: string): Promise<{ version: number; readOnly: boolean }> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000, application_name: 'etalon-start' });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ version: string; read_only: boolean }>(
      `select current_setting('server_version_num') as version, current_setting('transaction_read_only') = 'on' as read_only`,
    );
    return { version: Math.floor(Number(rows[0]?.version) / 10_000), readOnly: rows[0]?.read_only === true };
  } finally {
    await client.end().catch(() => undefined);
  }
}

/**
 * Makes sure that the database of DATABASE_URL answers and can be used; one that is down or still starting is waited for.
 * @throws FatalStartError with a sentence that names no part of the address but the setting
 */
export async function checkExternalDatabase(url: string, waitSeconds: number, onWait?: () => void): Promise<void> {
  const deadline = Date.now() + waitSeconds * 1000;
  let told = false;
  for (;;) {
    try {
      const { version, readOnly } = await tryOnce(url);
      if (version < OLDEST_MAJOR)
        throw new FatalStartError(`The database of DATABASE_URL is PostgreSQL ${version}.`, `Use PostgreSQL ${OLDEST_MAJOR} or newer.`, {
          told: { code: 'database-old', params: { version, oldest: OLDEST_MAJOR } },
        });
      if (readOnly)
        throw new FatalStartError('The database of DATABASE_URL can only be read.', 'Point DATABASE_URL at the primary server, not at a replica.', {
          told: { code: 'database-read-only' },
        });
      return;
    } catch (error) {
      if (error instanceof FatalStartError) throw error;
      const meaning = explain(error);
      if (meaning !== 'wait') throw meaning;
      if (Date.now() >= deadline) {
        throw new FatalStartError(
          `The database of DATABASE_URL did not answer within ${waitSeconds} seconds (${errorCode(error) ?? 'connection failed'}).`,
          'Start that server or correct host and port in DATABASE_URL; without DATABASE_URL Etalon starts its own.',
          { told: { code: 'database-silent', params: { seconds: waitSeconds } } },
        );
      }
      if (!told) onWait?.();
      told = true;
      await pause(500);
    }
  }
}

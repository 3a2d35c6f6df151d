import { createHash, randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AppConfig } from '../config/app-config.js';
import { FatalStartError } from '../process/fatal-start-error.js';
import { errorCode } from '../process/system-error.js';

const KEY_BYTES = 32;

/** The key that wraps all data keys. `id` tells keys apart without telling anything about them. */
export interface SecretKey {
  readonly bytes: Buffer;
  readonly id: string;
}

function asKey(text: string): SecretKey | undefined {
  const bytes = /^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, 'hex') : Buffer.from(text, 'base64');
  if (bytes.length !== KEY_BYTES) return undefined;
  return { bytes, id: createHash('sha256').update('etalon-key-id').update(bytes).digest('hex').slice(0, 12) };
}

function readKept(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw new FatalStartError(`The key file ${file} cannot be read.`, 'Give this account the right to read it.', {
      cause: error,
      told: { code: 'key-unreadable', params: { file } },
    });
  }
}

/** Two processes that start together must agree on one key: the file appears whole and only once. */
function keepNew(file: string): string {
  const draft = `${file}.${process.pid}`;
  try {
    writeFileSync(draft, `${randomBytes(KEY_BYTES).toString('hex')}\n`, { mode: 0o600 });
    linkSync(draft, file);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST')
      throw new FatalStartError(`The key file ${file} cannot be written.`, 'Give this account the right to write there, or set ETALON_SECRET_KEY.', {
        cause: error,
        told: { code: 'key-not-written', params: { file } },
      });
  } finally {
    rmSync(draft, { force: true });
  }
  return readFileSync(file, 'utf8').trim();
}

/**
 * The key of ETALON_SECRET_KEY, else the one kept in the data folder (file `secret.key`, mode 0600, made on first use).
 * @throws FatalStartError
 */
export function loadSecretKey(config: Pick<AppConfig, 'dataDir' | 'secrets'>): SecretKey {
  if (config.secrets.key !== undefined) {
    const given = asKey(config.secrets.key);
    if (given) return given;
    throw new FatalStartError('ETALON_SECRET_KEY is not 32 bytes.', 'Give it as 64 hex digits or as base64; make one with: openssl rand -hex 32', { told: { code: 'key-wrong' } });
  }
  mkdirSync(config.dataDir, { recursive: true });
  const file = join(config.dataDir, 'secret.key');
  const kept = asKey(readKept(file) ?? keepNew(file));
  if (kept) return kept;
  throw new FatalStartError(`The key file ${file} is damaged.`, 'Restore it from a backup; without it the stored channel keys must be entered again (delete the file then).', {
    told: { code: 'key-damaged', params: { file } },
  });
}

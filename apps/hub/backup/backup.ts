import { createHash } from 'node:crypto';
import { createWriteStream, existsSync } from 'node:fs';
import { mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Pool, PoolClient } from 'pg';
import { type AppConfig, createPool, FatalStartError, findRunningEmbedded, loadSecretKey, startDatabase } from '#platform';
import { type BackupManifest, FORMAT, MANIFEST, type SavedTable } from './backup-manifest.js';
import { backupTables, type BackupTable, columnList, quoted } from './backup-tables.js';
import { copyOut } from './copy-stream.js';
import { type TarPart, writeTar } from './tar-file.js';

export const HEADS = 'evidence-heads.json';
export const KEY = 'secret.key';

export function pictureFile(dataDir: string, digest: string): string {
  return join(dataDir, 'media', digest.slice(0, 2), digest.slice(2, 4), digest);
}

export interface BackupReport {
  readonly file: string;
  readonly rows: number;
  readonly pictures: number;
  readonly with_key: boolean;
}

/**
 * Saves database and pictures into one file (a gzipped tar). The hub may run: all tables are read in one snapshot.
 * The key is only in it when asked for; without it the channel secrets in the backup cannot be opened by anyone who has just the file.
 */
export async function backupTo(config: AppConfig, target: string, { withKey }: { readonly withKey: boolean }): Promise<BackupReport> {
  const file = resolve(target);
  if (existsSync(file))
    throw new FatalStartError(`The file ${file} is there already.`, 'Choose another name: a backup never overwrites anything.', {
      told: { code: 'backup-there', params: { file } },
    });
  const database = await openDatabase(config);
  const pool = createPool(database.url, { max: 2, applicationName: 'etalon-backup' });
  const scratch = await mkdtemp(join(dirname(file), '.etalon-backup-')).catch((error: unknown) => {
    throw new FatalStartError(`The folder ${dirname(file)} cannot be written.`, 'Choose a folder that exists and is yours.', {
      cause: error,
      told: { code: 'backup-folder', params: { folder: dirname(file) } },
    });
  });
  try {
    return await save(config, pool, file, scratch, withKey);
  } finally {
    await pool.end();
    await database.stop();
    await rm(scratch, { recursive: true, force: true });
  }
}

async function openDatabase(config: AppConfig): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const running = config.database.url ?? findRunningEmbedded(config.dataDir);
  if (running !== undefined) return { url: running, stop: () => Promise.resolve() };
  if (!existsSync(config.dataDir))
    throw new FatalStartError(`There is no data folder ${config.dataDir}.`, 'Set DATA_DIR to the folder of the hub.', {
      told: { code: 'no-data-folder', params: { folder: config.dataDir } },
    });
  return startDatabase({ ...config, role: 'all' });
}

async function save(config: AppConfig, pool: Pool, file: string, scratch: string, withKey: boolean): Promise<BackupReport> {
  // Read before the snapshot, so that no head is newer than the chain that is saved.
  const heads = existsSync(join(config.dataDir, HEADS)) ? await readFile(join(config.dataDir, HEADS)) : undefined;
  const key = loadSecretKey(config);
  const client = await pool.connect();
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const tables: SavedTable[] = [];
    for (const table of await backupTables(client)) tables.push(await saveTable(client, table, join(scratch, table.name)));
    const migrations = await client.query<{ name: string }>('SELECT name FROM schema_migration ORDER BY id');
    const media = await client.query<{ digest: string }>('SELECT digest FROM media ORDER BY digest');
    await client.query('COMMIT');
    const digests = media.rows.map((row) => row.digest).filter((digest) => existsSync(pictureFile(config.dataDir, digest)));
    const manifest: BackupManifest = {
      format: FORMAT,
      made_at: new Date().toISOString(),
      migrations: migrations.rows.map((row) => row.name),
      key_id: key.id,
      with_key: withKey,
      tables,
      pictures: digests.length,
    };
    const draft = join(scratch, 'backup.tar.gz');
    await pipeline(
      Readable.from(writeTar(parts(config, manifest, scratch, digests, heads, withKey ? key.bytes : undefined)), { objectMode: false }),
      createGzip({ level: 1 }),
      createWriteStream(draft, { mode: 0o600 }),
    );
    await rename(draft, file);
    return { file, rows: tables.reduce((sum, table) => sum + table.rows, 0), pictures: digests.length, with_key: withKey };
  } finally {
    client.release();
  }
}

async function saveTable(client: PoolClient, table: BackupTable, file: string): Promise<SavedTable> {
  const hash = createHash('sha256');
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  const out = createWriteStream(file, { mode: 0o600 });
  const written = finished(meter.pipe(out));
  const rows = await copyOut(client, `COPY (SELECT ${columnList(table)} FROM ${quoted(table.name)}) TO STDOUT (FORMAT binary)`, meter);
  meter.end();
  await written;
  return { name: table.name, columns: table.columns, rows, sha256: hash.digest('hex') };
}

function* parts(config: AppConfig, manifest: BackupManifest, scratch: string, digests: readonly string[], heads: Buffer | undefined, key: Buffer | undefined): Generator<TarPart> {
  yield { name: MANIFEST, bytes: Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`) };
  for (const table of manifest.tables) yield { name: `tables/${table.name}`, file: join(scratch, table.name) };
  if (heads !== undefined) yield { name: HEADS, bytes: heads };
  if (key !== undefined) yield { name: KEY, bytes: Buffer.from(`${key.toString('hex')}\n`) };
  for (const digest of digests) yield { name: `media/${digest}`, file: pictureFile(config.dataDir, digest) };
}

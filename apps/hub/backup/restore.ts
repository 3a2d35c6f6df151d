import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync, readdirSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { Pool, PoolClient } from 'pg';
import { type AppConfig, createDataSource, createPool, errorCode, FatalStartError, loadSecretKey, runMigrations, startDatabase } from '#platform';
import { appendEvidence, inTransaction } from '#reconcile';
import { hubMigrations, migrate } from '../start/migrations.js';
import { HEADS, KEY, pictureFile } from './backup.js';
import { type BackupManifest, MANIFEST, readManifest } from './backup-manifest.js';
import { backupTables, columnList, quoted } from './backup-tables.js';
import { copyIn } from './copy-stream.js';
import { BackupUnreadable, readTar } from './tar-file.js';

const DIGEST = /^media\/([0-9a-f]{64})$/;
const TABLE = /^tables\/([a-z_0-9]+)$/;

export interface RestoreReport {
  readonly made_at: string;
  readonly rows: number;
  readonly pictures: number;
  /** Whether the channel secrets can be opened here; if not, they are entered again. */
  readonly key: boolean;
}

/**
 * Brings a backup into an empty data folder (and an empty database); the hub must not run. Real accounts come back paused, so that
 * nothing old is sent before a person has looked. @throws FatalStartError, BackupUnreadable
 */
export async function restoreFrom(config: AppConfig, source: string): Promise<RestoreReport> {
  const file = resolve(source);
  if (!existsSync(file)) throw new FatalStartError(`There is no file ${file}.`, 'Check the path of the backup.', { told: { code: 'backup-no-file', params: { file } } });
  if (existsSync(config.dataDir) && readdirSync(config.dataDir).length > 0) {
    throw new FatalStartError(
      `The data folder ${config.dataDir} is not empty.`,
      'Stop the hub and move the folder away, or set DATA_DIR to a new one: a restore never overwrites anything.',
      { told: { code: 'restore-folder-used', params: { folder: config.dataDir } } },
    );
  }
  const scratch = join(config.dataDir, '.restore');
  await mkdir(scratch, { recursive: true, mode: 0o700 });
  try {
    const manifest = await unpack(config, file, scratch).catch(async (error: unknown) => {
      // Nothing was touched yet but this folder, which was empty: the next try shall find it so.
      for (const name of readdirSync(config.dataDir)) await rm(join(config.dataDir, name), { recursive: true, force: true });
      throw error;
    });
    return await bringBack(config, manifest, scratch);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function unpack(config: AppConfig, file: string, scratch: string): Promise<BackupManifest> {
  let manifest: BackupManifest | undefined;
  const unzipped = createGunzip();
  const feeding = pipeline(createReadStream(file), unzipped);
  const reading = readTar(unzipped, async (name, _size, bytes) => {
    if (name === MANIFEST) {
      manifest = readManifest(await textOf(bytes));
      return;
    }
    const [digest, table] = [DIGEST.exec(name)?.[1], TABLE.exec(name)?.[1]];
    const expected = digest ?? manifest?.tables.find((saved) => saved.name === table)?.sha256;
    const target =
      digest !== undefined
        ? pictureFile(config.dataDir, digest)
        : table !== undefined
          ? join(scratch, table)
          : name === HEADS || name === KEY
            ? join(config.dataDir, name)
            : undefined;
    if (target === undefined || manifest === undefined) throw new BackupUnreadable(`The backup holds an unknown part: ${name}.`);
    await mkdir(dirname(target), { recursive: true });
    const sha256 = await writeHashed(bytes, target);
    if (expected !== undefined && sha256 !== expected) throw new BackupUnreadable(`The part ${name} of the backup is damaged.`);
  });
  await Promise.all([feeding, reading]).catch((error: unknown) => {
    throw error instanceof BackupUnreadable || !String(errorCode(error)).startsWith('Z_') ? error : new BackupUnreadable('The backup is damaged.');
  });
  if (manifest === undefined) throw new BackupUnreadable('The file is not a backup of Etalon.', 'no-backup');
  return manifest;
}

async function textOf(bytes: AsyncIterable<Buffer>): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of bytes) pieces.push(piece);
  return Buffer.concat(pieces).toString('utf8');
}

async function writeHashed(bytes: AsyncIterable<Buffer>, file: string): Promise<string> {
  const hash = createHash('sha256');
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  await pipeline(Readable.from(bytes, { objectMode: false }), meter, createWriteStream(file, { mode: 0o600 }));
  return hash.digest('hex');
}

async function bringBack(config: AppConfig, manifest: BackupManifest, scratch: string): Promise<RestoreReport> {
  const unknown = manifest.migrations.filter((name) => !hubMigrations.some((migration) => migration.name === name));
  if (unknown.length > 0)
    throw new FatalStartError('The backup was made by a newer version of Etalon.', 'Restore it with that version or a later one.', { told: { code: 'backup-newer' } });
  if (config.secrets.key !== undefined) await rm(join(config.dataDir, KEY), { force: true });
  const sameKey = loadSecretKey(config).id === manifest.key_id;
  const database = await startDatabase({ ...config, role: 'all' });
  try {
    await migrateTo(database.url, manifest.migrations);
    const pool = createPool(database.url, { max: 2, applicationName: 'etalon-restore' });
    try {
      const rows = await fill(pool, manifest, scratch, sameKey);
      await migrate(database.url);
      return { made_at: manifest.made_at, rows, pictures: manifest.pictures, key: sameKey };
    } finally {
      await pool.end();
    }
  } finally {
    await database.stop();
  }
}

/** The schema the backup was made with; what came later is applied to the filled tables. */
async function migrateTo(url: string, names: readonly string[]): Promise<void> {
  const data = createDataSource(url, {
    entities: [],
    migrations: hubMigrations.filter((migration) => names.includes(migration.name)),
    applicationName: 'etalon-restore',
    poolMax: 2,
  });
  await data.initialize();
  try {
    const used = await data.query<{ used: boolean }[]>(`SELECT to_regclass('channel_account') IS NOT NULL OR to_regclass('product') IS NOT NULL AS used`);
    if (used[0]?.used === true)
      throw new FatalStartError('The database of DATABASE_URL is not empty.', 'Create an empty database and name it in DATABASE_URL.', { told: { code: 'restore-database-used' } });
    await runMigrations(data);
  } finally {
    await data.destroy();
  }
}

function fill(pool: Pool, manifest: BackupManifest, scratch: string, sameKey: boolean): Promise<number> {
  return inTransaction(pool, async (client) => {
    let rows = 0;
    for (const table of await backupTables(client)) {
      const saved = manifest.tables.find((one) => one.name === table.name);
      if (saved === undefined) continue;
      const name = quoted(table.name);
      await client.query(`ALTER TABLE ${name} DISABLE TRIGGER USER`);
      const copied = await copyIn(client, `COPY ${name} (${columnList(saved)}) FROM STDIN (FORMAT binary)`, createReadStream(join(scratch, table.name)));
      if (copied !== saved.rows) throw new BackupUnreadable(`The table ${table.name} came back with ${copied} of ${saved.rows} rows.`);
      await client.query(`ALTER TABLE ${name} ENABLE TRIGGER USER`);
      rows += copied;
    }
    await setCounters(client);
    await client.query(`DELETE FROM api_token WHERE author = 'hub'`);
    await settleAccounts(client, manifest, sameKey);
    return rows;
  });
}

/** Identity columns go on after the highest number that came back. */
async function setCounters(client: PoolClient): Promise<void> {
  const { rows } = await client.query<{ table: string; column: string }>(
    `SELECT c.relname AS table, a.attname AS column FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = 'public' AND c.relkind = 'r' AND a.attidentity <> ''`,
  );
  for (const { table, column } of rows) {
    await client.query(`SELECT setval(pg_get_serial_sequence($1, $2), coalesce((SELECT max(${quoted(column)}) FROM ${quoted(table)}), 0) + 1, false)`, [quoted(table), column]);
  }
}

async function settleAccounts(client: PoolClient, manifest: BackupManifest, sameKey: boolean): Promise<void> {
  await client.query(`UPDATE channel_account SET epoch = epoch + 1`);
  await client.query(`UPDATE channel_account SET state = 'paused', state_reason = 'restored-from-backup' WHERE clock_url IS NULL`);
  if (!sameKey) await client.query(`UPDATE channel_account SET state = 'unauthorised', state_reason = 'keys-needed'`);
  const { rows } = await client.query<{ id: string }>('SELECT id FROM channel_account ORDER BY id');
  for (const { id } of rows) {
    await appendEvidence(client, id, [{ kind: 'restore.done', at: Date.now(), body: { author: 'command line', from: manifest.made_at } }]);
  }
}

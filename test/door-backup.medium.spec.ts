import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import sharp from 'sharp';
import { type AppConfig, FatalStartError, loadConfig, loadSecretKey, Vault } from '#platform';
import { backupTo, pictureFile } from '../apps/hub/backup/backup.js';
import { restoreFrom } from '../apps/hub/backup/restore.js';
import { BackupUnreadable } from '../apps/hub/backup/tar-file.js';
import { type DoorHub, openDoors } from './door-hub.js';
import { startTestDatabase, type TestDatabase } from './harness/test-database.js';

const SECRET = 'canary-5e1f-secret-key';
let doors: DoorHub;
let folder = '';
let source: AppConfig;
let digest = '';
const opened: TestDatabase[] = [];

async function emptyPlace(name: string): Promise<AppConfig> {
  const database = await startTestDatabase();
  opened.push(database);
  return loadConfig({ env: { NODE_ENV: 'test', DATA_DIR: join(folder, name), DATABASE_URL: database.url, ETALON_DEMO: 'off' } });
}

async function query<T extends object>(config: AppConfig, text: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: config.database.url });
  await client.connect();
  try {
    return (await client.query<T>(text)).rows;
  } finally {
    await client.end();
  }
}

beforeAll(async () => {
  doors = await openDoors();
  folder = mkdtempSync(join(tmpdir(), 'door-backup-'));
  source = loadConfig({ env: { NODE_ENV: 'test', DATA_DIR: doors.dataDir, DATABASE_URL: doors.hub.databaseUrl, ETALON_DEMO: 'off' } });
  const bytes = await sharp({ create: { width: 200, height: 200, channels: 3, background: '#2a6' } })
    .jpeg()
    .toBuffer();
  digest = String((await doors.call('/api/media', { method: 'POST', raw: new Uint8Array(bytes), headers: { 'content-type': 'image/jpeg' } })).body['digest']);
  await doors.call('/api/products', { method: 'POST', body: { sku: 'B-1', title: 'Часы «Полёт»', media: [{ digest }] } });
  await doors.call('/api/products/B-1', { method: 'PATCH', body: { title: 'Часы' }, headers: { 'if-match': '"1"' } });
  await doors.call('/api/accounts', { method: 'POST', body: { channel: 'ozon', credentials: { clientId: '1', apiKey: SECRET } } });
}, 60_000);

afterAll(async () => {
  await doors.close();
  for (const database of opened) await database.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('a backup', () => {
  it('brings everything back while the hub that made it runs on', async () => {
    const file = join(folder, 'whole.tgz');
    const saved = await backupTo(source, file, { withKey: true });
    const target = await emptyPlace('whole');
    const restored = await restoreFrom(target, file);
    expect(restored).toMatchObject({ rows: saved.rows, pictures: 1, key: true });
    const tables = ['product', 'product_revision', 'outbox', 'evidence', 'app_user'];
    for (const table of tables.filter((name) => name !== 'evidence')) {
      const text = `SELECT md5(string_agg(t::text, '' ORDER BY t::text)) AS sum FROM ${table} t`;
      expect([table, await query(target, text)]).toEqual([table, await query(source, text)]);
    }
    expect(readFileSync(pictureFile(target.dataDir, digest)).equals(readFileSync(pictureFile(source.dataDir, digest)))).toBe(true);
    const [account] = await query<{ id: string; credentials: string; state: string }>(target, 'SELECT id, credentials, state FROM channel_account');
    expect(account?.state).toBe('paused');
    expect(new Vault(loadSecretKey(target)).openFields(account?.credentials ?? '', `account:${account?.id ?? ''}`)).toMatchObject({ apiKey: SECRET });
    expect(await query(target, `SELECT kind FROM evidence ORDER BY seq DESC LIMIT 1`)).toEqual([{ kind: 'restore.done' }]);
    const [next] = await query<{ id: string }>(target, `INSERT INTO outbox (topic, product_id, revision) SELECT 'product', id, 1 FROM product LIMIT 1 RETURNING id`);
    expect(Number(next?.id)).toBeGreaterThan(2);
  }, 60_000);

  it('without the key gives nobody the channel secrets, and asks for them anew', async () => {
    const file = join(folder, 'no-key.tgz');
    await backupTo(source, file, { withKey: false });
    const target = await emptyPlace('no-key');
    expect((await restoreFrom(target, file)).key).toBe(false);
    const [account] = await query<{ id: string; credentials: string; state: string }>(target, 'SELECT id, credentials, state FROM channel_account');
    expect(account?.state).toBe('unauthorised');
    expect(() => new Vault(loadSecretKey(target)).openFields(account?.credentials ?? '', `account:${account?.id ?? ''}`)).toThrow(/another key/);
  }, 60_000);

  it('is never written over a file, nor restored over data or from a damaged file', async () => {
    const file = join(folder, 'guarded.tgz');
    await backupTo(source, file, { withKey: false });
    await expect(backupTo(source, file, { withKey: false })).rejects.toThrow(FatalStartError);
    await expect(restoreFrom(source, file)).rejects.toThrow(/not empty/);
    const whole = readFileSync(file);
    for (const [name, bytes] of [
      ['cut', whole.subarray(0, whole.length - 200)],
      ['other', Buffer.from('no backup at all')],
    ] as const) {
      writeFileSync(join(folder, `${name}.tgz`), bytes);
      const target = await emptyPlace(name);
      await expect(restoreFrom(target, join(folder, `${name}.tgz`))).rejects.toThrow(BackupUnreadable);
      expect(await query(target, `SELECT 1 FROM pg_tables WHERE schemaname = 'public'`)).toEqual([]);
      expect(readdirSync(target.dataDir)).toEqual([]);
    }
  }, 60_000);
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { CsvImport, ProductService } from '#catalog';
import { migrate } from '../apps/hub/start/migrations.js';
import { startTestDatabase, type TestDatabase } from './harness/test-database.js';

describe('an import file that lost most of its rows, or empties the shop', () => {
  let database: TestDatabase;
  let pool: pg.Pool;
  let folder: string;
  let importer: CsvImport;
  const by = { author: 'anna' };

  beforeAll(async () => {
    database = await startTestDatabase({ template: { name: 'hub', prepare: async (url) => void (await migrate(url)) } });
    pool = new pg.Pool({ connectionString: database.url, max: 4 });
    pool.on('error', () => undefined);
    folder = await mkdtemp(join(tmpdir(), 'etalon-shrunken-'));
    importer = new CsvImport(pool, new ProductService(pool));
    expect(await importer.run(await goods('goods.csv', 200, 5), by)).toMatchObject({ created: 200 });
  }, 60_000);
  afterAll(async () => {
    await pool.end();
    await database.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function goods(name: string, count: number, stock: number): Promise<string> {
    const rows = Array.from({ length: count }, (_, i) => `S-${i};Товар ${i};${stock}`);
    const file = join(folder, name);
    await writeFile(file, ['Артикул;Наименование;Остаток', ...rows, ''].join('\n'));
    return file;
  }

  async function revisions(): Promise<number> {
    const { rows } = await pool.query<{ n: number }>('SELECT count(*)::integer AS n FROM product_revision');
    return rows[0]?.n ?? 0;
  }

  it('is held with the difference shown, and nothing is written', async () => {
    const before = await revisions();
    const shrunken = await importer.run(await goods('goods.csv', 60, 9), by);
    expect(shrunken).toMatchObject({ rows: 60, skipped: 60, updated: 0, held: { reason: 'shrunken', previousRows: 200, rows: 60 } });
    const empties = await importer.run(await goods('goods.csv', 200, 0), by);
    expect(empties).toMatchObject({ rows: 200, skipped: 200, held: { reason: 'mass-change', emptied: 200 } });
    expect(await revisions()).toBe(before);
    const { rows } = await pool.query<{ state: string }>('SELECT state FROM catalog_job ORDER BY id DESC LIMIT 2');
    expect(rows.map((row) => row.state)).toEqual(['held', 'held']);
  });

  it('goes through when a person says that it is meant', async () => {
    expect(await importer.run(await goods('goods.csv', 200, 0), { ...by, accept: true })).toMatchObject({ updated: 200, failed: 0 });
  });
});

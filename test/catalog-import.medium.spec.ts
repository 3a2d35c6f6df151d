import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import iconv from 'iconv-lite';
import pg from 'pg';
import { CsvImport, ProductService, catalogEntities, catalogMigrations, exportProducts, type ImportResult } from '#catalog';
import { createDataSource, runMigrations } from '#platform';
import { startTestDatabase, type TestDatabase } from './harness/test-database.js';

const realFile = fileURLToPath(new URL('../../shared/data/ru/catalog-ru-283.csv', import.meta.url));
const options = { author: 'anna' };
let database: TestDatabase;
let pool: pg.Pool;
let products: ProductService;
let importer: CsvImport;
let folder: string;

async function csv(name: string, content: string | Buffer): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, content);
  return file;
}

function accounted(result: ImportResult): number {
  return result.created + result.updated + result.unchanged + result.failed + result.skipped;
}

async function revisions(): Promise<number> {
  const { rows } = await pool.query<{ n: string }>('SELECT count(*) AS n FROM product_revision');
  return Number(rows[0]?.n);
}

beforeAll(async () => {
  database = await startTestDatabase();
  const dataSource = createDataSource(database.url, { entities: catalogEntities, migrations: catalogMigrations });
  await dataSource.initialize();
  await runMigrations(dataSource);
  await dataSource.destroy();
  pool = new pg.Pool({ connectionString: database.url, max: 4 });
  products = new ProductService(pool);
  importer = new CsvImport(pool, products);
  folder = await mkdtemp(join(tmpdir(), 'etalon-import-'));
}, 60_000);

afterAll(async () => {
  await pool.end();
  await database.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('importing a CSV file', () => {
  it('finds out encoding and separator, and understands Russian headers and units', async () => {
    const text =
      'Артикул;Наименование;Цена, руб.;Вес, кг;Длина, см;Ширина, см;Высота, см;Остаток;Ставка НДС;Штрихкод;Группа;Цвет\r\nQ-1;"Ёлка ""Мечта""; синяя";1 290,50;2,5;120;30,5;20;7;20%;4600000000015 ;Дом > Декор;синий\r\n';
    const result = await importer.run(await csv('win.csv', iconv.encode(text, 'windows-1251')), options);
    expect(result).toMatchObject({ rows: 1, created: 1, failed: 0 });
    expect((await products.read.get('Q-1'))?.document).toMatchObject({
      title: 'Ёлка "Мечта"; синяя',
      price: { minor: 129050, currency: 'RUB' },
      weight: 2500,
      dimensions: { length: 1200, width: 305, height: 200 },
      stock: { main: 7 },
      vat: 20,
      category: 'Дом / Декор',
      attributes: { Цвет: 'синий' },
    });
  });

  it('says for each bad row or value what, why and what to do, and takes the rest', async () => {
    const text = [
      '\ufeffsku,name,price,barcode,weight,name 2',
      'W-1,Первый,сто,,1,x',
      ',Без артикула,1,,,',
      'W-2,,1,,,',
      'W-3,Третий,1,4600000000001,,',
      'W-1,Повтор,1,,,',
      ',,,,,',
      'W-4,Четвёртый,1,,,,,лишнее',
      'W-5,Пя\u0001тый,1,,,',
    ].join('\n');
    const result = await importer.run(await csv('bad.csv', text), options);
    expect(result).toMatchObject({ rows: 8, created: 2, updated: 0, unchanged: 0, failed: 4, skipped: 2 });
    expect(accounted(result)).toBe(result.rows);
    expect(result.report.map((n) => [n.row, n.outcome, n.field])).toEqual([
      [1, 'warning', 'weight'],
      [3, 'failed', 'sku'],
      [6, 'skipped', 'sku'],
      [7, 'skipped', 'row'],
      [8, 'failed', 'row'],
      [2, 'warning', 'price'],
      [4, 'failed', 'title'],
      [5, 'warning', 'barcodes'],
      [9, 'failed', 'title'],
    ]);
    for (const note of result.report) expect(note.reason.length * note.remedy.length).toBeGreaterThan(0);
    const { rows } = await pool.query('SELECT state, counts FROM catalog_job WHERE id = $1', [result.jobId]);
    expect(rows).toEqual([{ state: 'done', counts: { rows: 8, created: 2, updated: 0, unchanged: 0, failed: 4, skipped: 2 } }]);
  });

  it('accounts for the row where the file becomes unreadable', async () => {
    const result = await importer.run(await csv('open.csv', 'sku,name\nO-1,Целая\nO-2,"не закрыта\nO-3,дальше'), options);
    expect(accounted(result)).toBe(result.rows);
    expect(result).toMatchObject({ rows: 2, created: 1, failed: 1 });
    expect(result.report[0]?.reason).toContain('cannot be read');
  });

  it('tries everything and keeps nothing in a dry run', async () => {
    const before = await revisions();
    const result = await importer.run(await csv('dry.csv', 'sku,name,barcode\nY-1,Новый,\nQ-1,Другая,\nY-2,Чужой штрихкод,4600000000015'), { ...options, dryRun: true });
    expect(result).toMatchObject({ rows: 3, created: 1, updated: 1, failed: 1 });
    expect(result.report).toMatchObject([{ row: 4, field: 'barcodes', reason: 'the barcode belongs to "Q-1"' }]);
    expect(await revisions()).toBe(before);
    expect(await products.read.get('Y-1')).toBeUndefined();
  });

  it('keeps what the file does not say', async () => {
    await importer.run(await csv('part.csv', 'sku,stock\nQ-1,9'), options);
    expect((await products.read.get('Q-1'))?.document).toMatchObject({ stock: { main: 9 }, vat: 20, attributes: { Цвет: 'синий' } });
  });
});

const withRealFile = existsSync(realFile) ? it : it.skip;
if (!existsSync(realFile)) process.stdout.write('skipped: no real catalog file beside the project (../shared/data/ru)\n');

describe('a real catalog of 283 goods', () => {
  withRealFile('loads whole, each row accounted for; a second time nothing is written', async () => {
    const first = await importer.run(realFile, options);
    expect(first).toMatchObject({ rows: 283, created: 282, updated: 0, unchanged: 0, failed: 1, skipped: 0 });
    expect(first.report.filter((n) => n.outcome === 'failed')).toMatchObject([{ field: 'sku' }]);
    // Two barcodes with a wrong check digit, and four lengths of more than 100 m.
    expect(
      first.report
        .filter((n) => n.outcome === 'warning')
        .map((n) => n.field)
        .sort(),
    ).toEqual(['barcodes', 'barcodes', 'length', 'length', 'length', 'length']);
    expect((await products.read.get('PM-421-WP'))?.document).toMatchObject({
      brand: 'CrazyBoom',
      category: 'Детские товары / Коврики для дома',
      vat: 20,
      price: { minor: 10000, currency: 'RUB' },
      stock: { main: 377 },
      weight: 1400,
      dimensions: { length: 710, width: 400, height: 120 },
      barcodes: ['8809288404089'],
      externalIds: { '1c': 'bd8c4e15-18f9-11e7-80c2-0cc47ab29cd1' },
      attributes: { 'Код ОЗОН': '149831179' },
    });
    const before = await revisions();
    const second = await importer.run(realFile, options);
    expect(second).toMatchObject({ rows: 283, created: 0, updated: 0, unchanged: 282, failed: 1, skipped: 0 });
    expect(await revisions()).toBe(before);
  });
});

describe('export', () => {
  it('gives every product once, one JSON line each', async () => {
    const skus: string[] = [];
    for await (const line of exportProducts(products.read)) {
      expect(line.endsWith('}\n')).toBe(true);
      skus.push((JSON.parse(line) as { sku: string }).sku);
    }
    const { rows } = await pool.query<{ sku: string }>('SELECT sku FROM product ORDER BY id');
    expect(skus).toEqual(rows.map((r) => r.sku));
  });
});

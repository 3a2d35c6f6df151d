import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import {
  BarcodeConflict,
  InvalidProduct,
  ProductService,
  SkuTaken,
  StaleRevision,
  catalogEntities,
  catalogMigrations,
  checkDigit,
  announceProducts,
  changedProducts,
  forgetChanges,
  outboxMark,
  type ProductInput,
} from '#catalog';
import { createDataSource, runMigrations, schemaDrift } from '#platform';
import { startTestDatabase, type TestDatabase } from './harness/test-database.js';

const person = { author: 'anna', cause: { kind: 'person' } } as const;
let database: TestDatabase;
let pool: pg.Pool;
let products: ProductService;
let drift: string[];

const mug = (sku: string, more: Partial<ProductInput> = {}): ProductInput => ({
  sku,
  title: 'Кружка керамическая',
  description: 'Для чая',
  category: 'Дом и сад / Столовая посуда / Кружка',
  attributes: { 'Объем, л': { value: 0.35, unit: 'л' }, Материал: ['Керамика'] },
  price: { minor: 49900, currency: 'RUB' },
  stock: { main: 5 },
  ...more,
});

async function idOf(sku: string): Promise<string> {
  const { rows } = await pool.query<{ id: string }>('SELECT id FROM product WHERE sku = $1', [sku]);
  return rows[0]?.id ?? '';
}

/** Every row version of the catalog: any write, even a mere row lock, shows. */
async function rowVersions(): Promise<string[]> {
  const tables = ['product', 'product_revision', 'product_barcode', 'product_words', 'product_attribute_key', 'product_model', 'category', 'outbox'];
  const { rows } = await pool.query<{ version: string }>(
    tables.map((table) => `SELECT concat_ws(' ', '${table}', ctid, xmin, xmax) AS version FROM ${table}`).join(' UNION ALL ') + ' ORDER BY 1',
  );
  return rows.map((row) => row.version);
}

beforeAll(async () => {
  database = await startTestDatabase();
  const dataSource = createDataSource(database.url, { entities: catalogEntities, migrations: catalogMigrations });
  await dataSource.initialize();
  await runMigrations(dataSource);
  drift = await schemaDrift(dataSource);
  await dataSource.destroy();
  pool = new pg.Pool({ connectionString: database.url, max: 8 });
  pool.on('error', () => undefined);
  products = new ProductService(pool);
}, 60_000);

afterAll(async () => {
  await pool.end();
  await database.stop();
});

describe('the catalog schema', () => {
  it('equals the entities', () => expect(drift).toEqual([]));
});

describe('a product revision', () => {
  it('is made by every change, with author and cause, and announced with it', async () => {
    const created = await products.create(mug('R-1'), person);
    expect(created).toMatchObject({ sku: 'R-1', revision: 1, changed: true });
    const saved = await products.patch('R-1', { basedOn: 1, patch: { title: 'Кружка синяя', attributes: { Цвет: 'синий', Материал: null } }, ...person });
    expect(saved.revision).toBe(2);

    const stored = await products.read.get('R-1');
    expect(stored?.document).toMatchObject({ title: 'Кружка синяя', description: 'Для чая', attributes: { Цвет: 'синий' } });
    expect(stored?.document.attributes).not.toHaveProperty('Материал');
    expect((await products.read.history('R-1')).map((r) => [r.revision, r.author, r.cause.kind, r.document.title])).toEqual([
      [2, 'anna', 'person', 'Кружка синяя'],
      [1, 'anna', 'person', 'Кружка керамическая'],
    ]);
    const { rows } = await pool.query('SELECT revision FROM outbox WHERE product_id = $1 ORDER BY id', [created.productId]);
    expect(rows).toEqual([{ revision: 1 }, { revision: 2 }]);
  });

  it('is not made when nothing changed, and no row is written', async () => {
    await products.create(mug('R-2', { barcodes: ['2900000000001'], model: { code: 'M-2', axes: ['Цвет'] } }), person);
    const before = await rowVersions();
    const patched = await products.patch('R-2', { basedOn: 1, patch: { title: 'Кружка керамическая', stock: { main: 5 } }, ...person });
    const [upserted] = await products.upsertMany([{ document: mug('R-2', { barcodes: ['2900000000001'], model: { code: 'M-2', axes: ['Цвет'] } }) }], person);
    expect(patched).toMatchObject({ revision: 1, changed: false });
    expect(upserted).toMatchObject({ kind: 'unchanged', revision: 1 });
    expect(await rowVersions()).toEqual(before);
  });

  it('is refused with both values when it is based on an older one', async () => {
    await products.create(mug('R-3'), person);
    await products.patch('R-3', { basedOn: 1, patch: { title: 'Их название' }, ...person });
    const late = products.patch('R-3', { basedOn: 1, patch: { title: 'Моё название' }, ...person });
    await expect(late).rejects.toBeInstanceOf(StaleRevision);
    await expect(late).rejects.toMatchObject({
      current: 2,
      base: 1,
      fields: [{ field: 'title', base: 'Кружка керамическая', current: 'Их название', proposed: 'Моё название' }],
    });
  });

  it('goes to exactly one of many who change the same revision at once', async () => {
    await products.create(mug('R-4'), person);
    const results = await Promise.allSettled(Array.from({ length: 8 }, (_, i) => products.patch('R-4', { basedOn: 1, patch: { title: `Название ${i}` }, ...person })));
    expect(results.filter((r) => r.status === 'fulfilled')).toHaveLength(1);
    for (const r of results) if (r.status === 'rejected') expect(r.reason).toBeInstanceOf(StaleRevision);
    expect(await products.read.history('R-4')).toHaveLength(2);
  });

  it('cannot be changed or deleted in the database, save for its approval', async () => {
    const { productId } = await products.create(mug('R-5'), person);
    await expect(pool.query(`UPDATE product_revision SET author = 'x' WHERE product_id = $1`, [productId])).rejects.toThrow('never changed');
    await expect(pool.query('DELETE FROM product_revision WHERE product_id = $1', [productId])).rejects.toThrow('never deleted');
    await pool.query('UPDATE product_revision SET approved = false WHERE product_id = $1', [productId]);
  });

  it('can be restored whole or by field', async () => {
    await products.create(mug('R-6'), person);
    await products.patch('R-6', { basedOn: 1, patch: { title: 'Б', description: 'Другое', brand: 'Ясень' }, ...person });
    await products.restore('R-6', { revision: 1, basedOn: 2, author: 'boris', fields: ['title'] });
    expect((await products.read.get('R-6'))?.document).toMatchObject({ title: 'Кружка керамическая', description: 'Другое', brand: 'Ясень' });
    await products.restore('R-6', { revision: 1, basedOn: 3, author: 'boris' });
    const [newest] = await products.read.history('R-6', 1);
    expect(newest).toMatchObject({ revision: 4, author: 'boris', cause: { kind: 'restore', revision: 1 } });
    expect(newest?.document).toMatchObject({ description: 'Для чая' });
    expect(newest?.document.brand).toBeUndefined();
  });
});

describe('a draft', () => {
  it('is not shown to channels until it is approved', async () => {
    const { productId } = await products.create(mug('D-1', { overrides: { ozon: { title: 'Кружка для Ozon', attributes: { Цвет: 'белый' } } } }), person);
    await products.patch('D-1', { basedOn: 1, patch: { description: 'Черновик' }, draft: true, ...person });
    const [approved] = await products.snapshots([productId], { channel: 'ozon' });
    expect(approved).toMatchObject({ revision: 1, title: 'Кружка для Ozon', description: 'Для чая', attributes: { Цвет: 'белый', Материал: ['Керамика'] } });
    const [newest] = await products.snapshots([productId], { channel: 'wildberries', approvedOnly: false });
    expect(newest).toMatchObject({ revision: 2, title: 'Кружка керамическая', description: 'Черновик' });

    expect(await products.approve('D-1', 2)).toBe(true);
    expect(await products.approve('D-1', 2)).toBe(false);
    expect(await products.snapshots([productId], { channel: 'ozon' })).toMatchObject([{ revision: 2, description: 'Черновик' }]);
  });

  it('leaves a product that was never approved out of the channels', async () => {
    const { productId } = await products.create(mug('D-2'), { ...person, draft: true });
    expect(await products.snapshots([productId], { channel: 'ozon' })).toEqual([]);
  });
});

describe('a barcode', () => {
  it('belongs to one product; the refusal names both', async () => {
    await products.create(mug('B-1', { barcodes: ['2900000000018'] }), person);
    const second = products.create(mug('B-2', { barcodes: ['2900000000018'] }), person);
    await expect(second).rejects.toBeInstanceOf(BarcodeConflict);
    await expect(second).rejects.toMatchObject({ clashes: [{ barcode: '2900000000018', ownerSku: 'B-1', sku: 'B-2' }] });
    await products.patch('B-1', { basedOn: 1, patch: { barcodes: [] }, ...person });
    await products.create(mug('B-2', { barcodes: ['2900000000018'] }), person);
    expect(await products.read.ownerOfBarcode('2900000000018')).toBe('B-2');
  });

  it('goes to one of several products that take it at the same moment', async () => {
    for (let round = 0; round < 10; round++) {
      const body = `46${String(round).padStart(10, '0')}`;
      const barcodes = [body + String(checkDigit(body))];
      const results = await Promise.allSettled(['a', 'b', 'c', 'd'].map((sku) => products.create(mug(`B-${round}-${sku}`, { barcodes }), person)));
      expect(results.filter((r) => r.status === 'fulfilled')).toHaveLength(1);
      for (const r of results) if (r.status === 'rejected') expect(r.reason).toBeInstanceOf(BarcodeConflict);
    }
  });
});

describe('refusals', () => {
  it('name field, value and remedy', async () => {
    const bad = products.create(mug('X-1', { title: 'a\u0000b', barcodes: ['4600000000001'], price: { minor: 1.5, currency: 'RUB' } }), person);
    await expect(bad).rejects.toBeInstanceOf(InvalidProduct);
    const error: unknown = await bad.catch((e: unknown) => e);
    expect(error instanceof InvalidProduct && error.issues.map((i) => i.field).sort()).toEqual(['barcodes', 'price', 'title']);
    expect(await products.read.get('X-1')).toBeUndefined();
  });

  it('meet a second product with the same sku', async () => {
    await products.create(mug('X-2'), person);
    await expect(products.create(mug('X-2'), person)).rejects.toBeInstanceOf(SkuTaken);
  });
  it('meet a picture that is not stored', async () => {
    await expect(products.create(mug('X-3', { media: [{ digest: 'a'.repeat(64) }] }), person)).rejects.toMatchObject({ issues: [{ field: 'media' }] });
  });
});

describe('many products at once', () => {
  it('write only what changed, and refuse the bad ones alone', async () => {
    const documents = Array.from({ length: 2500 }, (_, i) => mug(`N-${String(i).padStart(4, '0')}`, { stock: { main: i } }));
    const first = await products.upsertMany(
      documents.map((document) => ({ document })),
      { author: 'demo', cause: { kind: 'demo', seed: 1 } },
    );
    expect(first.filter((o) => o.kind === 'created')).toHaveLength(2500);
    const changed = documents.map((document, i) => ({ document: i % 500 === 0 ? { ...document, title: i === 0 ? '' : 'Новое' } : document }));
    const second = await products.upsertMany([...changed, { document: mug('N-0001') }], person);
    const count = (kind: string) => second.filter((o) => o.kind === kind).length;
    expect([count('updated'), count('unchanged'), count('invalid'), count('repeated')]).toEqual([4, 2495, 1, 1]);
  });

  it('are read in pages without gap or repetition, and by filter', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await products.read.page(cursor, 700, { skuPrefix: 'N-' });
      seen.push(...page.items.map((p) => p.sku));
      cursor = page.next;
    } while (cursor !== undefined);
    expect(seen).toHaveLength(2500);
    expect(new Set(seen).size).toBe(2500);
    expect((await products.read.page(undefined, 10, { text: 'n-12%' })).items).toEqual([]);
    expect((await products.read.page(undefined, 10, { text: 'n-000', category: 'Дом и сад' })).items.length).toBe(10);
    expect((await products.read.page(undefined, 10, { category: 'Дом' })).items).toEqual([]);
  });

  it('tell each follower which products moved, also what was being written while it looked', async () => {
    const from = await outboxMark(pool);
    const writer = await pool.connect();
    try {
      await writer.query('BEGIN');
      await announceProducts(writer, [await idOf('N-0001')]);
      await announceProducts(pool, [await idOf('N-0002')]);
      const first = await changedProducts(pool, from, 100);
      expect(first).toMatchObject({ productIds: [await idOf('N-0002')], more: false });
      await writer.query('COMMIT');
      const second = await changedProducts(pool, first.mark, 100);
      expect(second.productIds).toEqual([await idOf('N-0001')]);
      expect((await changedProducts(pool, second.mark, 100)).productIds).toEqual([]);
    } finally {
      writer.release();
    }
    expect([...(await changedProducts(pool, from, 100)).productIds].sort()).toEqual([await idOf('N-0001'), await idOf('N-0002')].sort());
    expect(await changedProducts(pool, from, 1)).toMatchObject({ more: true });
  });

  it('are forgotten once they were there long enough, whatever else goes on, and when a backup brought them from a server that had counted further', async () => {
    await pool.query(`UPDATE outbox SET xid = 9000000000000 WHERE id = (SELECT max(id) FROM outbox)`);
    const slow = await pool.connect();
    try {
      await slow.query('BEGIN');
      await slow.query('SELECT txid_current()');
      await announceProducts(pool, [await idOf('N-0004')]);
      const mark = await outboxMark(pool);
      await announceProducts(pool, [await idOf('N-0003')]);
      await forgetChanges(pool, mark);
      expect((await pool.query<{ product_id: string }>('SELECT product_id FROM outbox')).rows).toEqual([{ product_id: await idOf('N-0003') }]);
    } finally {
      await slow.query('ROLLBACK');
      slow.release();
    }
  });
});

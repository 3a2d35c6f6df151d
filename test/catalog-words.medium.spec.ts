import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { BulkEditor, bulkEditKind, bulkUndoKind, catalogEntities, catalogMigrations, JobRunner, JobStore, ProductService } from '#catalog';
import { createDataSource, runMigrations } from '#platform';
import { startTestDatabase, type TestDatabase } from './harness/test-database.js';

const anna = { author: 'anna', cause: { kind: 'person' } } as const;
const BEFORE = catalogMigrations.findIndex((migration) => migration.name.startsWith('ProductWords'));

let database: TestDatabase;
let pool: pg.Pool;
let products: ProductService;

async function migrate(count: number): Promise<void> {
  const source = createDataSource(database.url, { entities: catalogEntities, migrations: catalogMigrations.slice(0, count) });
  await source.initialize();
  await runMigrations(source);
  await source.destroy();
}

/** Products whose words or draft mark do not say what they say themselves. */
async function astray(): Promise<string[]> {
  const { rows } = await pool.query<{ sku: string }>(
    `SELECT p.sku FROM product p LEFT JOIN product_words w ON w.product_id = p.id
     WHERE w.words IS DISTINCT FROM to_tsvector('russian', p.title || ' ' || coalesce(p.brand, '')) OR p.draft <> (p.approved_revision IS DISTINCT FROM p.revision)`,
  );
  return rows.map(({ sku }) => sku);
}

async function found(text: string): Promise<string[]> {
  return (await products.read.page(undefined, 100, { text })).items.map(({ sku }) => sku);
}

beforeAll(async () => {
  database = await startTestDatabase();
  await migrate(BEFORE);
  // One connection: what it did is what the statistics of the tables tell.
  pool = new pg.Pool({ connectionString: database.url, max: 1 });
  pool.on('error', () => undefined);
  products = new ProductService(pool);
}, 60_000);

afterAll(async () => {
  await pool.end();
  await database.stop();
});

describe('the words products are found by', () => {
  it('are carried over for products that stood before, and so are their drafts', async () => {
    await pool.query(`
      INSERT INTO product (sku, revision, approved_revision, title, brand, category, archived, digest)
      VALUES ('OLD-1', 1, 1, 'Кружка походная', 'Ясень', '', false, ''), ('OLD-2', 2, 1, 'Чашка', NULL, '', false, ''), ('OLD-3', 1, NULL, 'Ложка', NULL, '', false, '');
      INSERT INTO product_revision (product_id, revision, document, digest, author, cause, approved)
      SELECT id, revision, jsonb_build_object('sku', sku, 'title', title, 'description', '', 'category', '', 'attributes', '{}'::jsonb, 'media', '[]'::jsonb, 'barcodes', '[]'::jsonb,
        'stock', '{}'::jsonb, 'archived', false), '', 'anna', '{"kind":"person"}', true FROM product`);
    await migrate(catalogMigrations.length);
    expect(await astray()).toEqual([]);
    expect(await found('походными кружками ясень')).toEqual(['OLD-1']);
    expect((await products.read.page(undefined, 10, { draft: true })).items.map(({ sku }) => sku)).toEqual(['OLD-2', 'OLD-3']);
  });

  it('follow every way to change a title or brand, drafts too', async () => {
    await products.create({ sku: 'N-1', title: 'Плед шерстяной', brand: 'Пух' }, anna);
    expect(await found('пухом')).toEqual(['N-1']);
    await products.patch('N-1', { ...anna, basedOn: 1, patch: { brand: 'Мех' } });
    expect([await found('пухом'), await found('мехами')]).toEqual([[], ['N-1']]);
    await products.restore('N-1', { revision: 1, basedOn: 2, author: 'anna', fields: ['brand'] });
    expect(await found('пухом')).toEqual(['N-1']);
    await products.patch('N-1', { ...anna, basedOn: 3, patch: { title: 'Покрывало' }, draft: true });
    expect([await found('плед'), await found('покрывала')]).toEqual([[], ['N-1']]);
    expect(await astray()).toEqual([]);
    await products.rejectDrafts([{ sku: 'N-1', revision: 4 }], 'boss');
    expect(await found('плед')).toEqual(['N-1']);
    await products.patch('N-1', { ...anna, basedOn: 5, patch: { title: 'Подушка' }, draft: true });
    await products.patch('N-1', { ...anna, basedOn: 6, patch: { price: { minor: 100, currency: 'RUB' } }, draft: true });
    await products.approve('N-1', 6);
    expect(await astray()).toEqual([]);
    await products.approveDrafts([{ sku: 'N-1', revision: 7 }]);
    expect([await astray(), (await products.read.get('N-1'))?.approvedRevision]).toEqual([[], 7]);
  });
});

describe('an edit of titles', () => {
  it('of a whole page of products touches no index of the products', async () => {
    const goods = Array.from({ length: 600 }, (_, at) => ({ document: { sku: `W-${at}`, title: `Кружка ${at}`, brand: 'Ясень', category: 'Дом / Кружка' } }));
    await products.upsertMany(goods, anna);
    const updates = async () => {
      await pool.query('SELECT pg_stat_force_next_flush()');
      const { rows } = await pool.query<{ all: string; hot: string }>(`SELECT n_tup_upd AS all, n_tup_hot_upd AS hot FROM pg_stat_user_tables WHERE relname = 'product'`);
      return { all: Number(rows[0]?.all), hot: Number(rows[0]?.hot) };
    };
    const before = await updates();
    const bulk = new BulkEditor(pool);
    const jobs = new JobStore(pool);
    const ended = async (id: string): Promise<Readonly<Record<string, number>>> => {
      const runner = new JobRunner({ pool, kinds: [bulkEditKind(pool), bulkUndoKind(pool)], concurrency: 1 });
      runner.start();
      for (let job = await jobs.get(id); ; job = await jobs.get(id)) {
        if (job && !['queued', 'running'].includes(job.state)) {
          await runner.stop();
          return job.counts;
        }
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    };
    const request = { filter: { skuPrefix: 'W-' }, operations: [{ op: 'replace-text', fields: ['title'], find: 'Кружка', replace: 'Чашка' } as const] };
    const job = await bulk.start(request, (await bulk.preview(request)).token, 'anna');
    expect(await ended(job)).toMatchObject({ changed: 600 });
    const after = await updates();
    const [all, hot] = [after.all - before.all, after.hot - before.hot];
    expect(all).toBeGreaterThanOrEqual(600);
    expect(hot).toBe(all);
    expect([(await found('чашками Ясеня')).length, (await found('кружка W')).length]).toEqual([100, 0]);
    expect(await ended(await bulk.undo(job, 'anna'))).toMatchObject({ changed: 600 });
    expect([(await found('чашками Ясеня')).length, (await found('кружками 17')).length, await astray()]).toEqual([0, 11, []]);
  });
});

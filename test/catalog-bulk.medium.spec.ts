import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BulkEditor, bulkEditKind, type BulkRequest, bulkUndoKind, JobRunner, JobStore, ProductService, type StoredJob } from '#catalog';
import { type CatalogDatabase, openCatalog } from './catalog-database.js';

const anna = { author: 'anna', cause: { kind: 'person' } } as const;
let catalog: CatalogDatabase;
let pool: CatalogDatabase['pool'];
let products: ProductService;
let bulk: BulkEditor;
let jobs: JobStore;
let runner: JobRunner;

beforeAll(async () => {
  catalog = await openCatalog();
  ({ pool, products } = catalog);
  bulk = new BulkEditor(pool);
  jobs = new JobStore(pool);
  runner = new JobRunner({ pool, kinds: [bulkEditKind(pool), bulkUndoKind(pool)] });
  await products.upsertMany(
    Array.from({ length: 2_300 }, (_, at) => ({
      document: {
        sku: `B-${String(at).padStart(4, '0')}`,
        title: `Кружка ${at}`,
        category: at % 2 === 0 ? 'Дом / Кружка' : 'Дом / Чашка',
        ...(at !== 7 && { price: { minor: 1000 + at, currency: 'RUB' } }),
      },
    })),
    anna,
  );
  runner.start();
}, 60_000);

afterAll(async () => {
  await runner.stop();
  await catalog.close();
});

async function ended(id: string): Promise<StoredJob> {
  for (;;) {
    const job = await jobs.get(id);
    if (job && !['queued', 'running'].includes(job.state)) return job;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const dearer: BulkRequest = { filter: { category: 'Дом / Чашка' }, operations: [{ op: 'multiply-price', fields: ['price'], factor: '1.1', step: 100 }] };

describe('a bulk edit', () => {
  it('is tried out without a trace, then done to exactly what was seen, and undone but for what was edited since', async () => {
    const preview = await bulk.preview(dearer);
    expect(preview).toMatchObject({ count: 1150, tried: 1000, refused: 1, unchanged: 0, changed: 999, fields: ['price'] });
    expect(preview.refusals).toMatchObject([{ sku: 'B-0007', issues: [{ field: 'price', code: 'price-missing' }] }]);
    expect(preview.sample[0]).toEqual({
      sku: 'B-0001',
      title: 'Кружка 1',
      changes: [{ field: 'price', before: { minor: 1001, currency: 'RUB' }, after: { minor: 1100, currency: 'RUB' } }],
    });
    expect((await products.read.get('B-0001'))?.revision).toBe(1);

    const id = await bulk.start(dearer, preview.token, 'boris');
    expect(await ended(id)).toMatchObject({ state: 'done', counts: { changed: 1149, unchanged: 0, refused: 1 }, progress: { done: 1150, total: 1150 } });
    const [newest] = await products.read.history('B-0001');
    expect(newest).toMatchObject({ revision: 2, author: 'boris', cause: { kind: 'bulk', job: id }, document: { price: { minor: 1100 } } });
    expect((await products.read.get('B-0002'))?.revision).toBe(1);
    expect(await bulk.refusals(id, undefined, 10)).toMatchObject([{ sku: 'B-0007' }]);

    await products.patch('B-0003', { basedOn: 2, patch: { title: 'Правлено после' }, ...anna });
    const undo = await bulk.undo(id, 'vera');
    expect(await ended(undo)).toMatchObject({ state: 'done', counts: { changed: 1148, refused: 1 } });
    const back = await products.read.history('B-0001');
    expect(back.map((one) => one.revision)).toEqual([3, 2, 1]);
    expect(back[0]).toMatchObject({ author: 'vera', cause: { kind: 'bulk-undo', undoes: id }, document: back[2]?.document });
    expect(await bulk.refusals(undo, undefined, 10)).toMatchObject([{ sku: 'B-0003', issues: [{ code: 'edited-since', params: { revision: 3 } }] }]);
    expect((await products.read.get('B-0003'))?.document).toMatchObject({ title: 'Правлено после', price: { minor: 1100 } });
  });

  it('leaves products to be found by the attributes they have, when it touched them and when it did not', async () => {
    const only = { skus: ['B-0030'] };
    const run = async (operations: BulkRequest['operations']): Promise<string> => {
      const request: BulkRequest = { filter: only, operations };
      const id = await bulk.start(request, (await bulk.preview(request)).token, 'boris');
      expect(await ended(id)).toMatchObject({ state: 'done', counts: { changed: 1 } });
      return id;
    };
    const found = (colour: string) => products.read.count({ attributes: { Цвет: colour } });
    await run([{ op: 'set-attribute', name: 'Цвет', value: 'синий' }]);
    expect(await found('синий')).toBe(1);
    await run([{ op: 'set', field: 'brand', value: 'Ясень' }]);
    expect(await found('синий')).toBe(1);
    const red = await run([{ op: 'set-attribute', name: 'Цвет', value: 'красный' }]);
    expect([await found('синий'), await found('красный')]).toEqual([0, 1]);
    expect(await ended(await bulk.undo(red, 'vera'))).toMatchObject({ state: 'done', counts: { changed: 1 } });
    expect([await found('синий'), await found('красный')]).toEqual([1, 0]);
  });

  it('does not start on products that changed since they were looked at', async () => {
    const archive: BulkRequest = { filter: { skus: ['B-0010', 'B-0012'] }, operations: [{ op: 'archive', archived: true }] };
    const { token } = await bulk.preview(archive);
    await products.patch('B-0010', { basedOn: 1, patch: { title: 'Другая' }, ...anna });
    await expect(bulk.start(archive, token, 'boris')).rejects.toMatchObject({ code: 'preview-outdated' });
    await expect(bulk.start({ ...archive, operations: [{ op: 'archive', archived: false }] }, (await bulk.preview(archive)).token, 'boris')).rejects.toMatchObject({
      code: 'preview-outdated',
    });
    expect((await products.read.get('B-0012'))?.document.archived).toBe(false);
  });

  it('passes over a product that is edited between start and its turn', async () => {
    await runner.stop();
    const rename: BulkRequest = { filter: { skus: ['B-0020', 'B-0022'] }, operations: [{ op: 'replace-text', fields: ['title'], find: 'Кружка', replace: 'Чашка' }] };
    const id = await bulk.start(rename, (await bulk.preview(rename)).token, 'boris');
    await products.patch('B-0020', { basedOn: 1, patch: { brand: 'Ясень' }, ...anna });
    runner = new JobRunner({ pool, kinds: [bulkEditKind(pool), bulkUndoKind(pool)] });
    runner.start();
    expect(await ended(id)).toMatchObject({ counts: { changed: 1, refused: 1 } });
    expect((await products.read.get('B-0020'))?.document).toMatchObject({ title: 'Кружка 20', brand: 'Ясень' });
    expect((await products.read.get('B-0022'))?.document.title).toBe('Чашка 22');
  });

  it('is cancelled between batches and keeps what it did undoable', async () => {
    await runner.stop();
    const move: BulkRequest = { filter: { category: 'Дом' }, operations: [{ op: 'move-category', from: 'Дом', to: 'Кухня' }] };
    const preview = await bulk.preview(move);
    const id = await bulk.start(move, preview.token, 'boris');
    await jobs.cancel(id);
    runner = new JobRunner({ pool, kinds: [bulkEditKind(pool), bulkUndoKind(pool)] });
    runner.start();
    expect((await ended(id)).state).toBe('cancelled');
    expect(await products.read.count({ category: 'Кухня' })).toBe(0);
    const undo = await bulk.undo(id, 'vera');
    expect(await ended(undo)).toMatchObject({ state: 'done', counts: { changed: 0, refused: 0 } });
    await expect(bulk.undo('999999', 'vera')).rejects.toMatchObject({ code: 'bulk-not-found' });
  });
});

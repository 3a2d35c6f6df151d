import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import sharp from 'sharp';
import { MediaStore, PictureRefused, ProductService, catalogEntities, catalogMigrations } from '#catalog';
import { loadDemoCatalog } from '#demo';
import { attributeSchema, allTypes, dictionary } from '../apps/sandbox/ozon/categories.js';
import { createDataSource, runMigrations } from '#platform';
import { startTestDatabase, type TestDatabase } from './harness/test-database.js';

let database: TestDatabase;
let pool: pg.Pool;
let products: ProductService;
let media: MediaStore;
let folder: string;

beforeAll(async () => {
  database = await startTestDatabase();
  const dataSource = createDataSource(database.url, { entities: catalogEntities, migrations: catalogMigrations });
  await dataSource.initialize();
  await runMigrations(dataSource);
  await dataSource.destroy();
  pool = new pg.Pool({ connectionString: database.url, max: 4 });
  // A backend that is ended with its database says so to a client that is just closing.
  pool.on('error', () => undefined);
  folder = await mkdtemp(join(tmpdir(), 'etalon-media-'));
  products = new ProductService(pool);
  media = new MediaStore(pool, folder);
}, 60_000);

afterAll(async () => {
  await pool.end();
  await database.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('the media store', () => {
  const picture = (colour: string) =>
    sharp({ create: { width: 64, height: 48, channels: 3, background: colour } })
      .png()
      .toBuffer();

  it('keeps a picture once, under the digest of its bytes, and gives the bytes back', async () => {
    const bytes = await picture('#c0ffee');
    const [first, second] = await Promise.all([media.put(bytes), media.put(bytes)]);
    expect(first).toMatchObject({ digest: createHash('sha256').update(bytes).digest('hex'), mime: 'image/png', width: 64, height: 48, bytes: bytes.length });
    expect(second.digest).toBe(first.digest);
    const opened = await media.openPicture(first.digest);
    expect(opened && (await buffer(opened.stream)).equals(bytes)).toBe(true);
    expect(opened).toMatchObject({ mime: 'image/png', bytes: bytes.length });
    const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((f) => f.isFile());
    expect(files.map((f) => f.name)).toEqual([first.digest]);
  });

  it('opens nothing that is not stored', async () => {
    expect(await media.openPicture('0'.repeat(64))).toBeUndefined();
    expect(await media.openPicture('../../etc/passwd')).toBeUndefined();
  });

  it('refuses by content, whatever a file calls itself, and then keeps nothing', async () => {
    const good = await picture('#123456');
    const bad: [string, Buffer][] = [
      ['nothing', Buffer.alloc(0)],
      ['text', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
      ['GIF', await sharp(good).gif().toBuffer()],
      ['the head of a JPEG only', Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(100)])],
      [
        'a PNG cut in the middle',
        (
          await sharp({ create: { width: 400, height: 400, channels: 3, background: '#fff', noise: { type: 'gaussian', mean: 120, sigma: 50 } } })
            .png()
            .toBuffer()
        ).subarray(0, 5000),
      ],
    ];
    for (const [, bytes] of bad) await expect(media.put(bytes)).rejects.toBeInstanceOf(PictureRefused);
    await expect(media.putMany([good, bad[1]?.[1] ?? good])).rejects.toBeInstanceOf(PictureRefused);
    expect(await media.describe([createHash('sha256').update(good).digest('hex')])).toEqual([]);
  });
});

describe('loading the demo catalog', () => {
  const options = { seed: 11, products: 130, batch: 50 };

  it('brings products with stored pictures, batch by batch', async () => {
    const seen: number[] = [];
    await loadDemoCatalog(products, media, options, ({ done }) => seen.push(done));
    expect(seen).toEqual([50, 100, 130]);
    const { items } = await products.read.page(undefined, 200);
    expect(items).toHaveLength(130);
    const digests = items.flatMap((p) => p.document.media.map((m) => m.digest));
    expect(new Set(digests).size).toBe(digests.length);
    expect(await media.describe(digests)).toHaveLength(digests.length);
  }, 60_000);

  it('goes on where it was stopped, and leaves edited products alone', async () => {
    const [edited] = (await products.read.page(undefined, 1)).items;
    if (!edited) throw new Error('no product');
    await products.patch(edited.sku, { basedOn: 1, patch: { title: 'Моё название' }, author: 'anna', cause: { kind: 'person' } });
    const before = (await pool.query<{ n: string }>('SELECT count(*) AS n FROM product_revision')).rows[0]?.n;
    await loadDemoCatalog(products, media, options);
    expect((await pool.query<{ n: string }>('SELECT count(*) AS n FROM product_revision')).rows[0]?.n).toBe(before);

    const stop = new AbortController();
    const progress = await loadDemoCatalog(products, media, { ...options, products: 300 }, ({ done }) => done >= 150 && stop.abort(), stop.signal);
    expect(progress.done).toBe(150);
    await loadDemoCatalog(products, media, { ...options, products: 200 });
    expect((await products.read.page(undefined, 500)).items).toHaveLength(200);
    expect((await products.read.get(edited.sku))?.document.title).toBe('Моё название');
  }, 60_000);

  it('uses only attributes and dictionary values that the marketplace’s category has', async () => {
    const types = new Map(allTypes().map((t) => [[t.rootName, t.categoryName, t.typeName].join(' / '), t.typeId]));
    const faults: string[] = [];
    for (const { sku, document } of (await products.read.page(undefined, 500)).items) {
      const schema = new Map(attributeSchema(types.get(document.category) ?? 0).map((a) => [a.name, a]));
      if (schema.size === 0) faults.push(`${sku}: no type "${document.category}"`);
      for (const [name, value] of Object.entries(document.attributes)) {
        const attribute = schema.get(name);
        if (!attribute) faults.push(`${sku}: no attribute "${name}"`);
        if (!attribute || attribute.dictionaryId === 0) continue;
        const known = new Set(dictionary(attribute.dictionaryId).map((v) => v.value));
        const unknown = (Array.isArray(value) ? value : [value]).filter((text) => !known.has(String(text)));
        faults.push(...unknown.map((text) => `${sku}: "${name}" has no value "${String(text)}"`));
      }
      const elsewhere = ['Бренд', 'Название модели (для объединения в одну карточку)'];
      const missing = [...schema.values()].filter((a) => a.required && !elsewhere.includes(a.name) && !(a.name in document.attributes));
      faults.push(...missing.map((a) => `${sku}: "${a.name}" is required`));
    }
    expect(faults).toEqual([]);
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { type ProductFilter, ProductReader } from '#catalog';
import { listedCondition } from '#listings';
import { migrate } from '../apps/hub/start/migrations.js';
import { attributeKey } from '../libs/catalog/search/attribute-keys.js';
import { startTestDatabase, type TestDatabase } from './harness/test-database.js';

const PRODUCTS = 100_000;
let database: TestDatabase;
let pool: pg.Pool;
const asked: { text: string; values: unknown[] }[] = [];
let reader: ProductReader;

/** A big catalog made by the database itself: one product in a thousand is blue, and one waits for approval. */
beforeAll(async () => {
  database = await startTestDatabase({ template: { name: 'hub-doors', prepare: async (url) => void (await migrate(url)) } });
  pool = new pg.Pool({ connectionString: database.url, max: 2 });
  pool.on('error', () => undefined);
  const client = await pool.connect();
  await client.query('BEGIN');
  // The rows fit together as they are made; checking each reference would take most of the time.
  await client.query('SET LOCAL session_replication_role = replica');
  await client.query(
    `INSERT INTO product (id, sku, revision, approved_revision, draft, title, brand, category, archived, digest)
     SELECT n, 'S-' || lpad(n::text, 6, '0'), 1, CASE WHEN n % 1000 = 0 THEN NULL ELSE 1 END, n % 1000 = 0,
       (ARRAY['Кружка керамическая', 'Чашка фарфоровая', 'Тарелка глубокая', 'Ложка столовая'])[n % 4 + 1] || CASE WHEN n % 5000 = 0 THEN ' походная' ELSE '' END || ' ' || n,
       'Бренд ' || n % 500, 'Дом / Группа ' || n % 50 || ' / Вид ' || n % 400, n % 10 = 0, ''
     FROM generate_series(1, $1::integer) AS n`,
    [PRODUCTS],
  );
  await client.query(`INSERT INTO product_words (product_id, words) SELECT id, to_tsvector('russian', title || ' ' || brand) FROM product`);
  await client.query('INSERT INTO product_attribute_key (product_id, keys) SELECT id, CASE WHEN id % 1000 = 0 THEN ARRAY[$1::bigint, id] ELSE ARRAY[id] END FROM product', [
    attributeKey('Цвет', 'синий'),
  ]);
  await client.query(
    `INSERT INTO product_revision (product_id, revision, document, digest, author, cause, approved) SELECT id, 1, jsonb_build_object('sku', sku, 'title', title), '', 'a', '{"kind":"person"}', true FROM product`,
  );
  await client.query(`INSERT INTO category (path, parent) SELECT DISTINCT category, NULL FROM product`);
  await client.query(`INSERT INTO product_barcode (barcode, product_id) SELECT lpad(n::text, 13, '0'), n FROM generate_series(1, 20000) AS n`);
  await client.query(`INSERT INTO channel_account (id, channel, title, credentials) VALUES (1, 'ozon', 'Кабинет', 'x')`);
  await client.query(`INSERT INTO listing (account_id, product_id, key, state) SELECT 1, id, sku, CASE WHEN id % 2000 = 0 THEN 'drifted' ELSE 'in_sync' END FROM product`);
  await client.query('COMMIT');
  client.release();
  await pool.query('ANALYZE');
  const watched = {
    query: (text: string, values: unknown[]) => {
      asked.push({ text, values });
      return pool.query(text, values);
    },
  };
  reader = new ProductReader(watched as unknown as pg.Pool, listedCondition);
}, 120_000);
afterAll(async () => {
  await pool.end();
  await database.stop();
});

interface Plan {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly Plans?: readonly Plan[];
}

/** Every node of the plan that PostgreSQL takes for what was last asked. */
async function planOfLast(): Promise<Plan[]> {
  const last = asked.at(-1);
  const { rows } = await pool.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(`EXPLAIN (FORMAT JSON) ${last?.text ?? ''}`, last?.values);
  const walk = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(walk)];
  return rows.flatMap((row) => walk(row['QUERY PLAN'][0].Plan));
}

describe('a page of a hundred thousand products', () => {
  it.each<[string, ProductFilter, string, number]>([
    ['by words in other forms', { text: 'походными кружками' }, 'product_words_idx', 20],
    ['by a word still being typed', { text: 'похо' }, 'product_words_idx', 20],
    ['by the beginning of a SKU', { text: 's-00012' }, 'product_sku', 10],
    ['by a barcode', { text: '0000000012345' }, 'product_barcode_pkey', 1],
    ['by SKU prefix', { skuPrefix: 'S-05000' }, 'product_sku', 10],
    ['by SKUs', { skus: ['S-000001', 'S-099999', 'none'] }, 'product_sku_key', 2],
    ['by brand', { brand: 'Бренд 77' }, 'product_brand_idx', 200],
    ['by an attribute', { attributes: { Цвет: 'Синий' } }, 'product_attribute_key_idx', 100],
    ['by a category', { category: 'Дом / Группа 7 / Вид 7' }, 'product_', 250],
    ['by a part of the tree', { category: 'Дом / Группа 7' }, 'product_', 2000],
    ['by waiting drafts', { draft: true }, 'product_draft_idx', 100],
    ['by the state on an account', { listed: { accountId: '1', state: 'drifted' } }, 'listing_account_state', 50],
    ['by attribute, brand and state together', { attributes: { Цвет: 'синий' }, brand: 'Бренд 0', listed: { channel: 'ozon', state: 'drifted' } }, 'product_', 50],
  ])('is found %s through an index', async (_, filter, index, count) => {
    const page = await reader.page(undefined, 50, filter);
    expect(page.items).toHaveLength(Math.min(50, count));
    expect(page.next === undefined).toBe(count <= 50);
    const plan = await planOfLast();
    expect(plan.filter((node) => node['Node Type'] === 'Seq Scan' && ['product', 'product_revision', 'listing'].includes(node['Relation Name'] ?? ''))).toEqual([]);
    expect(plan.some((node) => node['Index Name']?.startsWith(index))).toBe(true);
    expect(await reader.count(filter)).toBe(count);
  });

  it('goes on where the last one ended, and shows each product once', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await reader.page(cursor, 30, { attributes: { Цвет: 'синий' } });
      seen.push(...page.items.map((item) => item.sku));
      cursor = page.next;
    } while (cursor !== undefined);
    expect(seen).toHaveLength(100);
    expect(new Set(seen).size).toBe(100);
    expect(seen).toEqual([...seen].sort());
  });

  it('survives whatever is typed', async () => {
    for (const text of ["' | !", '& ( )', ':*', '%_%', '\\', 'a & b | c', '🙂', ' '.repeat(50)]) await reader.page(undefined, 5, { text });
    expect((await reader.page(undefined, 5, { text: 'и в на' })).items).toEqual([]);
    expect((await reader.page(undefined, 5, { skuPrefix: '%' })).items).toEqual([]);
  });
});

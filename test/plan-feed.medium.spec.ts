import { afterAll, beforeAll, expect, it } from '@jest/globals';
import pg from 'pg';
import { announceProducts, ProductService } from '#catalog';
import { migrate } from '../apps/hub/start/migrations.js';
import { PlanFeed } from '../libs/reconcile/plan/plan-feed.js';
import type { AccountContext } from '#reconcile';
import { startTestDatabase, type TestDatabase } from './harness/test-database.js';

let database: TestDatabase;
let pool: pg.Pool;
let products: ProductService;
const person = { author: 'anna', cause: { kind: 'person' } } as const;

beforeAll(async () => {
  database = await startTestDatabase();
  await migrate(database.url);
  pool = new pg.Pool({ connectionString: database.url, max: 4 });
  pool.on('error', () => undefined);
  products = new ProductService(pool);
}, 60_000);
afterAll(async () => {
  await pool.end();
  await database.stop();
});

const account = (rulesVersion = 1): AccountContext => ({ pool, account: { rulesVersion }, module: { descriptor: { projection: 1 } } }) as unknown as AccountContext;
const write = async (...skus: string[]): Promise<string[]> => {
  await products.upsertMany(
    skus.map((sku) => ({ document: { sku, title: `${sku} ${performance.now()}`, stock: {} } })),
    person,
  );
  const { rows } = await pool.query<{ id: string }>('SELECT id FROM product WHERE sku = ANY($1)', [skus]);
  return rows.map(({ id }) => id);
};

it('looks at everything first, then at what moved alone', async () => {
  const feed = new PlanFeed();
  await write('A-1', 'A-2');
  expect(await feed.next(account())).toBe('everything');
  expect(await feed.next(account())).toEqual([]);
  const [moved] = await write('A-2');
  expect(await feed.next(account())).toEqual([moved]);
  expect(await feed.next(account())).toEqual([]);
});

it('tells two accounts of the same change', async () => {
  const [one, other] = [new PlanFeed(), new PlanFeed()];
  await one.next(account());
  await other.next(account());
  const moved = await write('B-1');
  expect(await one.next(account())).toEqual(moved);
  expect(await other.next(account())).toEqual(moved);
});

it('does not miss what an earlier transaction says later', async () => {
  const feed = new PlanFeed();
  const [late] = await write('C-1');
  await feed.next(account());
  const slow = await pool.connect();
  try {
    await slow.query('BEGIN');
    await announceProducts(slow, [late ?? '']);
    const [early] = await write('C-2');
    expect(await feed.next(account())).toEqual([early]);
    await slow.query('COMMIT');
  } finally {
    slow.release();
  }
  expect(await feed.next(account())).toEqual([late]);
});

it('tells a change once, also while an earlier transaction goes on', async () => {
  const slow = await pool.connect();
  try {
    await slow.query('BEGIN');
    await slow.query('SELECT txid_current()');
    const feed = new PlanFeed();
    const [before] = await write('D-1');
    expect(await feed.next(account())).toBe('everything');
    expect(await feed.next(account())).toEqual([]);
    const [after] = await write('D-2');
    expect(await feed.next(account())).toEqual([after]);
    expect(await feed.next(account())).toEqual([]);
    await announceProducts(slow, [before ?? '']);
    await slow.query('COMMIT');
    expect(await feed.next(account())).toEqual([before]);
  } finally {
    slow.release();
  }
});

it('looks at everything again under new rules and after a failure', async () => {
  const feed = new PlanFeed();
  await feed.next(account());
  expect(await feed.next(account(2))).toBe('everything');
  expect(await feed.next(account(2))).toEqual([]);
  feed.reset();
  expect(await feed.next(account(2))).toBe('everything');
});

it('looks at everything also when that was asked for while a look was under way', async () => {
  const feed = new PlanFeed();
  await feed.next(account());
  const look = feed.next(account());
  feed.reset();
  expect(await look).toEqual([]);
  expect(await feed.next(account())).toBe('everything');
});

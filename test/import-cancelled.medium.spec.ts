import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ImportCheckpoint } from '#catalog';
import { accounted, ImportWorld } from './import-world.js';

const ROWS = 5_000;

describe('an import that is cancelled halfway', () => {
  let world: ImportWorld;
  beforeAll(async () => {
    world = await ImportWorld.open();
    expect((await world.import(await goods('goods.csv', 1))).counts).toMatchObject({ created: ROWS });
  }, 60_000);
  afterAll(() => world.close());

  function goods(name: string, stock: number): Promise<string> {
    const rows = Array.from({ length: ROWS }, (_, i) => `C-${String(i).padStart(4, '0')};Товар ${i};${stock}`);
    return world.file(name, ['Артикул;Наименование;Остаток', ...rows, ''].join('\n'));
  }

  async function reaches(id: string, there: (at: ImportCheckpoint) => boolean): Promise<void> {
    for (;;) {
      const { rows } = await world.pool.query<{ checkpoint: ImportCheckpoint | null }>('SELECT checkpoint FROM catalog_job WHERE id = $1', [id]);
      if (rows[0]?.checkpoint && there(rows[0].checkpoint)) return;
      await pause(10);
    }
  }

  /** Lets the import run until the lock stops it in the middle, cancels it there and answers how it ended. */
  async function cancelled(stock: number, lock: (id: string) => readonly [string, readonly unknown[]], there: (at: ImportCheckpoint) => boolean) {
    await world.stop();
    const id = await world.begin(await goods('goods.csv', stock));
    const client = await world.pool.connect();
    await client.query('BEGIN');
    const [sql, values] = lock(id);
    await client.query(sql, [...values]);
    world.start();
    await reaches(id, there);
    await world.jobs.cancel(id);
    await client.query('ROLLBACK');
    client.release();
    return world.ended(id);
  }

  it('while it only reads has changed nothing, and says so', async () => {
    const before = await world.written();
    const ended = await cancelled(
      2,
      (id) => [`INSERT INTO import_key (job_id, sku, part, place) VALUES ($1, 'C-3000', '', '1')`, [id]],
      ({ position }) => position > 0,
    );
    expect(ended).toMatchObject({ state: 'cancelled', counts: { created: 0, updated: 0, unchanged: 0, failed: 0, skipped: ended.counts.rows } });
    expect(ended.counts.rows).toBeGreaterThan(0);
    expect(ended.counts.rows).toBeLessThan(3_000);
    expect(await world.written()).toBe(before);
  }, 60_000);

  it('while it writes counts what it wrote, and keeps it', async () => {
    const ended = await cancelled(
      3,
      () => [`SELECT FROM product WHERE sku = 'C-3500' FOR UPDATE`, []],
      ({ written }) => written > 0,
    );
    expect(ended).toMatchObject({ state: 'cancelled', counts: { rows: ROWS, created: 0, unchanged: 0, failed: 0 } });
    expect(accounted(ended.counts)).toBe(ROWS);
    const { updated, skipped } = ended.counts;
    expect(updated).toBeGreaterThan(0);
    expect(updated).toBeLessThan(3_500);
    expect(await world.count(`product_revision WHERE cause ->> 'job' = '${ended.id}'`)).toBe(updated);
    expect((await world.import(await goods('goods.csv', 3))).counts).toMatchObject({ updated: skipped, unchanged: updated });
  }, 60_000);
});

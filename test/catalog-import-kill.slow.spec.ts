import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ImportCheckpoint } from '#catalog';
import { projectRoot } from '#platform';
import { Child } from '../bench/measure/child.js';
import { ImportWorld } from './import-world.js';

const ROWS = 8_000;

describe('an import whose process is killed', () => {
  let world: ImportWorld;
  beforeAll(async () => {
    world = await ImportWorld.open();
    await world.stop();
  }, 60_000);
  afterAll(() => world.close());

  function goods(name: string, sku: string): Promise<string> {
    const rows = Array.from({ length: ROWS }, (_, i) => `${sku}-${i};Товар ${i};${i % 9};${i % 5 === 0 ? 99 : 20}`);
    return world.file(name, ['Артикул;Название;Остаток;НДС', ...rows, `${sku}-3;Повтор;1;20`, ';Без артикула;1;20', ''].join('\n'));
  }

  async function checkpoint(id: string): Promise<ImportCheckpoint | null> {
    const { rows } = await world.pool.query<{ checkpoint: ImportCheckpoint | null }>('SELECT checkpoint FROM catalog_job WHERE id = $1', [id]);
    return rows[0]?.checkpoint ?? null;
  }

  /** Lets another process work on the job until `reached`, and kills it there. Answers how far it was. */
  async function killAt(id: string, reached: (at: ImportCheckpoint) => boolean): Promise<ImportCheckpoint> {
    const child = Child.start(pathToFileURL(join(projectRoot(), 'dist/bench/importing/importer.process.js')));
    await child.ask('open', world.url);
    for (;;) {
      const at = await checkpoint(id);
      if (at && reached(at)) break;
      await pause(5);
    }
    process.kill(child.pid, 'SIGKILL');
    await child.stop();
    const job = await world.jobs.get(id);
    expect(job?.state).toBe('running');
    // The lease would run out by itself; nobody has to wait for it here.
    await world.pool.query(`UPDATE catalog_job SET lease_until = now() - interval '1 second' WHERE id = $1`, [id]);
    return (await checkpoint(id)) as ImportCheckpoint;
  }

  async function expectWhole(id: string, sku: string): Promise<void> {
    world.start();
    const ended = await world.ended(id);
    await world.stop();
    expect(ended).toMatchObject({ state: 'done', counts: { rows: ROWS + 2, created: ROWS, updated: 0, unchanged: 0, failed: 1, skipped: 1 } });
    expect(ended.notes.filter((note) => note.code === 'vat')).toHaveLength(ROWS / 5);
    expect(ended.notes.filter((note) => note.outcome !== 'warning').map((note) => note.code)).toEqual(['import-repeated', 'table-no-sku']);
    const mine = `product p JOIN product_revision r ON r.product_id = p.id WHERE p.sku LIKE '${sku}-%'`;
    expect(await world.count(mine)).toBe(ROWS);
    expect(await world.count(`${mine} AND r.revision <> 1`)).toBe(0);
    expect(await world.count(`product p JOIN outbox o ON o.product_id = p.id WHERE p.sku LIKE '${sku}-%'`)).toBe(ROWS);
  }

  it('while it writes what it reads goes on at its last batch: every row once', async () => {
    const id = await world.begin(await goods('first.csv', 'F'));
    const first = await killAt(id, (at) => at.position > 0);
    expect(first).toMatchObject({ phase: 'read', direct: true });
    const second = await killAt(id, (at) => at.position > first.position);
    expect(second.position).toBeLessThan(ROWS);
    await expectWhole(id, 'F');
  }, 60_000);

  it('while it reads, and again while it writes what it staged, goes on at its last batch: every row once', async () => {
    const id = await world.begin(await goods('second.csv', 'S'));
    const reading = await killAt(id, (at) => at.position > 0);
    expect(reading).toMatchObject({ phase: 'read', direct: false });
    const writing = await killAt(id, (at) => at.phase === 'write' && at.written > 0);
    expect(writing.written).toBeLessThan(ROWS);
    await expectWhole(id, 'S');
  }, 60_000);

  it('reads the file again when the database lost what was staged, and still tells what it did itself', async () => {
    const id = await world.begin(await goods('third.csv', 'T'));
    await killAt(id, (at) => at.phase === 'write' && at.written > 0);
    // A crash of the database empties its unlogged tables.
    await world.pool.query('TRUNCATE import_key, import_staged');
    await expectWhole(id, 'T');
  }, 60_000);
});

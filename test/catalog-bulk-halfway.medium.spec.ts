import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BulkEditor, bulkEditKind, type BulkRequest, bulkUndoKind, JobRunner, JobStore, type StoredJob } from '#catalog';
import { projectRoot } from '#platform';
import { type CatalogDatabase, openCatalog } from './catalog-database.js';

const PRODUCTS = 1_800;
/** The work is held at this product, well behind its first batch. */
const HELD_AT = 'H-1200';
const DEARER: BulkRequest = { filter: { category: 'Дом' }, operations: [{ op: 'multiply-price', fields: ['price'], factor: '2' }] };

describe('a bulk edit that is stopped halfway', () => {
  let catalog: CatalogDatabase;
  let bulk: BulkEditor;
  let jobs: JobStore;

  beforeAll(async () => {
    catalog = await openCatalog();
    bulk = new BulkEditor(catalog.pool);
    jobs = new JobStore(catalog.pool);
    const documents = Array.from({ length: PRODUCTS }, (_, at) => ({
      document: { sku: `H-${String(at).padStart(4, '0')}`, title: `Плед ${at}`, category: 'Дом', price: { minor: 1000 + at, currency: 'RUB' } },
    }));
    await catalog.products.upsertMany(documents, { author: 'anna', cause: { kind: 'person' } });
  }, 60_000);
  afterAll(() => catalog.close());

  async function start(request: BulkRequest): Promise<string> {
    return bulk.start(request, (await bulk.preview(request)).token, 'boris');
  }

  /** Holds the work of others at one product until `release`. */
  async function hold(): Promise<{ release(): Promise<void> }> {
    const client = await catalog.pool.connect();
    await client.query('BEGIN');
    await client.query('SELECT FROM product WHERE sku = $1 FOR UPDATE', [HELD_AT]);
    return {
      release: async () => {
        await client.query('ROLLBACK');
        client.release();
      },
    };
  }

  async function job(id: string, there: (job: StoredJob) => boolean): Promise<StoredJob> {
    for (;;) {
      const found = await jobs.get(id);
      if (found && there(found)) return found;
      await pause(10);
    }
  }

  const begun = (found: StoredJob): boolean => (found.counts['changed'] ?? 0) > 0;
  const atRest = (found: StoredJob): boolean => !['queued', 'running'].includes(found.state);

  async function finish(id: string): Promise<StoredJob> {
    const runner = new JobRunner({ pool: catalog.pool, kinds: [bulkEditKind(catalog.pool), bulkUndoKind(catalog.pool)] });
    runner.start();
    const ended = await job(id, atRest);
    await runner.stop();
    return ended;
  }

  /** Lets another process work on the job until it is held, and kills that process there. */
  async function killHalfway(id: string): Promise<void> {
    const held = await hold();
    const child = fork(join(projectRoot(), 'dist/test/bulk-child.js'), [catalog.url], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    const { counts } = await job(id, begun);
    expect(counts['changed']).toBeLessThan(PRODUCTS);
    child.kill('SIGKILL');
    await once(child, 'exit');
    await held.release();
    expect((await jobs.get(id))?.state).toBe('running');
    // The lease would run out by itself; nobody has to wait for it here.
    await catalog.pool.query(`UPDATE catalog_job SET lease_until = now() - interval '1 second' WHERE id = $1`, [id]);
  }

  async function standing(): Promise<{ revision: number; minor: number; n: number }[]> {
    const { rows } = await catalog.pool.query<{ revision: number; minor: number; n: number }>(
      `SELECT p.revision, (r.document -> 'price' ->> 'minor')::integer - split_part(p.sku, '-', 2)::integer * CASE WHEN p.revision % 2 = 0 THEN 2 ELSE 1 END AS minor, count(*)::integer AS n
       FROM product p JOIN product_revision r ON r.product_id = p.id AND r.revision = p.revision GROUP BY 1, 2 ORDER BY 1`,
    );
    return rows;
  }

  it('by the end of its process changes every product once, and so does its undoing', async () => {
    const id = await start(DEARER);
    await killHalfway(id);
    expect(await finish(id)).toMatchObject({ state: 'done', counts: { changed: PRODUCTS, unchanged: 0, refused: 0 } });
    expect(await standing()).toEqual([{ revision: 2, minor: 2_000, n: PRODUCTS }]);
    const undo = await bulk.undo(id, 'vera');
    await killHalfway(undo);
    expect(await finish(undo)).toMatchObject({ state: 'done', counts: { changed: PRODUCTS, unchanged: 0, refused: 0 } });
    expect(await standing()).toEqual([{ revision: 3, minor: 1_000, n: PRODUCTS }]);
  }, 60_000);

  it('by a person counts what it did, and that is what its undoing takes back', async () => {
    const id = await start(DEARER);
    const held = await hold();
    const ended = finish(id);
    await job(id, begun);
    await jobs.cancel(id);
    await held.release();
    const { state, counts } = await ended;
    const changed = counts['changed'] ?? 0;
    expect(state).toBe('cancelled');
    expect(changed).toBeGreaterThan(0);
    expect(changed).toBeLessThan(1_200);
    expect(await standing()).toEqual([
      { revision: 3, minor: 1_000, n: PRODUCTS - changed },
      { revision: 4, minor: 2_000, n: changed },
    ]);
    const undo = await bulk.undo(id, 'vera');
    expect(await finish(undo)).toMatchObject({ state: 'done', counts: { changed, refused: 0 } });
    expect(await standing()).toEqual([
      { revision: 3, minor: 1_000, n: PRODUCTS - changed },
      { revision: 5, minor: 1_000, n: changed },
    ]);
  }, 60_000);
});

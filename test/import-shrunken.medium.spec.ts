import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ImportWorld } from './import-world.js';

describe('an import file that lost most of its rows, or empties the shop', () => {
  let world: ImportWorld;

  beforeAll(async () => {
    world = await ImportWorld.open();
    expect((await world.import(await goods('goods.csv', 200, 5))).counts).toMatchObject({ created: 200 });
  }, 60_000);
  afterAll(() => world.close());

  function goods(name: string, count: number, stock: number): Promise<string> {
    const rows = Array.from({ length: count }, (_, i) => `S-${String(i).padStart(3, '0')};Товар ${i};${stock}`);
    return world.file(name, ['Артикул;Наименование;Остаток', ...rows, ''].join('\n'));
  }

  it('is held with the difference shown, and nothing is written', async () => {
    const before = await world.written();
    const shrunken = await world.import(await goods('goods.csv', 60, 9));
    expect(shrunken).toMatchObject({ state: 'held', counts: { rows: 60, updated: 60 } });
    expect(shrunken.result).toMatchObject({ held: { reason: 'shrunken', code: 'import-shrunken', previousRows: 200, rows: 60, missing: 140 } });
    expect((shrunken.result as { held: { missingSkus: string[] } }).held.missingSkus).toContain('S-060');
    expect((shrunken.result as { sample: object[] }).sample).toContainEqual({ sku: 'S-000', place: '2', field: 'stock.main', before: 5, after: 9 });
    const empties = await world.import(await goods('goods.csv', 200, 0));
    expect(empties).toMatchObject({ state: 'held', result: { held: { reason: 'mass-change', emptied: 200 } } });
    expect(await world.written()).toBe(before);
    await world.jobs.cancel(shrunken.id);
    expect((await world.ended(shrunken.id)).state).not.toBe('done');
  });

  it('goes on where it was held when a person says that it is meant', async () => {
    const held = await world.import(await goods('goods.csv', 200, 0));
    expect(held.state).toBe('held');
    expect(await world.jobs.release(held.id, { accept: true })).toMatchObject({ state: 'queued' });
    expect(await world.ended(held.id)).toMatchObject({ state: 'done', counts: { rows: 200, updated: 200, failed: 0 } });
    expect((await world.products.read.get('S-000'))?.document.stock).toEqual({ main: 0 });
  });

  it('of no rows at all archives and empties nothing', async () => {
    const before = await world.written();
    expect(await world.import(await world.file('goods.csv', 'Артикул;Наименование;Остаток\n'))).toMatchObject({ state: 'held', counts: { rows: 0 } });
    expect(await world.import(await world.file('goods.csv', ''))).toMatchObject({ state: 'failed', result: { unreadable: { code: 'table-empty' } } });
    expect(await world.written()).toBe(before);
  });
});

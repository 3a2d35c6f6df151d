import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
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

  it('names what a set of 1C does not speak of any more', async () => {
    const set = (count: number): string => {
      const things = Array.from(
        { length: count },
        (_, i) => `<Товар><Ид>${i}</Ид><Артикул>1C-${String(i).padStart(2, '0')}</Артикул><Наименование>Товар ${i}</Наименование></Товар>`,
      );
      return `<КоммерческаяИнформация ВерсияСхемы="2.07"><Каталог СодержитТолькоИзменения="false"><Ид>k</Ид><Товары>${things.join('')}</Товары></Каталог></КоммерческаяИнформация>`;
    };
    const folder = join(world.folder, 'webdata');
    await mkdir(folder);
    await writeFile(join(folder, 'import.xml'), set(60));
    expect(await world.import(folder)).toMatchObject({ state: 'done', counts: { created: 60 } });
    await writeFile(join(folder, 'import.xml'), set(10));
    const held = await world.import(folder);
    expect(held).toMatchObject({ state: 'held', result: { held: { reason: 'shrunken', previousRows: 60, rows: 10, missing: 50 } } });
    expect((held.result as { held: { missingSkus: string[] } }).held.missingSkus.slice(0, 2)).toEqual(['1C-10', '1C-11']);
  });

  it('misses only what files of its own name brought: another table may look the same', async () => {
    expect((await world.import(await goods('other.csv', 230, 1), { mode: 'create' })).counts).toMatchObject({ created: 30, skipped: 200 });
    const again = await world.import(await goods('goods.csv', 40, 1));
    expect(again).toMatchObject({ state: 'held', result: { held: { missing: 160 } } });
  });
});

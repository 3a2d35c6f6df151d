import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import ExcelJS from 'exceljs';
import {
  catalogDiff,
  EXPORT_FORMATS,
  type ExportFormat,
  exportDiff,
  exportProducts,
  type FieldDifference,
  momentTime,
  parseMoment,
  type ProductFilter,
  type ProductInput,
} from '#catalog';
import { wordingIn } from '../apps/hub/texts/wording.js';
import { ImportWorld } from './import-world.js';

const GOODS = 603;
let world: ImportWorld;

function product(n: number): ProductInput {
  return {
    sku: n % 100 === 0 ? `=HYPERLINK("${n}")` : `SKU-${String(n).padStart(5, '0')}`,
    title: `Кружка №${n}${n % 7 === 0 ? '; "синяя", большая' : ''}`,
    description: n === 5 ? 'Ж'.repeat(40_000) : n % 3 === 0 ? `<p>Строка</p>\n-${n}` : '',
    category: n % 2 === 0 ? 'Дом / Посуда / Кружки' : 'Дом / Декор',
    brand: n % 5 === 0 ? '@Ясень' : 'Ясень',
    price: { minor: 10_000 + n, currency: n % 11 === 0 ? 'USD' : 'RUB' },
    stock: { main: n, ...(n % 4 === 0 && { 'Склад: 2': 1 }) },
    attributes: { Цвет: n % 2 === 0 ? 'синий' : '+7', Объём: { value: n / 8, unit: 'л' }, Артикул: `x${n}`, Новинка: n % 2 === 0, ...(n % 9 === 0 && { Наборы: ['1', '=2'] }) },
    dimensions: { length: n, width: 10, height: 7 },
    ...(n % 6 === 0 && { model: { code: `M-${n % 60}`, axes: ['Цвет', 'Объём'] } }),
    externalIds: { '1c': `guid-${n}` },
    overrides: { ozon: { title: `Кружка для Ozon ${n}` } },
  };
}

beforeAll(async () => {
  world = await ImportWorld.open();
  const outcomes = await world.products.upsertMany(
    Array.from({ length: GOODS }, (_, i) => ({ document: product(i + 1) })),
    { author: 'anna', cause: { kind: 'person' } },
  );
  expect(outcomes.filter(({ kind }) => kind !== 'created')).toEqual([]);
}, 60_000);
afterAll(() => world?.close());

async function exported(format: ExportFormat, filter: ProductFilter = {}): Promise<string> {
  const file = join(world.folder, `catalog-${JSON.stringify(filter).length}.${format === 'yml' ? 'xml' : format}`);
  await pipeline(exportProducts(world.products.read, { format, filter }), createWriteStream(file));
  return file;
}

describe('the catalog', () => {
  it.each([...EXPORT_FORMATS])('as %s imports again without a difference and without a write', async (format) => {
    const before = await world.written();
    const { state, counts, notes } = await world.import(await exported(format));
    const told = format === 'xlsx' ? ['xlsx-not-held'] : [];
    expect({ state, ...counts, notes: notes.map(({ code }) => code) }).toMatchObject({ state: 'done', rows: GOODS, unchanged: GOODS, failed: 0, notes: told });
    // An import keeps prints of the rows it saw; of the goods themselves nothing is touched.
    const goods = (text: string): string[] => text.split('\n').filter((line) => !line.startsWith('import_print'));
    expect(goods(await world.written())).toEqual(goods(before));
  });

  it('as a workbook tells a person which value no cell can hold, and what becomes of it', async () => {
    const book = new ExcelJS.Workbook();
    await book.xlsx.readFile(await exported('xlsx'));
    const [header, told, ...more] = (book.getWorksheet('Не поместилось')?.getSheetValues() ?? []).slice(1) as string[][];
    expect(header?.slice(1)).toEqual(['Артикул', 'Столбец', 'Что это значит']);
    expect(told?.slice(1)).toEqual(['SKU-00005', 'Описание', expect.stringMatching(/длиннее.*сохранит.*CSV/)]);
    expect(more).toEqual([]);
    expect((await world.products.read.get('SKU-00005'))?.document.description).toHaveLength(40_000);
  });

  it('narrowed by a filter holds just these goods, and no formula', async () => {
    const text = await readFile(await exported('csv', { category: 'Дом / Посуда', skuPrefix: '=' }), 'utf8');
    const [header = '', ...lines] = text.slice(1).trimEnd().split('\r\n');
    expect(text.startsWith('\ufeff"Артикул","Название"')).toBe(true);
    expect(header).toContain('"Объём [л]"');
    expect(lines).toHaveLength(Math.floor(GOODS / 100));
    for (const line of lines) expect(line).not.toMatch(/(^|,)"?[=@+-]/);
    for (const line of lines) expect(line.startsWith(`"'=HYPERLINK(""`)).toBe(true);
  });

  it('differs between two moments field by field, with author, time and cause', async () => {
    const from = new Date();
    const patch = async (author: string, change: object) => {
      const current = await world.products.read.get('SKU-00001');
      await world.products.patch('SKU-00001', { basedOn: current?.revision ?? 0, patch: change, author, cause: { kind: 'person' } });
    };
    await patch('boris', { title: 'Чашка', price: { minor: 1, currency: 'RUB' } });
    await patch('vera', { attributes: { Цвет: null, Узор: '=сетка' }, price: { minor: 2, currency: 'RUB' } });
    await patch('boris', { archived: true });
    await patch('vera', { archived: false });
    const file = await world.file('new.csv', 'sku,name,price\nNEW-1,Новый,5\n');
    const job = await world.import(file);
    const found: FieldDifference[] = [];
    for await (const page of catalogDiff(world.pool, from, new Date())) found.push(...page);
    const shown = found.map(({ sku, field, before, after, author, cause }) => [sku, field, before, after, author, cause.kind]);
    expect(shown).toEqual(
      expect.arrayContaining([
        ['SKU-00001', 'title', 'Кружка №1', 'Чашка', 'boris', 'person'],
        ['SKU-00001', 'price', { minor: 10_001, currency: 'RUB' }, { minor: 2, currency: 'RUB' }, 'vera', 'person'],
        ['SKU-00001', 'attributes.Цвет', '+7', undefined, 'vera', 'person'],
        ['SKU-00001', 'attributes.Узор', undefined, '=сетка', 'vera', 'person'],
        ['NEW-1', 'title', undefined, 'Новый', 'anna', 'import'],
      ]),
    );
    // What went there and back is no difference.
    expect(shown.filter(([sku, field]) => sku === 'SKU-00001' && field === 'archived')).toEqual([]);

    const moment = parseMoment(`job:${job.id}`);
    if (!moment) throw new Error('no moment');
    const [begin, end] = [await momentTime(world.pool, moment, 'from'), await momentTime(world.pool, moment, 'to')];
    if (!begin || !end) throw new Error('no times');
    const out = join(world.folder, 'changes.csv');
    await pipeline(exportDiff(catalogDiff(world.pool, begin, end), 'csv', 'ru', wordingIn('ru')), createWriteStream(out));
    const lines = (await readFile(out, 'utf8')).trimEnd().split('\r\n');
    expect(lines[0]).toBe('\ufeff"Артикул","Поле","Было","Стало","Кто","Когда","Причина","Ревизия"');
    expect(lines.slice(1).every((line) => line.startsWith('"NEW-1",'))).toBe(true);
    expect(lines.length).toBeGreaterThan(2);
    expect(lines.find((line) => line.includes('"Новый"'))).toMatch(/^"NEW-1","название",,"Новый","anna","[^"]+","загрузка файла \(/);
  });

  it.each<[string, boolean]>([
    ['2026-11-22', true],
    ['2026-11-22T04:00:00+03:00', true],
    ['job:17', true],
    ['yesterday', false],
    ['2026-13-45', false],
    ['job:x', false],
  ])('knows whether "%s" is a moment', (text, known) => expect(parseMoment(text) !== undefined).toBe(known));
});

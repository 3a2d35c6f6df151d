import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import iconv from 'iconv-lite';
import { accounted, ImportWorld } from './import-world.js';

const realFolder = fileURLToPath(new URL('../../shared/data/ru/', import.meta.url));
const realFile = `${realFolder}catalog-ru-283.csv`;
let world: ImportWorld;

beforeAll(async () => {
  world = await ImportWorld.open();
}, 60_000);
afterAll(() => world.close());

const revisions = (): Promise<number> => world.count('product_revision');

describe('importing a CSV file', () => {
  it('finds out encoding and separator, and understands Russian headers and units', async () => {
    const text =
      'Артикул;Наименование;Цена, руб.;Вес, кг;Длина, см;Ширина, см;Высота, см;Остаток;Ставка НДС;Штрихкод;Группа;Цвет;Мощность [Вт]\r\nQ-1;"Ёлка ""Мечта""; синяя";1 290,50;2,5;120;30,5;20;7;20%;4600000000015 ;Дом > Декор;синий;12,5\r\n';
    const result = await world.import(await world.file('win.csv', iconv.encode(text, 'windows-1251')));
    expect(result).toMatchObject({ state: 'done', counts: { rows: 1, created: 1, failed: 0 } });
    expect((await world.products.read.get('Q-1'))?.document).toMatchObject({
      title: 'Ёлка "Мечта"; синяя',
      price: { minor: 129050, currency: 'RUB' },
      weight: 2500,
      dimensions: { length: 1200, width: 305, height: 200 },
      stock: { main: 7 },
      vat: 20,
      category: 'Дом / Декор',
      attributes: { Цвет: 'синий', Мощность: { value: 12.5, unit: 'Вт' } },
    });
  });

  it.each([
    ['utf-16le', Buffer.concat([Buffer.from([0xff, 0xfe]), iconv.encode('Артикул\tНазвание\nU-1\tПлед\n', 'utf-16le')])],
    ['utf-16be', Buffer.concat([Buffer.from([0xfe, 0xff]), iconv.encode('Артикул\tНазвание\nU-1\tПлед\n', 'utf-16be')])],
    ['utf-16le without a mark', iconv.encode('Артикул;Название\nU-1;Плед\n', 'utf-16le')],
    ['utf-8 with a mark', Buffer.from('\ufeffАртикул|Название\nU-1|Плед\n')],
  ])('reads %s', async (encoding, bytes) => {
    const result = await world.import(await world.file(`${encoding}.csv`, bytes));
    expect(accounted(result.counts)).toBe(1);
    expect(result.counts.failed).toBe(0);
    expect((await world.products.read.get('U-1'))?.document.title).toBe('Плед');
  });

  it('says for each bad row or value what, why and what to do, and takes the rest', async () => {
    const text = [
      '\ufeffsku,name,price,barcode,weight,name 2',
      'W-1,Первый,сто,,1,x',
      ',Без артикула,1,,,',
      'W-2,,1,,,',
      'W-3,Третий,1,4600000000001,,',
      'W-1,Повтор,1,,,',
      ',,,,,',
      'W-4,Четвёртый,1,,,,,лишнее',
      'W-5,Пя\u0001тый,1,,,',
    ].join('\n');
    const result = await world.import(await world.file('bad.csv', text));
    expect(result.counts).toEqual({ rows: 8, created: 1, updated: 0, unchanged: 0, failed: 5, skipped: 2 });
    expect(accounted(result.counts)).toBe(result.counts.rows);
    expect(result.notes.map((n) => [n.place, n.outcome, n.field, n.code])).toEqual([
      ['bad.csv', 'warning', 'weight', 'table-column-unit'],
      ['2', 'failed', 'price', 'table-money'],
      ['3', 'failed', 'sku', 'table-no-sku'],
      ['4', 'failed', 'title', 'title'],
      ['5', 'warning', 'barcodes', 'barcode-check-digit'],
      ['6', 'skipped', 'sku', 'import-repeated'],
      ['7', 'skipped', 'row', 'table-empty-row'],
      ['8', 'failed', 'row', 'table-too-many-cells'],
      ['9', 'failed', 'title', 'title'],
    ]);
  });

  it('refuses a row whose price cannot be read: the product does not go on at its old price unseen', async () => {
    await world.import(await world.file('priced.csv', 'sku,name,price\nP-1,Плед,100\nP-2,Плед,100\n'));
    const result = await world.import(await world.file('prices.csv', 'sku,price,old price,stock\nP-1,-5,200,7\nP-2,90,двести,7\nP-3,5,,1\n'));
    expect(result.counts).toMatchObject({ rows: 3, created: 0, updated: 0, failed: 3 });
    expect(result.notes.map((n) => [n.sku, n.field, n.code])).toEqual([
      ['P-1', 'price', 'table-money'],
      ['P-2', 'oldPrice', 'table-money'],
      ['P-3', 'title', 'title'],
    ]);
    expect((await world.products.read.get('P-1'))?.document).toMatchObject({ price: { minor: 10_000 }, stock: {} });
    const feed = (price: string) =>
      `<yml_catalog><shop><offers><offer id="P-1"><name>Плед</name><price>${price}</price><currencyId>RUB</currencyId></offer></offers></shop></yml_catalog>`;
    const offers = await world.import(await world.file('prices.yml', feed('от 500')));
    expect(offers).toMatchObject({ counts: { rows: 1, failed: 1 }, notes: [{ sku: 'P-1', field: 'price', code: 'feed-money' }] });
  });

  it('counts the rows of a table that it refuses as a whole', async () => {
    const refused = await world.import(await world.file('nosku.csv', 'название,цена\nодин,10\nдва,20\nтри,30\n'));
    expect(refused).toMatchObject({ state: 'failed', counts: { rows: 3, failed: 3 }, result: { unreadable: { code: 'table-no-sku-column' } } });
    expect(accounted(refused.counts)).toBe(3);
  });

  it('warns of two feeds that give one id to things of different names, and names the other', async () => {
    const feed = (name: string, title: string, price: number) =>
      world.file(name, `<yml_catalog><shop><offers><offer id="F-1"><name>${title}</name><price>${price}</price><currencyId>RUB</currencyId></offer></offers></shop></yml_catalog>`);
    await world.import(await feed('north.yml', 'Плед', 100));
    expect((await world.import(await feed('copy-of-north.yml', 'Плед', 120))).notes).toEqual([]);
    const other = await world.import(await feed('south.yml', 'Чайник', 900));
    expect(other).toMatchObject({ counts: { updated: 1 }, notes: [{ sku: 'F-1', outcome: 'warning', field: 'sku', code: 'feed-shared-id' }] });
    expect((await world.import(await feed('south.yml', 'Чайник белый', 900))).notes).toEqual([]);
  });

  it('accounts for the row where the file becomes unreadable', async () => {
    const result = await world.import(await world.file('open.csv', 'sku,name\nO-1,Целая\nO-2,"не закрыта\nO-3,дальше'));
    expect(result.counts).toMatchObject({ rows: 2, created: 1, failed: 1 });
    expect(result.notes).toMatchObject([{ outcome: 'failed', code: 'csv-open-quote' }]);
  });

  it('tries everything and keeps nothing in a dry run, and shows field by field what would change', async () => {
    const before = await world.written();
    const file = await world.file('dry.csv', 'sku,name,barcode\nY-1,Новый,\nQ-1,Другая,\nY-2,Чужой штрихкод,4600000000015\nY-3,Свой,4600000000022\nY-4,Тот же,4600000000022\n');
    const result = await world.import(file, { dryRun: true });
    expect(result.counts).toEqual({ rows: 5, created: 2, updated: 1, unchanged: 0, failed: 2, skipped: 0 });
    expect(result.notes.map((n) => [n.sku, n.field, n.code])).toEqual([
      ['Y-2', 'barcodes', 'barcode-taken'],
      ['Y-4', 'barcodes', 'barcode-taken'],
    ]);
    const { sample } = result.result as { sample: { sku: string; field: string; before: unknown; after: unknown }[] };
    expect(sample).toContainEqual({ sku: 'Q-1', place: '3', field: 'title', before: 'Ёлка "Мечта"; синяя', after: 'Другая' });
    expect(await world.written()).toBe(before);
    expect(await world.products.read.get('Y-1')).toBeUndefined();
  });

  it('keeps what the file does not say, and tells each revision its file and row', async () => {
    const job = await world.import(await world.file('part.csv', 'sku,stock\nQ-1,9'));
    expect((await world.products.read.get('Q-1'))?.document).toMatchObject({ stock: { main: 9 }, vat: 20, attributes: { Цвет: 'синий' } });
    expect((await world.products.read.history('Q-1', 1))[0]).toMatchObject({ author: 'anna', cause: { kind: 'import', file: 'part.csv', row: '2', job: job.id } });
  });

  it('creates only, or changes only, when told so', async () => {
    const file = await world.file('modes.csv', 'sku,name\nQ-1,Имя\nM-1,Новый\n');
    expect((await world.import(file, { mode: 'create', dryRun: true })).counts).toMatchObject({ created: 1, skipped: 1 });
    const updated = await world.import(file, { mode: 'update' });
    expect(updated.counts).toMatchObject({ updated: 1, skipped: 1 });
    expect(updated.notes.map((n) => n.code)).toEqual(['import-missing']);
    expect((await world.import(file, { mode: 'create' })).counts).toMatchObject({ created: 1, skipped: 1 });
  });

  it('writes nothing at all when one row fails and the policy is reject-all', async () => {
    const before = await world.written();
    const bad = await world.import(await world.file('all.csv', 'sku,name\nA-1,Первый\nA-2,\nQ-1,Иначе\n'), { policy: 'reject-all' });
    expect(bad).toMatchObject({ state: 'failed', counts: { rows: 3, created: 0, updated: 0, failed: 1, skipped: 2 }, result: { rejected: { code: 'import-rejected' } } });
    // A barcode that belongs to another product is noticed only when the products are written.
    const late = await world.import(await world.file('late.csv', 'sku,name,barcode\nA-1,Первый,\nA-2,Второй,4600000000015\n'), { policy: 'reject-all' });
    expect(late).toMatchObject({ state: 'failed', counts: { rows: 2, failed: 1, skipped: 1 } });
    expect(late.notes).toMatchObject([{ sku: 'A-2', code: 'barcode-taken' }]);
    expect(await world.written()).toBe(before);
    const good = await world.import(await world.file('all.csv', 'sku,name\nA-1,Первый\nA-2,Второй\n'), { policy: 'reject-all' });
    expect(good).toMatchObject({ state: 'done', counts: { rows: 2, created: 2 } });
  });

  it('writes nothing when the same file comes again, also when a person edited meanwhile what the file does not say', async () => {
    const lines = Array.from({ length: 300 }, (_, i) => `T-${i},Товар ${i},${i % 7},Цвет ${i}`);
    const file = await world.file('twice.csv', ['sku,name,stock,Цвет', ...lines, ''].join('\n'));
    expect((await world.import(file)).counts).toMatchObject({ created: 300 });
    const before = await world.written();
    expect((await world.import(file)).counts).toMatchObject({ unchanged: 300, updated: 0 });
    expect(await world.written()).toBe(before);
    await world.products.patch('T-5', { basedOn: 1, patch: { brand: 'Свой' }, author: 'olga', cause: { kind: 'person' } });
    await world.products.patch('T-6', { basedOn: 1, patch: { title: 'Правка' }, author: 'olga', cause: { kind: 'person' } });
    expect((await world.import(file)).counts).toMatchObject({ unchanged: 299, updated: 1 });
    expect((await world.products.read.get('T-5'))?.document).toMatchObject({ brand: 'Свой', title: 'Товар 5' });
    const settled = await world.written();
    expect((await world.import(file)).counts).toMatchObject({ unchanged: 300 });
    expect(await world.written()).toBe(settled);
  });
});

const withReal = existsSync(realFile) ? it : it.skip;
if (!existsSync(realFile)) process.stdout.write('skipped: no real catalog files beside the project (../shared/data/ru)\n');

describe('real files', () => {
  withReal('load whole, each row accounted for; a second time nothing is written', async () => {
    const first = await world.import(realFile);
    expect(first.counts).toEqual({ rows: 283, created: 282, updated: 0, unchanged: 0, failed: 1, skipped: 0 });
    expect(first.notes.filter((n) => n.outcome === 'failed')).toMatchObject([{ field: 'sku' }]);
    // Two barcodes with a wrong check digit, and four lengths of more than 100 m.
    const warnings = first.notes.filter((n) => n.outcome === 'warning' && n.row > 0);
    expect(warnings.map((n) => n.field).sort()).toEqual(['barcodes', 'barcodes', 'length', 'length', 'length', 'length']);
    expect((await world.products.read.get('PM-421-WP'))?.document).toMatchObject({
      brand: 'CrazyBoom',
      category: 'Детские товары / Коврики для дома',
      vat: 20,
      price: { minor: 10000, currency: 'RUB' },
      stock: { main: 377 },
      weight: 1400,
      dimensions: { length: 710, width: 400, height: 120 },
      barcodes: ['8809288404089'],
      externalIds: { '1c': 'bd8c4e15-18f9-11e7-80c2-0cc47ab29cd1' },
      attributes: { 'Код ОЗОН': '149831179' },
    });
    const before = await revisions();
    const second = await world.import(realFile);
    expect(second.counts).toEqual({ rows: 283, created: 0, updated: 0, unchanged: 282, failed: 1, skipped: 0 });
    expect(await revisions()).toBe(before);
  });

  withReal('of other kinds say in one sentence why they are no catalog, and are taken when a person says what the columns mean', async () => {
    for (const name of ['brands_ru.csv', 'product-words-categories.csv', 'receipt-lines-labelled.csv']) {
      const refused = await world.import(`${realFolder}${name}`);
      expect(refused).toMatchObject({ state: 'failed', counts: { failed: refused.counts.rows, created: 0 }, result: { unreadable: { code: 'table-no-sku-column' } } });
      expect(refused.counts.rows).toBeGreaterThan(10);
    }
    const words = await world.import(`${realFolder}product-words-categories.csv`, { columns: ['sku', 'category'], dryRun: true });
    expect(words.state).toBe('done');
    expect(words.counts.rows).toBeGreaterThan(1_000);
    expect(accounted(words.counts)).toBe(words.counts.rows);
  });
});

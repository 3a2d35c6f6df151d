import { createWriteStream } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ZipArchive } from 'archiver';
import ExcelJS from 'exceljs';
import { ImportWorld } from './import-world.js';

let world: ImportWorld;
beforeAll(async () => {
  world = await ImportWorld.open();
}, 60_000);
afterAll(() => world.close());

async function zip(name: string, entries: Readonly<Record<string, string>>): Promise<string> {
  const path = join(world.folder, name);
  const archive = new ZipArchive({ zlib: { level: 9 } });
  const sink = createWriteStream(path);
  archive.pipe(sink);
  for (const [entry, content] of Object.entries(entries)) archive.append(content, { name: entry });
  await archive.finalize();
  await finished(sink);
  // The packer would not write such a name.
  const bytes = await readFile(path);
  await writeFile(path, Buffer.from(bytes.toString('latin1').replaceAll('aa/aa/', '../../'), 'latin1'));
  return path;
}

const PARTS = {
  'xl/workbook.xml': '<workbook xmlns:r="r"><sheets><sheet name="Товары" r:id="rId1"/></sheets></workbook>',
  'xl/_rels/workbook.xml.rels': '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
};
const sheet = (rows: string): Record<string, string> => ({ ...PARTS, 'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${rows}</sheetData></worksheet>` });
const cell = (ref: string, text: string): string => `<c r="${ref}" t="inlineStr"><is><t>${text}</t></is></c>`;
const HEADER = `<row r="1">${cell('A1', 'Артикул')}${cell('B1', 'Название')}</row>`;

describe('a hostile table', () => {
  it.each([
    ['nul.csv', Buffer.from('sku,name\nN-1,Им\u0000я\n'), 'table-binary'],
    ['columns.csv', `sku,${'x,'.repeat(5_000)}\n`, 'table-too-many-columns'],
    ['million.csv', `${','.repeat(1_000_000)}\n`, 'table-too-many-columns'],
    ['a-million-columns.csv', `sku${';c'.repeat(1_300_000)}\nE-1;1\n`, 'csv-record-too-long'],
    ['endless.csv', `sku,name\nE-1,"${'x'.repeat(2_300_000)}"\n`, 'csv-record-too-long'],
    ['empty.csv', '', 'table-empty'],
    ['blank.csv', '\n\n\n', 'table-empty'],
    ['noise.bin', Buffer.from('PK\u0003\u0004nonsense'), 'format-unknown'],
    ['broken.xlsx', Buffer.from('PK\u0003\u0004nonsense'), 'xlsx-malformed'],
    ['old.xls', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), 'xlsx-protected'],
  ])('%s is refused by one clear sentence', async (name, content, code) => {
    const before = await world.written();
    const result = await world.import(await world.file(name, content));
    const codes = [...result.notes.map((note) => note.code), (result.result as { unreadable?: { code: string } } | null)?.unreadable?.code];
    expect(codes).toContain(code);
    expect(result.counts.created).toBe(0);
    expect(await world.written()).toBe(before);
  });

  it('that breaks off in the middle of its last row loses only that row, and says so', async () => {
    const result = await world.import(await world.file('cut.csv', 'sku,name,price\nK-1,Целый,10\nK-2,Обор'));
    expect(result.counts).toMatchObject({ rows: 2, created: 1, failed: 1 });
    expect(result.notes).toMatchObject([{ place: '3', code: 'table-cut-off' }]);
  });

  it('with formulas in its cells stays text, and leaves our reports as text', async () => {
    const result = await world.import(await world.file('formula.csv', 'sku,name,price\n=cmd|x,"=1+1",100\n'));
    expect(result.counts.created).toBe(1);
    expect((await world.products.read.get('=cmd|x'))?.document.title).toBe('=1+1');
  });
});

describe('a hostile workbook', () => {
  it.each([
    ['bomb.xlsx', () => sheet(`${HEADER}<row r="2">${cell('A2', ' '.repeat(40 * 1024 * 1024))}</row>`), 'xlsx-bomb'],
    ['entities.xlsx', () => ({ ...PARTS, 'xl/worksheets/sheet1.xml': '<!DOCTYPE x [<!ENTITY a "b">]><worksheet><sheetData/></worksheet>' }), 'xml-entities'],
    ['slip.xlsx', () => ({ ...sheet(HEADER), 'aa/aa/evil.xml': 'x' }), 'set-path'],
    ['wide.xlsx', () => sheet(`<row r="1">${cell('XFD1', 'Артикул')}</row>`), 'table-too-many-columns'],
    ['cut.xlsx', () => ({ ...PARTS, 'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${HEADER}<row r="2"><c r="A2"` }), 'xlsx-malformed'],
    ['nosheet.xlsx', () => ({ 'xl/workbook.xml': '<workbook/>' }), 'xlsx-no-sheet'],
  ])('%s is refused by one clear sentence', async (name, parts, code) => {
    const before = await world.written();
    const result = await world.import(await zip(name, parts()));
    expect([...result.notes.map((note) => note.code), (result.result as { unreadable?: { code: string } } | null)?.unreadable?.code]).toContain(code);
    expect(await world.written()).toBe(before);
  });
});

describe('a workbook', () => {
  it('is read as a person sees it: barcodes whole, dates as dates, percents, formulas by their last value', async () => {
    const book = new ExcelJS.Workbook();
    const goods = book.addWorksheet('Товары');
    goods.addRow(['Артикул', 'Название', 'Штрихкод', 'НДС', 'Цена', 'Дата', 'Дробь', 'Партия']);
    const row = goods.addRow(['X-1', 'Плед', 4600000000015, 0.2, { formula: '100+90.5', result: 190.5 }, new Date(Date.UTC(2026, 10, 22)), 0.1 + 0.2, 42]);
    row.getCell(4).numFmt = '0%';
    row.getCell(6).numFmt = 'dd.mm.yyyy';
    row.getCell(8).numFmt = '00000';
    goods.addRow([]);
    goods.addRow(['X-2', { richText: [{ text: 'Бога' }, { text: 'тый' }] }, '', '', { formula: '1/0', result: { error: '#DIV/0!' } as never }]);
    book.addWorksheet('Заметки').addRow(['не товары']);
    const path = join(world.folder, 'goods.xlsx');
    await book.xlsx.writeFile(path);
    const result = await world.import(path);
    expect(result.counts).toEqual({ rows: 2, created: 2, updated: 0, unchanged: 0, failed: 0, skipped: 0 });
    expect((await world.products.read.get('X-1'))?.document).toMatchObject({
      title: 'Плед',
      barcodes: ['4600000000015'],
      vat: 20,
      price: { minor: 19050, currency: 'RUB' },
      attributes: { Дата: '2026-11-22', Дробь: '0.3', Партия: '00042' },
    });
    expect((await world.products.read.get('X-2'))?.document.title).toBe('Богатый');
    expect(result.notes.map((note) => [note.place, note.code])).toEqual([
      ['goods.xlsx', 'xlsx-other-sheets'],
      ['2', 'xlsx-formula'],
      ['4', 'xlsx-error'],
      ['4', 'xlsx-formula'],
    ]);
    expect((await world.import(path)).counts).toMatchObject({ rows: 2, unchanged: 2 });
  });

  it('reads texts shared by many cells from disk when there are too many for memory', async () => {
    const texts = Array.from({ length: 3_000 }, (_, i) => `<si><t>${'длинный текст '.repeat(250)}${i}</t></si>`).join('');
    const rows = [0, 1, 2_999].map((i, at) => `<row r="${at + 2}">${cell(`A${at + 2}`, `SH-${i}`)}${cell(`B${at + 2}`, 'Товар')}<c r="C${at + 2}" t="s"><v>${i}</v></c></row>`);
    const header = HEADER.replace('</row>', `${cell('C1', 'Описание')}</row>`);
    const path = await zip('shared.xlsx', { ...sheet(`${header}${rows.join('')}`), 'xl/sharedStrings.xml': `<sst>${texts}</sst>` });
    expect((await world.import(path)).counts).toMatchObject({ rows: 3, created: 3 });
    for (const i of [0, 1, 2_999]) expect((await world.products.read.get(`SH-${i}`))?.document.description).toMatch(new RegExp(`длинный текст ${i}$`));
  });
});

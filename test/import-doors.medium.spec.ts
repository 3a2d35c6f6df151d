import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import ExcelJS from 'exceljs';
import { type Answer, type DoorHub, openDoors } from './door-hub.js';

const TABLE = 'Код;Имя;Мощность;Кол-во\nD-1;Чайник;2200;5\nD-2;Утюг;много;7\n';
const CSV = { 'content-type': 'text/csv' };
const MEANINGS = ['sku', 'title', 'attribute:Мощность [Вт]', 'stock:main'];

describe('the doors of imports', () => {
  let doors: DoorHub;
  beforeAll(async () => {
    doors = await openDoors();
  }, 60_000);
  afterAll(() => doors.close());

  async function atRest(id: unknown): Promise<Answer> {
    for (;;) {
      const answer = await doors.call(`/api/imports/${String(id)}`);
      if (!['queued', 'running'].includes(String(answer.body['state']))) return answer;
      await pause(30);
    }
  }

  it('show what a file holds, start it with the columns as corrected, and remember them', async () => {
    const upload = await doors.call('/api/imports/uploads?name=goods.csv', { method: 'POST', raw: TABLE.replace('Код', 'Артикул'), headers: CSV });
    expect(upload).toMatchObject({ status: 200, body: { format: 'csv', remembered: false, name: 'goods.csv' } });
    expect((upload.body['columns'] as { meaning: string }[]).map((column) => column.meaning)).toEqual(['sku', 'attribute:Имя', 'attribute:Мощность', 'attribute:Кол-во']);
    const id = String(upload.body['upload_id']);
    const start = (body: object) => doors.call(`/api/imports/uploads/${id}/start`, { method: 'POST', body });
    expect(await start({ columns: ['sku', 'nonsense', 'ignored', 'ignored'] })).toMatchObject({ status: 422 });
    expect(await start({ columns: ['sku'] })).toMatchObject({ status: 422 });
    const started = await start({ columns: MEANINGS });
    expect(started.status).toBe(202);
    const ended = await atRest(started.body['id']);
    expect(ended.body).toMatchObject({ state: 'done', rows: 2, created: 2, failed: 0, share: 1 });
    expect((await doors.call('/api/products/D-1')).body).toMatchObject({ document: { attributes: { Мощность: { value: 2200, unit: 'Вт' } }, stock: { main: 5 } } });
    const again = await doors.call('/api/imports/uploads?name=goods.csv', { method: 'POST', raw: TABLE.replace('Код', ' АРТИКУЛ '), headers: CSV });
    expect(again.body).toMatchObject({ remembered: true });
    const straight = await doors.call('/api/imports?name=goods.csv', { method: 'POST', raw: TABLE.replace('Код', 'Артикул'), headers: CSV });
    expect((await atRest(straight.body['id'])).body).toMatchObject({ state: 'done', unchanged: 2, created: 0, updated: 0 });
  });

  it('take what can be read of a file that is cut off, and say of an empty one that it is empty', async () => {
    const cut = await doors.call('/api/imports?name=cut.csv', { method: 'POST', raw: 'Артикул;Название\nCUT-1;Плед\nCUT-2;"Пле', headers: CSV });
    expect((await atRest(cut.body['id'])).body).toMatchObject({ state: 'done', rows: 2, created: 1, failed: 1 });
    const empty = await doors.call('/api/imports?name=empty.csv', { method: 'POST', raw: '', headers: CSV });
    expect(empty).toMatchObject({ status: 422, body: { code: 'unreadable-file', fault: 'table-empty', detail: 'файл пуст' } });
  });

  it('take the choices of formats with the file', async () => {
    const offer = '<Предложение><Ид>g</Ид><Артикул>CH-1</Артикул><Наименование>Плед</Наименование><Цены>';
    const price = (type: string, amount: number) => `<Цена><ИдТипаЦены>${type}</ИдТипаЦены><ЦенаЗаЕдиницу>${amount}</ЦенаЗаЕдиницу><Валюта>RUB</Валюта></Цена>`;
    const types = '<ТипыЦен><ТипЦены><Ид>r</Ид><Наименование>Розничная</Наименование></ТипЦены><ТипЦены><Ид>w</Ид><Наименование>Оптовая</Наименование></ТипЦены></ТипыЦен>';
    const body = `${types}<Предложения>${offer}${price('r', 100)}${price('w', 70)}</Цены></Предложение></Предложения>`;
    const goods = '<Каталог><Ид>k</Ид><Товары><Товар><Ид>g</Ид><Артикул>CH-1</Артикул><Наименование>Плед</Наименование></Товар></Товары></Каталог>';
    const raw = `<КоммерческаяИнформация ВерсияСхемы="2.07">${goods}<ПакетПредложений СодержитТолькоИзменения="true"><Ид>k#</Ид>${body}</ПакетПредложений></КоммерческаяИнформация>`;
    const send = (query: string) => doors.call(`/api/imports?name=offers.xml&${query}`, { method: 'POST', raw, headers: CSV });
    expect((await send('length_unit=inch')).status).toBe(422);
    const taken = await send(`price_type=${encodeURIComponent('Оптовая')}&length_unit=cm`);
    expect((await atRest(taken.body['id'])).body).toMatchObject({ state: 'done', failed: 0 });
    expect((await doors.call('/api/products/CH-1')).body).toMatchObject({ document: { price: { minor: 7_000 } } });
    const wrong = await doors.call('/api/imports/address', { method: 'POST', body: { url: 'https://example.com/feed.xml', choices: { 'price-type': 5 } } });
    expect(wrong.body).toMatchObject({ status: 422, errors: [{ field: 'choices', code: 'import-choices' }] });
  });

  it('give the workbook of a category, with a column for each of its attributes', async () => {
    await doors.call('/api/categories/attributes', { method: 'PUT', body: { category: 'Дом', name: 'Материал', type: 'option', options: ['лён'] } });
    await doors.call('/api/categories/attributes', { method: 'PUT', body: { category: 'Дом / Плед', name: 'Плотность', type: 'number', unit: 'г/м²' } });
    const response = await fetch(`${doors.hub.url}/api/imports/template?category=${encodeURIComponent('Дом / Плед')}`, { headers: { authorization: `Bearer ${doors.hub.token}` } });
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(await response.arrayBuffer());
    const sheet = workbook.worksheets[0];
    const header = (sheet?.getRow(1).values as readonly unknown[]).slice(1);
    expect(header.slice(0, 2)).toEqual(['Артикул', 'Название']);
    expect(header.slice(-3)).toEqual(['Остаток', 'Материал', 'Плотность [г/м²]']);
    const cells: Readonly<Record<string, unknown>> = { Артикул: 'TPL-1', Название: 'Плед', Категория: 'Дом / Плед', Цена: 990.5, Материал: 'лён', 'Плотность [г/м²]': 350 };
    sheet?.addRow(header.map((name) => cells[String(name)] ?? null));
    const filled = new Uint8Array(await workbook.xlsx.writeBuffer());
    const started = await doors.call('/api/imports?name=filled.xlsx', { method: 'POST', raw: filled, headers: CSV });
    expect((await atRest(started.body['id'])).body).toMatchObject({ state: 'done', created: 1, failed: 0 });
    expect((await doors.call('/api/products/TPL-1')).body).toMatchObject({
      document: { price: { minor: 99_050 }, attributes: { Материал: 'лён', Плотность: { value: 350, unit: 'г/м²' } } },
    });
  });

  it('tell each row in the language of the reader, as pages and as files', async () => {
    const { body } = await doors.call('/api/imports?name=report.csv', { method: 'POST', raw: 'Артикул;Название;Цена\nR-1;Плед;=сто\nR-2;;1\n;Нет;1\n', headers: CSV });
    await atRest(body['id']);
    const page = (language: string, cursor = '') => doors.call(`/api/imports/${String(body['id'])}/report?limit=2${cursor}`, { headers: { 'accept-language': language } });
    const russian = await page('ru');
    expect(russian.body['items']).toMatchObject([
      { place: '4', code: 'table-no-sku', reason: 'в строке нет артикула' },
      { place: '2', outcome: 'failed', code: 'table-money' },
    ]);
    expect((await page('en', `&cursor=${String(russian.body['next_cursor'])}`)).body).toMatchObject({
      items: [{ place: '3', outcome: 'failed', field: 'title' }],
      next_cursor: null,
    });
    expect((await page('zh')).body['items']).toMatchObject([{ reason: '该行没有货号' }, {}]);
    const csv = await doors.call(`/api/imports/${String(body['id'])}/report.csv`, { headers: { 'accept-language': 'ru' } });
    expect(csv.text).toContain('"Причина"');
    expect(csv.text).toMatch(/"R-2","название"/);
    const xlsx = await doors.call(`/api/imports/${String(body['id'])}/report.xlsx`);
    expect(xlsx).toMatchObject({ status: 200 });
    expect(xlsx.text.startsWith('PK')).toBe(true);
    expect((await doors.call(`/api/imports/${String(body['id'])}/report.pdf`)).status).toBe(422);
  });

  it('show the changes of a dry run, and let a held import go on or end', async () => {
    const rows = Array.from({ length: 60 }, (_, i) => `H-${i};Товар ${i};3`);
    const file = (count: number, stock: string) => ['Артикул;Название;Остаток', ...rows.slice(0, count).map((row) => row.replace(/3$/, stock)), ''].join('\n');
    const send = (raw: string, options = '') => doors.call(`/api/imports?name=held.csv${options}`, { method: 'POST', raw, headers: CSV });
    expect((await atRest((await send(file(60, '3'))).body['id'])).body).toMatchObject({ created: 60 });
    const dry = await atRest((await send(file(60, '4'), '&dry_run=true')).body['id']);
    expect(dry.body).toMatchObject({ state: 'done', updated: 60, dry_run: true });
    expect((await doors.call(`${String(dry.body['changes']).replace('xlsx', 'csv')}`)).text).toContain('"H-0","остаток: main","3","4"');
    const held = await atRest((await send(file(20, '5'))).body['id']);
    expect(held.body).toMatchObject({ state: 'held', result: { held: { reason: 'строк в файле: 20, в прошлый раз было: 60', missing: 40 } } });
    expect((await doors.call(`/api/imports/${String(held.body['id'])}/accept`, { method: 'POST', body: {} })).status).toBe(200);
    expect((await atRest(held.body['id'])).body).toMatchObject({ state: 'done', updated: 20 });
    expect((await doors.call(`/api/imports/${String(held.body['id'])}/accept`, { method: 'POST', body: {} })).status).toBe(409);
    const unwanted = await atRest((await send(file(60, '0'))).body['id']);
    expect(unwanted.body['state']).toBe('held');
    await doors.call(`/api/jobs/${String(unwanted.body['id'])}/cancel`, { method: 'POST', body: {} });
    const events = await doors.call(`/api/jobs/${String(unwanted.body['id'])}/events`);
    expect(events.text).toContain('"state":"cancelled"');
    expect((await doors.call('/api/products/H-0')).body).toMatchObject({ document: { stock: { main: 5 } } });
  });

  it('fail a row that tells something to a channel nobody knows', async () => {
    const raw = `Артикул;Название;overrides JSON\nV-1;Плед;{"azon":{"title":"x"}}\nV-2;Плед;{"ozon":{"title":"x"}}\n`;
    const { body } = await doors.call('/api/imports?name=overrides.csv', { method: 'POST', raw, headers: CSV });
    expect((await atRest(body['id'])).body).toMatchObject({ state: 'done', created: 1, failed: 1 });
    expect((await doors.call(`/api/imports/${String(body['id'])}/report`)).body['items']).toMatchObject([{ sku: 'V-1', field: 'overrides.azon', code: 'channel-unknown' }]);
  });

  it('say in the language of the reader why a whole file was refused', async () => {
    const { body } = await doors.call('/api/imports?name=whole.csv&policy=reject-all', { method: 'POST', raw: 'Артикул;Название\nW-1;Плед\n;Без артикула\n', headers: CSV });
    const ended = await atRest(body['id']);
    expect(ended.body).toMatchObject({ state: 'failed', rows: 2, created: 0, failed: 1, skipped: 1 });
    expect(ended.body['failure']).toMatch(/^ни одна строка не записана: /);
    const english = await doors.call(`/api/imports/${String(body['id'])}`, { headers: { 'accept-language': 'en' } });
    expect(english.body['failure']).toMatch(/^nothing was written: /);
    expect((await doors.call('/api/products/W-1')).status).toBe(404);
    const report = await doors.call(`/api/imports/${String(body['id'])}/report`);
    expect(report.body['items']).toMatchObject([{ field: 'sku', value: '—' }]);
  });

  it('refuse a file that nobody can read at once, in one sentence', async () => {
    const answer = await doors.call('/api/imports?name=goods.xlsx', { method: 'POST', raw: 'PK nonsense', headers: { 'content-type': 'application/octet-stream' } });
    expect(answer).toMatchObject({ status: 422, body: { code: 'unreadable-file', fault: 'xlsx-malformed' } });
  });

  it('give a workbook to fill in, with the attributes of a category', async () => {
    const template = await doors.call('/api/imports/template');
    expect(template.status).toBe(200);
    expect(template.headers.get('content-type')).toContain('spreadsheetml');
  });
});

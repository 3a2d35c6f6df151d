import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bulkEditKind, bulkUndoKind, JobRunner, type JobKind } from '#catalog';
import { type DoorHub, openDoors } from './door-hub.js';

let doors: DoorHub;
let runner: JobRunner;
beforeAll(async () => {
  doors = await openDoors();
  runner = new JobRunner({ pool: doors.pool, kinds: [bulkEditKind(doors.pool), bulkUndoKind(doors.pool)] as readonly JobKind[] });
  runner.start();
}, 60_000);
afterAll(async () => {
  await runner.stop();
  await doors.close();
});

const post = (path: string, body: object) => doors.call(path, { method: 'POST', body });
const put = (path: string, body: object) => doors.call(path, { method: 'PUT', body });
const get = (path: string) => doors.call(path);
const items = (answer: { body: Readonly<Record<string, unknown>> }) => answer.body['items'] as Record<string, unknown>[];
const skus = (answer: { body: Readonly<Record<string, unknown>> }) => items(answer).map((item) => item['sku']);

async function jobDone(id: unknown): Promise<Readonly<Record<string, unknown>>> {
  for (;;) {
    const { body } = await get(`/api/jobs/${String(id)}`);
    if (body['state'] !== 'queued' && body['state'] !== 'running') return body;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('a grid of products', () => {
  it('is saved item by item, each on the revision its editor saw', async () => {
    const made = await post('/api/products/batch', {
      items: [
        {
          sku: 'G-1',
          based_on: 0,
          patch: { title: 'Кружка синяя', brand: 'Ясень', category: 'Дом / Кружка', attributes: { Цвет: 'Синий' }, price: { minor: 10_000, currency: 'RUB' } },
        },
        { sku: 'G-2', based_on: 0, patch: { title: 'Чашка красная', category: 'Дом / Чашка' } },
        { sku: 'G-3', based_on: 0, patch: { title: '' } },
        { sku: 'G-1', based_on: 0, patch: { title: 'Ещё раз' } },
      ],
    });
    expect(items(made)).toMatchObject([
      { sku: 'G-1', kind: 'created', revision: 1 },
      { sku: 'G-2', kind: 'created', revision: 1 },
      { sku: 'G-3', kind: 'refused', issues: [{ field: 'title', code: 'title' }] },
      { sku: 'G-1', kind: 'refused', issues: [{ code: 'repeated' }] },
    ]);
    const edited = await post('/api/products/batch', {
      items: [
        { sku: 'G-1', based_on: 1, patch: { title: 'Кружка голубая' } },
        { sku: 'G-2', based_on: 7, patch: { title: 'Чашка' } },
        { sku: 'G-9', based_on: 1, patch: { title: 'Нет такой' } },
      ],
    });
    expect(items(edited)).toMatchObject([
      { kind: 'updated', revision: 2 },
      { kind: 'refused', issues: [{ code: 'revision-not-found' }] },
      { kind: 'refused', issues: [{ code: 'product-not-found' }] },
    ]);
    const stale = await post('/api/products/batch', { items: [{ sku: 'G-1', based_on: 1, patch: { title: 'Кружка зелёная' } }] });
    expect(items(stale)).toMatchObject([{ kind: 'stale', current: 2, fields: [{ field: 'title', base: 'Кружка синяя', current: 'Кружка голубая', proposed: 'Кружка зелёная' }] }]);
  });

  it('is kept whole or not at all when asked', async () => {
    const answer = await post('/api/products/batch', {
      all_or_nothing: true,
      items: [
        { sku: 'G-2', based_on: 1, patch: { title: 'Чашка алая' } },
        { sku: 'G-1', based_on: 1, patch: { title: 'Старое' } },
      ],
    });
    expect(items(answer).map((item) => item['kind'])).toEqual(['held-back', 'stale']);
    expect((await get('/api/products/G-2')).body).toMatchObject({ revision: 1 });
  });

  it('names the changes between any two revisions', async () => {
    const compared = await get('/api/products/G-1/compare?from=1');
    expect(compared.body).toMatchObject({ from: { revision: 1 }, to: { revision: 2 }, changes: [{ field: 'title', before: 'Кружка синяя', after: 'Кружка голубая' }] });
    expect((await get('/api/products/G-1/compare?from=9')).body).toMatchObject({ status: 404, code: 'revision-not-found' });
  });
});

describe('a search', () => {
  it('finds by words in any form, by the beginning of a SKU, by attribute, brand and category', async () => {
    expect(skus(await get(`/api/products?text=${encodeURIComponent('кружками')}`))).toEqual(['G-1']);
    expect(skus(await get('/api/products?text=g-'))).toEqual(['G-1', 'G-2']);
    expect(skus(await get(`/api/products?attribute=${encodeURIComponent('Цвет:синий')}&brand=${encodeURIComponent('Ясень')}`))).toEqual(['G-1']);
    expect(skus(await get(`/api/products?category=${encodeURIComponent('Дом')}`))).toEqual(['G-1', 'G-2']);
    expect(skus(await get('/api/products?text=%27%20%7C%20%21'))).toEqual([]);
    expect((await get('/api/products?attribute=nocolon')).status).toBe(422);
    expect(skus(await get('/api/products?state=drifted'))).toEqual([]);
  });
});

describe('a bulk edit behind the doors', () => {
  it('is previewed with its reach, done as a job and undone', async () => {
    const body = { filter: { category: 'Дом' }, operations: [{ op: 'multiply-price', fields: ['price'], factor: '1.25' }] };
    const preview = await post('/api/bulk/preview', body);
    expect(preview.body).toMatchObject({ count: 2, changed: 1, refused: 1, fields: ['price'], blast_radius: [] });
    const reason = 'такой цены у товара нет';
    expect(preview.body['reasons']).toMatchObject([{ field: 'price', code: 'price-missing', products: 1, skus: ['G-2'], reason }]);
    expect(preview.body['refusals']).toMatchObject([{ sku: 'G-2', issues: [{ reason }] }]);
    const english = await doors.call('/api/bulk/preview', { method: 'POST', body, headers: { 'accept-language': 'en' } });
    expect(JSON.stringify(english.body['reasons'])).not.toMatch(/[а-я]/);
    const refused = await post('/api/bulk', { ...body, token: 'x' });
    expect(refused.body).toMatchObject({ status: 422, code: 'preview-outdated' });
    const started = await post('/api/bulk', { ...body, token: preview.body['token'] });
    expect(started.status).toBe(202);
    expect(await jobDone(started.body['job_id'])).toMatchObject({ state: 'done', counts: { changed: 1, refused: 1 } });
    expect((await get('/api/products/G-1')).body).toMatchObject({ revision: 3, document: { price: { minor: 12_500 } } });
    expect(items(await get(`/api/bulk/${String(started.body['job_id'])}/refusals`))).toMatchObject([{ sku: 'G-2', issues: [{ code: 'price-missing' }] }]);
    const undone = await post(`/api/bulk/${String(started.body['job_id'])}/undo`, {});
    expect(await jobDone(undone.body['job_id'])).toMatchObject({ state: 'done', counts: { changed: 1 } });
    expect((await get('/api/products/G-1')).body).toMatchObject({ revision: 4, document: { price: { minor: 10_000 } } });
  });

  it('says what is wrong with an operation, in the reader’s language', async () => {
    const answer = await doors.call('/api/bulk/preview', {
      method: 'POST',
      body: { filter: {}, operations: [{ op: 'multiply-price', fields: ['price'], factor: 'много' }] },
      headers: { 'accept-language': 'ru' },
    });
    expect(answer.body).toMatchObject({ code: 'invalid-operations', errors: [{ field: 'operations.0.factor', code: 'percent' }] });
    expect(JSON.stringify(answer.body)).toContain('десятичная дробь');
  });
});

describe('categories', () => {
  it('say beforehand whom a declaration would refuse, and keep nothing of it', async () => {
    const preview = (body: object) => post('/api/categories/attributes/preview', { category: 'Дом', name: 'Цвет', type: 'option', ...body });
    expect((await preview({ options: ['красный'] })).body).toMatchObject({
      products: 1,
      refused: 1,
      missing: 0,
      reasons: [{ field: 'attributes.Цвет', code: 'attribute-option', products: 1, skus: ['G-1'] }],
    });
    expect((await preview({ options: ['синий'], required: true })).body).toMatchObject({ products: 1, refused: 0, missing: 1, reasons: [] });
    expect((await preview({ options: [] })).body).toMatchObject({ status: 422, code: 'invalid-declaration' });
    expect(items(await get(`/api/categories/attributes?category=${encodeURIComponent('Дом')}`))).toEqual([]);
  });

  it('declare attributes that are inherited, narrowed and enforced by path', async () => {
    expect((await put('/api/categories/attributes', { category: 'Дом', name: 'Объём', type: 'number', unit: 'мл' })).status).toBe(200);
    await put('/api/categories/attributes', { category: 'Дом', name: 'Цвет', type: 'option', options: ['синий', 'красный'] });
    const wider = await put('/api/categories/attributes', { category: 'Дом / Кружка', name: 'Цвет', type: 'option', options: ['синий', 'зелёный'] });
    expect(wider.body).toMatchObject({ status: 422, code: 'invalid-declaration', errors: [{ field: 'options', code: 'declaration-wider' }] });
    const narrower = await put('/api/categories/attributes', { category: 'Дом / Кружка', name: 'Цвет', type: 'option', options: ['синий'], required: true });
    expect(items(narrower)).toMatchObject(
      expect.arrayContaining([expect.objectContaining({ name: 'Объём', inherited: true }), expect.objectContaining({ name: 'Цвет', inherited: false, required: true })]),
    );
    const patch = (attributes: object, revision: number) => doors.call('/api/products/G-1', { method: 'PATCH', body: { attributes }, headers: { 'if-match': `"${revision}"` } });
    expect((await patch({ Цвет: 'красный' }, 4)).body).toMatchObject({ status: 422, errors: [{ field: 'attributes.Цвет', code: 'attribute-option' }] });
    expect((await patch({ Объём: '350 мл', Новое: 'что угодно' }, 4)).status).toBe(200);
    expect((await get('/api/products/G-1')).body).toMatchObject({ document: { attributes: { Объём: { value: 350, unit: 'мл' }, Цвет: 'синий' } } });
    expect((await get('/api/products/G-1/completeness')).body).toMatchObject({ hints: [{ field: 'attributes.Новое', code: 'attribute-undeclared' }], accounts: [] });
    expect(items(await get('/api/categories'))).toMatchObject([
      { path: 'Дом', products: 0 },
      { path: 'Дом / Кружка', products: 1 },
      { path: 'Дом / Чашка', products: 1 },
    ]);
    expect((await doors.call(`/api/categories/attributes?category=${encodeURIComponent('Дом / Кружка')}&name=${encodeURIComponent('Цвет')}`, { method: 'DELETE' })).body).toEqual({
      removed: true,
    });
  });

  it('make titles for a channel, and show where each field comes from', async () => {
    expect((await put('/api/templates', { channel: 'azon', field: 'title', pattern: '{title}' })).body).toMatchObject({
      status: 422,
      errors: [{ field: 'channel', code: 'unknown-channel' }],
    });
    expect((await get('/api/products/G-2/channels/azon')).body).toMatchObject({ status: 422, errors: [{ field: 'channel' }] });
    expect((await put('/api/templates', { channel: 'ozon', category: 'Дом', field: 'title', pattern: '{brand} {title' })).body).toMatchObject({
      errors: [{ code: 'template-brace' }],
    });
    expect((await put('/api/templates', { channel: 'ozon', category: 'Дом', field: 'title', pattern: '{brand} {Обьём}[, {Мощность турбины}]' })).body).toMatchObject({
      status: 422,
      errors: [{ field: 'pattern', code: 'template-names', message: expect.stringContaining('Обьём, Мощность турбины'), remedy: expect.stringContaining('brand') }],
    });
    expect((await put('/api/templates', { channel: 'ozon', category: 'Дом', field: 'title', pattern: '{brand} {title}[, {Объём}]' })).body).toEqual({ planned: 2 });
    const view = await get('/api/products/G-1/channels/ozon');
    expect(view.body['fields']).toEqual(
      expect.arrayContaining([
        { field: 'title', value: 'Ясень Кружка голубая, 350 мл', from: 'template', category: 'Дом' },
        { field: 'brand', value: 'Ясень', from: 'master' },
      ]),
    );
    expect((await get('/api/products/G-2/channels/ozon')).body).toMatchObject({ diagnostics: [{ field: 'title', code: 'template-missing', params: { name: 'brand' } }] });
    expect((await doors.call(`/api/templates?channel=ozon&field=title&category=${encodeURIComponent('Дом')}`, { method: 'DELETE' })).body).toEqual({ planned: 2 });
  });
});

describe('edits that need approval', () => {
  it('wait as drafts until they are approved or sent back', async () => {
    await put('/api/catalog/settings', { edits_need_approval: true });
    await post('/api/products/batch', {
      items: [
        { sku: 'G-1', based_on: 5, patch: { title: 'Черновик один' } },
        { sku: 'G-2', based_on: 1, patch: { title: 'Черновик два' } },
        { sku: 'G-5', based_on: 0, patch: { title: 'Новый' } },
      ],
    });
    expect(skus(await get('/api/products?draft=true'))).toEqual(['G-1', 'G-2', 'G-5']);
    expect((await get('/api/products/G-1')).body).toMatchObject({ revision: 6, approved_revision: 5 });
    const approved = await post('/api/drafts/approve', {
      items: [
        { sku: 'G-1', revision: 6 },
        { sku: 'G-2', revision: 1 },
        { sku: 'G-8', revision: 1 },
      ],
    });
    expect(items(approved).map((item) => item['kind'])).toEqual(['approved', 'outdated', 'not-found']);
    const rejected = await post('/api/drafts/reject', {
      items: [
        { sku: 'G-2', revision: 2 },
        { sku: 'G-5', revision: 1 },
      ],
    });
    expect(items(rejected)).toMatchObject([
      { kind: 'rejected', revision: 3 },
      { kind: 'rejected', revision: 2 },
    ]);
    expect((await get('/api/products/G-2')).body).toMatchObject({ revision: 3, approved_revision: 3, document: { title: 'Чашка красная' } });
    expect((await get('/api/products/G-5')).body).toMatchObject({ approved_revision: 2, document: { archived: true } });
    expect(skus(await get('/api/products?draft=true'))).toEqual([]);
    await put('/api/catalog/settings', { edits_need_approval: false });
  });
});

describe('what one channel is told', () => {
  it('is refused when nobody knows the channel, whichever way it comes', async () => {
    await doors.call('/api/products', { method: 'POST', body: { sku: 'O-1', title: 'Лейка' } });
    const strange = { azon: { title: 'Лейка' } };
    const patch = (body: object, revision: number) => doors.call('/api/products/O-1', { method: 'PATCH', body, headers: { 'if-match': `"${revision}"`, 'accept-language': 'ru' } });
    const refused = { code: 'channel-unknown', message: 'такой площадки нет', remedy: expect.stringContaining('ozon') };
    expect((await patch({ overrides: strange }, 1)).body).toMatchObject({ status: 422, errors: [{ field: 'overrides.azon', value: '{"title":"Лейка"}', ...refused }] });
    expect((await doors.call('/api/products', { method: 'POST', body: { sku: 'O-2', title: 'Лейка', overrides: strange } })).status).toBe(422);
    const batch = await doors.call('/api/products/batch', { method: 'POST', body: { items: [{ sku: 'O-1', based_on: 1, patch: { overrides: strange } }] } });
    expect(batch.body['items']).toMatchObject([{ kind: 'refused', issues: [{ field: 'overrides.azon', code: 'channel-unknown' }] }]);
    const operations = [{ op: 'set-override', channel: 'azon', field: 'title', value: 'Лейка' }];
    const bulk = await doors.call('/api/bulk/preview', { method: 'POST', body: { filter: { skus: ['O-1'] }, operations } });
    expect(bulk.body).toMatchObject({ status: 422, errors: [{ field: 'operations.0.channel', value: '"azon"', ...refused }] });
    expect((await patch({ overrides: { ozon: { title: 'Лейка для Ozon' } } }, 1)).status).toBe(200);
  });
});

describe('identity', () => {
  it('names both sides of a card that two listings lead to', async () => {
    await doors.pool.query(`INSERT INTO channel_account (id, channel, title, credentials) VALUES (90, 'ozon', 'Кабинет', 'x')`);
    await doors.pool.query(`INSERT INTO listing (account_id, product_id, key, external_id) SELECT 90, id, sku, '777' FROM product WHERE sku IN ('G-1', 'G-2')`);
    await doors.pool.query(`INSERT INTO product (sku, revision, draft, title, category, archived, digest) VALUES ('g-1', 1, true, 'Двойник', '', false, '')`);
    expect(items(await get('/api/catalog/conflicts'))).toEqual(
      expect.arrayContaining([
        {
          kind: 'card-twice',
          account_id: '90',
          value: '777',
          sides: [
            { sku: 'G-1', card: 'G-1' },
            { sku: 'G-2', card: 'G-2' },
          ],
        },
        {
          kind: 'sku-twins',
          account_id: null,
          value: 'g-1',
          sides: [
            { sku: 'G-1', card: null },
            { sku: 'g-1', card: null },
          ],
        },
      ]),
    );
    const complete = await get('/api/products/G-1/completeness');
    expect(complete.body['accounts']).toMatchObject([{ account_id: '90', channel: 'ozon', complete: false }]);
    expect(skus(await get('/api/products?account=90&state=unknown'))).toEqual(['G-1', 'G-2']);
    const reach = await post('/api/bulk/preview', { filter: { skus: ['G-1'] }, operations: [{ op: 'set', field: 'title', value: 'Другое' }] });
    expect(reach.body['blast_radius']).toMatchObject([
      { account_id: '90', listings: 1, facets: ['title'], modes: { title: 'observe' }, calls: [{ operation: 'attributes', requests: 1, moderates: true }] },
    ]);
    await doors.pool.query('DELETE FROM listing WHERE account_id = 90');
    await doors.pool.query('DELETE FROM channel_account WHERE id = 90');
  });
});

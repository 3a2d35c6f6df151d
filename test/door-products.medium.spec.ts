import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { type DoorHub, openDoors } from './door-hub.js';

let doors: DoorHub;
beforeAll(async () => {
  doors = await openDoors();
}, 60_000);
afterAll(() => doors.close());

const create = (sku: string, more: object = {}, headers: Record<string, string> = {}) =>
  doors.call('/api/products', { method: 'POST', body: { sku, title: `Товар ${sku}`, ...more }, headers });

describe('a product behind the doors', () => {
  it('is changed only on the revision that was seen', async () => {
    expect((await create('P-1')).status).toBe(201);
    const read = await doors.call('/api/products/P-1');
    const etag = read.headers.get('etag') ?? '';
    expect(etag).toBe('"1"');
    expect((await doors.call('/api/products/P-1', { headers: { 'if-none-match': etag } })).status).toBe(304);
    const patch = (title: string, headers: Record<string, string>) => doors.call('/api/products/P-1', { method: 'PATCH', body: { title }, headers });
    expect((await patch('Первый', {})).status).toBe(428);
    expect((await patch('Первый', { 'if-match': etag })).headers.get('etag')).toBe('"2"');
    const stale = await patch('Второй', { 'if-match': etag });
    expect(stale.status).toBe(412);
    expect(stale.body).toMatchObject({ code: 'stale-revision', current: 2, base: 1, fields: [{ field: 'title', base: 'Товар P-1', current: 'Первый', proposed: 'Второй' }] });
    expect((await patch('Первый', { 'if-match': '"2"' })).body).toMatchObject({ revision: 2, changed: false });
  });

  it('names each field that is wrong, its value and the remedy', async () => {
    const bad = await create('P-2', { barcodes: ['4601234567890'], weight: -1 });
    expect(bad.status).toBe(422);
    const errors = bad.body['errors'] as { field: string; remedy?: string }[];
    expect(errors.map((error) => error.field).sort()).toEqual(['barcodes', 'weight']);
    expect(errors.every((error) => typeof error.remedy === 'string')).toBe(true);
    expect((await create('P-2', { colour: 'red' })).body['errors']).toMatchObject([{ field: 'colour' }]);
    expect((await doors.call('/api/products/P-2')).status).toBe(404);
  });

  it('is made once for one idempotency key, and the key is bound to the request', async () => {
    const key = { 'idempotency-key': 'k-1' };
    const answers = await Promise.all(Array.from({ length: 5 }, () => create('P-3', {}, key)));
    expect(answers.filter((answer) => answer.status === 201).length).toBeGreaterThanOrEqual(1);
    expect(answers.every((answer) => answer.status === 201 || answer.status === 409)).toBe(true);
    const again = await create('P-3', {}, key);
    expect(again.status).toBe(201);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(again.headers.get('location')).toBe('/api/products/P-3');
    expect((await create('P-4', {}, key)).body['code']).toBe('idempotency-key-reused');
    const failing = { 'idempotency-key': 'k-2' };
    expect((await create('P-5', { weight: -1 }, failing)).status).toBe(422);
    expect((await create('P-5', { weight: -1 }, failing)).status).toBe(422);
  });

  it('is paged by a cursor that shows each product once', async () => {
    for (let at = 0; at < 7; at += 1) await create(`Q-${at}`);
    const seen: string[] = [];
    let cursor: unknown = '';
    do {
      const page = await doors.call(`/api/products?limit=3&sku_prefix=Q-&cursor=${String(cursor)}`);
      seen.push(...(page.body['items'] as { sku: string }[]).map((item) => item.sku));
      cursor = page.body['next_cursor'];
    } while (cursor !== null);
    expect(seen).toEqual(['Q-0', 'Q-1', 'Q-2', 'Q-3', 'Q-4', 'Q-5', 'Q-6']);
    expect((await doors.call('/api/products?cursor=%27%3B--')).status).toBe(422);
    expect((await doors.call('/api/products?limit=0')).status).toBe(422);
  });

  it('takes a draft that waits for approval, and gives an older revision back', async () => {
    await create('P-6');
    await doors.call('/api/products/P-6?draft=true', { method: 'PATCH', body: { title: 'Черновик' }, headers: { 'if-match': '"1"' } });
    expect((await doors.call('/api/products/P-6')).body).toMatchObject({ revision: 2, approved_revision: 1 });
    expect((await doors.call('/api/products/P-6/approve', { method: 'POST', body: { revision: 2 } })).body).toMatchObject({ changed: true });
    const restore = (headers: Record<string, string>) => doors.call('/api/products/P-6/restore', { method: 'POST', body: { revision: 1 }, headers });
    expect((await restore({})).status).toBe(428);
    expect((await restore({ 'if-match': '"1"' })).status).toBe(412);
    expect((await restore({ 'if-match': '"2"' })).body).toMatchObject({ revision: 3 });
    const history = (await doors.call('/api/products/P-6/history')).body['items'] as { revision: number; author: string }[];
    expect(history.map((one) => one.revision)).toEqual([3, 2, 1]);
  });

  it('survives bodies that nest without end', async () => {
    const answer = await doors.call('/api/products', {
      method: 'POST',
      raw: `{"sku":"D","title":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
      headers: { 'content-type': 'application/json' },
    });
    expect(answer.body['code']).toBe('too-deep');
    expect((await doors.call('/api/products', { method: 'POST', raw: '{"sku":', headers: { 'content-type': 'application/json' } })).status).toBe(400);
  });
});

describe('files', () => {
  it('are pictures that anyone can fetch under a name never seen before', async () => {
    const bytes = await sharp({ create: { width: 300, height: 300, channels: 3, background: '#a31' } })
      .jpeg()
      .toBuffer();
    const stored = await doors.call('/api/media', { method: 'POST', raw: new Uint8Array(bytes), headers: { 'content-type': 'image/jpeg' } });
    expect(stored.status).toBe(201);
    for (const name of [`${String(stored.body['digest'])}.jpg`, `${String(stored.body['digest'])}-n0nce_7.jpg`]) {
      const served = await fetch(`${doors.hub.url}/media/${name}`);
      expect(Buffer.from(await served.arrayBuffer()).equals(bytes)).toBe(true);
      expect(served.headers.get('cache-control')).toContain('immutable');
    }
    expect((await doors.call(`/media/${'0'.repeat(64)}.jpg`, { token: false })).status).toBe(404);
    expect((await doors.call('/media/..%2f..%2fsecret.key', { token: false })).status).toBe(404);
    expect((await doors.call('/api/media', { method: 'POST', raw: 'no picture', headers: { 'content-type': 'image/png' } })).body['code']).toBe('picture-refused');
  });

  it('are tables of which every row is accounted for, once for one key', async () => {
    const csv = 'sku;название;цена\nC-1;Чашка;100\nC-2;;50\nC-1;Чашка;100\n';
    const send = () => doors.call('/api/imports?name=goods.csv', { method: 'POST', raw: csv, headers: { 'content-type': 'text/csv', 'idempotency-key': 'file-1' } });
    const first = await send();
    expect(first).toMatchObject({ status: 202, body: { name: 'goods.csv' } });
    const again = await send();
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(again.body).toEqual(first.body);
    const events = await doors.call(`/api/jobs/${String(first.body['id'])}/events`);
    expect(events.text).toContain('"state":"done"');
    const job = await doors.call(`/api/imports/${String(first.body['id'])}`);
    expect(job.body).toMatchObject({ name: 'goods.csv', state: 'done', rows: 3, created: 1, failed: 1, skipped: 1, updated: 0, unchanged: 0 });
    expect((await doors.call('/api/exports?format=jsonl')).text.split('\n').filter((line) => line.includes('"C-1"'))).toHaveLength(1);
  });
});

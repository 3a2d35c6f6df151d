import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type DoorHub, openDoors } from './door-hub.js';

let doors: DoorHub;
let began: string;

beforeAll(async () => {
  doors = await openDoors();
  began = new Date(Date.now() - 1000).toISOString();
  for (const [sku, category] of [
    ['A-1', 'Дом / Кружки'],
    ['B-1', 'Сад'],
  ] as const) {
    await doors.call('/api/products', { method: 'POST', body: { sku, title: `Товар ${sku}`, category, price: { minor: 100, currency: 'RUB' } } });
  }
}, 60_000);
afterAll(() => doors?.close());

describe('GET /api/exports', () => {
  it.each([
    ['csv', 'text/csv', '"A-1"'],
    ['xlsx', 'spreadsheetml', 'PK'],
    ['yml', 'application/xml', '<offer id="A-1"'],
    ['jsonl', 'ndjson', '"sku":"A-1"'],
  ])('answers %s with its type and name', async (format, type, part) => {
    const { status, headers, text } = await doors.call(`/api/exports?format=${format}`);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toContain(type);
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename="catalog\.\w+"$/);
    expect(text).toContain(part);
  });

  it('takes the filter of product lists, and headers in the reader’s language', async () => {
    const { text } = await doors.call(`/api/exports?category=${encodeURIComponent('Дом')}`, { headers: { 'accept-language': 'en' } });
    expect(text).toContain('"SKU","Title"');
    expect(text).toContain('"A-1"');
    expect(text).not.toContain('"B-1"');
  });

  it('tells what changed since a moment', async () => {
    const { status, text } = await doors.call(`/api/exports/diff?format=jsonl&from=${encodeURIComponent(began)}`);
    expect(status).toBe(200);
    const lines = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { sku: string; field: string; before: unknown; after: unknown });
    expect(lines).toContainEqual(expect.objectContaining({ sku: 'A-1', field: 'title', before: null, after: 'Товар A-1' }));
  });

  it.each([
    ['/api/exports?format=pdf', 422],
    ['/api/exports/diff?from=yesterday', 422],
    ['/api/exports/diff', 422],
    ['/api/exports/diff?from=job:999', 404],
  ])('refuses %s', async (path, status) => {
    const answer = await doors.call(path);
    expect(answer.status).toBe(status);
    expect(answer.text).not.toContain('undefined');
  });

  it('is closed to strangers', async () => {
    expect((await doors.call('/api/exports', { token: false })).status).toBe(401);
  });
});

describe('POST /api/imports/address', () => {
  it.each(['http://127.0.0.1/feed.xml', 'http://169.254.169.254/latest', 'file:///etc/passwd', 'http://[::1]/x'])('never goes to %s', async (url) => {
    const { status, body } = await doors.call('/api/imports/address', { method: 'POST', body: { url } });
    expect({ status, code: body['code'] }).toEqual({ status: 422, code: 'file-address-refused' });
  });
});

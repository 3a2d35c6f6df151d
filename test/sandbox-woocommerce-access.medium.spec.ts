import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { API, keyOf, secretOf, signed, wooWorld, type Goods, type Refusal, type WooWorld } from './sandbox-woocommerce-world.js';

let world: WooWorld;
beforeAll(async () => {
  world = await wooWorld({ limits: 'off' });
}, 60_000);
afterAll(() => world.close());

const basic = (key: string, secret: string): Record<string, string> => ({ authorization: `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}` });
const cabinet = (change: object): Promise<unknown> => world.control('/seed', { cabinet: change });
const faults = (...rules: object[]): Promise<unknown> => world.control('/faults', { rules });
const codeOf = async (url: string, init: RequestInit = {}): Promise<[number, string]> => {
  const response = await fetch(url, init);
  return [response.status, ((await response.json()) as Refusal).code];
};

describe('keys', () => {
  const products = (): string => `${world.url}${API}/products`;

  it('by Basic count for nothing on plain HTTP', async () => {
    expect(await codeOf(products(), { headers: basic(keyOf('A'), secretOf('A')) })).toEqual([401, 'woocommerce_rest_cannot_view']);
    expect(await codeOf(products(), { method: 'POST', headers: basic(keyOf('A'), secretOf('A')) })).toEqual([401, 'woocommerce_rest_cannot_create']);
  });

  it('by Basic, in a header or in the query, count over TLS', async () => {
    await cabinet({ tls: true });
    const own = await fetch(products(), { headers: basic(keyOf('A'), secretOf('A')) });
    expect(own.status).toBe(200);
    expect((await fetch(`${products()}?consumer_key=${keyOf('B')}&consumer_secret=${secretOf('B')}`)).status).toBe(200);
    expect(await codeOf(products(), { headers: basic(keyOf('A'), 'cs_wrong') })).toEqual([401, 'woocommerce_rest_authentication_error']);
    expect(await codeOf(products(), { headers: basic('ck_unknown', secretOf('A')) })).toEqual([401, 'woocommerce_rest_cannot_view']);
    await cabinet({ tls: false });
  });

  it('by OAuth count once, by an exact signature, within a quarter of an hour', async () => {
    const url = signed('GET', `${products()}?search=два слова&sku=A,B&per_page=5`, keyOf('A'), secretOf('A'));
    expect((await fetch(url)).status).toBe(200);
    expect(await codeOf(url)).toEqual([401, 'woocommerce_rest_authentication_error']);
    expect(await codeOf(signed('GET', products(), keyOf('A'), secretOf('B')))).toEqual([401, 'woocommerce_rest_authentication_error']);
    expect(await codeOf(signed('POST', products(), keyOf('A'), secretOf('A')))).toEqual([401, 'woocommerce_rest_authentication_error']);
    expect(await codeOf(`${products()}?oauth_consumer_key=${keyOf('A')}`)).toEqual([401, 'woocommerce_rest_authentication_missing_parameter']);
    expect(await codeOf(products())).toEqual([401, 'woocommerce_rest_cannot_view']);
  });

  it('may be allowed to read only', async () => {
    await cabinet({ keys: { B: { permissions: 'read' } } });
    expect((await world.api('/products', { key: 'B' })).status).toBe(200);
    expect((await world.api<Refusal>('/products', { key: 'B', body: { name: 'x' } })).body.code).toBe('woocommerce_rest_authentication_error');
    await cabinet({ keys: { B: { permissions: 'read_write' } } });
  });
});

describe('lists', () => {
  beforeEach(async () => {
    await world.control('/reset', { seed: 'lists', cabinet: { limits: 'off' } });
    await world.control('/seed', { cards: 25, seed: 'lists' });
  });

  it('tell how much there is, and end with an empty page', async () => {
    const second = await world.api<Goods[]>('/products?per_page=10&page=2&orderby=id&order=asc');
    expect([second.body.length, second.headers.get('x-wp-total'), second.headers.get('x-wp-totalpages')]).toEqual([10, '25', '3']);
    expect(second.headers.get('link')).toMatch(/page=1.*rel="prev", <http.*page=3.*rel="next"/);
    expect(second.headers.get('link')).not.toContain('oauth_');
    const past = await world.api<Goods[]>('/products?per_page=10&page=9');
    expect([past.status, past.body]).toEqual([200, []]);
    const much = await world.api<Refusal>('/products?per_page=101');
    expect([much.status, much.body.data.details?.['per_page']?.code]).toEqual([400, 'rest_out_of_bounds']);
    expect(new Set((await world.walk(7)).map((one) => one.id)).size).toBe(25);
  });

  it('find by articles, variations among them, and by parts of articles', async () => {
    const named = await world.api<Goods[]>('/products?sku=SYN-000001,SYN-000008-M,NOBODY&orderby=id&order=asc');
    expect(named.body.map(({ sku, type }) => [sku, type])).toEqual([
      ['SYN-000001', 'simple'],
      ['SYN-000008-M', 'variation'],
    ]);
    expect(named.body[1]?.parent_id).toBeGreaterThan(0);
    expect((await world.api<Goods[]>('/products?search_sku=000008')).body.map((one) => one.sku).sort()).toEqual(['SYN-000008', 'SYN-000008-L', 'SYN-000008-M', 'SYN-000008-S']);
  });

  it('find what changed after a moment, in UTC when told so, else on the clock of the site', async () => {
    const [first] = await world.walk(100);
    await world.jump(3600);
    const { body } = await world.api(`/products/${first?.id}`, { method: 'PUT', body: { weight: '3' } });
    expect(Date.parse(`${body.date_modified}Z`) - Date.parse(`${body.date_modified_gmt}Z`)).toBe(3 * 3_600_000);
    const before = new Date(Date.parse(`${body.date_modified_gmt}Z`) - 1000).toISOString().slice(0, 19);
    expect((await world.api<Goods[]>(`/products?modified_after=${before}&dates_are_gmt=true`)).body.map((one) => one.id)).toEqual([first?.id]);
    expect((await world.api<Goods[]>(`/products?modified_after=${body.date_modified_gmt}&dates_are_gmt=true`)).body).toEqual([]);
    // Three hours west: everything is younger.
    expect((await world.api<Goods[]>(`/products?modified_after=${before}&per_page=100`)).body).toHaveLength(25);
  });

  it('shift while somebody walks them', async () => {
    const first = await world.api<Goods[]>('/products?orderby=id&order=asc&per_page=5&page=1');
    await world.api(`/products/${first.body[0]?.id}?force=true`, { method: 'DELETE' });
    const second = await world.api<Goods[]>('/products?orderby=id&order=asc&per_page=5&page=2');
    expect(second.body[0]?.sku).toBe('SYN-000007');
  });

  it('leave members out on demand, show drafts, hide the trash', async () => {
    const [cut] = (await world.api<Goods[]>('/products?per_page=1&_fields=id,sku,stock_quantity')).body;
    expect(Object.keys(cut ?? {}).sort()).toEqual(['id', 'sku', 'stock_quantity']);
    const [one, other] = await world.walk(100);
    await world.api(`/products/${one?.id}`, { method: 'PUT', body: { status: 'draft' } });
    await world.api(`/products/${other?.id}`, { method: 'DELETE' });
    expect(await world.walk(100)).toHaveLength(24);
    expect((await world.api<Goods[]>('/products?status=trash')).body.map((goods) => goods.id)).toEqual([other?.id]);
  });

  it('of all variations exist in release 11 only', async () => {
    expect((await world.api<Goods[]>('/variations?per_page=100')).body).toHaveLength(9);
    await cabinet({ release: 9 });
    expect((await world.api<Refusal>('/variations')).body.code).toBe('rest_no_route');
    expect((await world.api<{ environment: { version: string } }>('/system_status')).body.environment.version).toBe('9.4.3');
  });
});

describe('trouble', () => {
  beforeEach(async () => {
    await world.control('/reset', { seed: 'trouble', cabinet: { limits: 'off' } });
    await world.control('/seed', { cards: 6, seed: 'trouble' });
  });
  const firstGoods = async (): Promise<Goods> => (await world.walk(100))[0] as Goods;

  it('of the host comes as HTML', async () => {
    for (const [kind, status] of [
      ['rate_429', 429],
      ['forbidden_403', 403],
      ['http_503', 503],
      ['http_500', 500],
      ['html_200', 200],
    ] as const) {
      await faults({ match: { path: 'GET /products' }, kind, count: 1 });
      const answer = await world.api('/products');
      expect([kind, answer.status, answer.headers.get('content-type')?.slice(0, 9)]).toEqual([kind, status, 'text/html']);
    }
  });

  it('of the shop comes in its own words', async () => {
    await faults({ match: { path: 'GET /products' }, kind: 'php_fatal', count: 1 });
    expect((await world.api<Refusal>('/products')).body).toMatchObject({ code: 'internal_server_error', data: { status: 500 } });
    await faults({ match: { path: 'GET /products' }, kind: 'junk_before', count: 1 });
    const { text } = await world.api('/products');
    expect(() => JSON.parse(text) as unknown).toThrow();
    expect(JSON.parse(text.slice(text.indexOf('\n[') + 1))).toHaveLength(6);
  });

  it('loses answers of what was done, does nothing behind a success, or fails one item of a batch', async () => {
    const { id, sku } = await firstGoods();
    await faults({ match: { path: 'PUT /products/{id}' }, kind: 'lost_answer', count: 1 });
    await expect(world.api(`/products/${id}`, { method: 'PUT', body: { name: 'Дошло' } })).rejects.toThrow();
    expect((await firstGoods()).name).toBe('Дошло');
    await faults({ match: { path: 'POST /products/batch' }, kind: 'ignore_body', count: 1 });
    expect((await world.api('/products/batch', { body: { update: [{ id, name: 'Мимо' }] } })).status).toBe(200);
    expect((await firstGoods()).name).toBe('Дошло');
    await faults({ match: { offer_ids: [sku] }, kind: 'fail_item', count: 1 });
    const { body } = await world.api<{ update: { error?: unknown }[] }>('/products/batch', {
      body: {
        update: [
          { id, name: 'x' },
          { id: id + 999, name: 'y' },
        ],
      },
    });
    expect(body.update[0]?.error).toMatchObject({ code: 'woocommerce_rest_cannot_edit' });
  });

  it('halves and repeats pages, and shows what was', async () => {
    await faults({ match: { path: 'GET /products' }, kind: 'truncated_page', count: 1 });
    expect((await world.api<Goods[]>('/products?per_page=6')).body).toHaveLength(3);
    await world.api('/products?per_page=3&page=1&orderby=id');
    await faults({ match: { path: 'GET /products' }, kind: 'duplicate_page', count: 1 });
    expect((await world.api<Goods[]>('/products?per_page=3&page=2&orderby=id')).body[0]?.sku).toBe('SYN-000006');
    const { id, sku, name } = await firstGoods();
    await faults({ match: { offer_ids: [sku] }, kind: 'slow_index', count: 1, seconds: 60 });
    await world.api(`/products/${id}`, { method: 'PUT', body: { name: 'Позже' } });
    expect((await world.api(`/products/${id}`)).body.name).toBe(name);
    await world.jump(61);
    expect((await world.api(`/products/${id}`)).body.name).toBe('Позже');
  });

  it('revokes a key until it is forgiven', async () => {
    await faults({ match: { key: 'A' }, kind: 'revoke_key', count: 1 });
    expect((await world.api('/products')).status).toBe(401);
    expect([(await world.api('/products')).status, (await world.api('/products', { key: 'B' })).status]).toEqual([401, 200]);
    await faults();
    expect((await world.api('/products')).status).toBe(200);
  });
});

it('has few workers and a short queue, and a bound when it is given one', async () => {
  await world.control('/reset', { seed: 'host', cabinet: { workers: 1, queue: 0 } });
  // Whoever waits for a clock that stands keeps the worker.
  await faults({ match: { path: 'GET /orders' }, kind: 'slow_answer', count: 1, seconds: 60 });
  const held = world.api('/orders');
  const struck = async (): Promise<boolean> => (await world.control<{ rules: { fired: number }[] }>('/faults')).body.rules[0]?.fired === 1;
  while (!(await struck()));
  const refused = await world.api('/products');
  expect([refused.status, refused.headers.get('content-type')?.slice(0, 9)]).toEqual([503, 'text/html']);
  await world.jump(61);
  expect((await held).status).toBe(200);
  expect((await world.api('/products')).status).toBe(200);
  await cabinet({ workers: 4, queue: 40, requests_per_minute: 2 });
  const [first, second, third] = [await world.api('/products'), await world.api('/products'), await world.api('/products')];
  expect([first.status, second.status, third.status, third.headers.get('retry-after')]).toEqual([200, 200, 429, '30']);
});

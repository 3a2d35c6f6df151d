import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { makeToken, type TokenFacts } from '../apps/sandbox/wildberries/token.js';
import { ANALYTICS, CONTENT, edited, LONG, MARKETPLACE, PRICES, wildberriesWorld, type WildberriesWorld } from './sandbox-wildberries-world.js';

const NOW = Date.parse('2026-11-22T06:00:00Z');
const token = (facts: Partial<TokenFacts>): string => makeToken({ type: 'personal', seller: 's', now: NOW, name: 'test', ...facts });
const LIST = `${CONTENT}/get/cards/list`;

let world: WildberriesWorld;
beforeAll(async () => {
  world = await wildberriesWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.control('/reset', {});
});

interface Refused {
  title: string;
  detail: string;
  status: number;
}
const list = (asked: { token?: string; key?: 'A' | 'B' | 'none' } = {}) => world.api<Refused>(LIST, { body: {}, ...asked });
const asKeyA = async (value: string): Promise<string> => {
  await world.control('/seed', { cabinet: { keys: { A: value } } });
  return value;
};

describe('a token', () => {
  it('is taken bare and after "Bearer", from both keys of the seller', async () => {
    const { body } = await world.control<{ cabinet: { keys: { A: { value: string; type: string; expires_at: string } } } }>('/health');
    const { value, type, expires_at } = body.cabinet.keys.A;
    expect([type, Date.parse(expires_at) - Date.parse('2026-11-22T06:00:00Z') > 179 * 86_400_000]).toEqual(['personal', true]);
    expect((await list({ token: `Bearer ${value}` })).status).toBe(200);
    expect((await list({ token: value })).status).toBe(200);
  });

  it.each([
    ['that is missing', undefined, 'empty Authorization header'],
    ['that is no JWT', 'abc', 'malformed'],
    ['that nobody knows', token({ name: 'stranger' }), 'unknown seller'],
  ])('%s is refused', async (_what, value, detail) => {
    const { status, body } = await list(value === undefined ? { key: 'none' } : { token: value });
    expect([status, body.title, body.status]).toEqual([401, 'unauthorized', 401]);
    expect(body.detail).toContain(detail);
  });

  it('lacks a scope, only reads, ends, or belongs to another environment', async () => {
    const prices = await asKeyA(token({ scopes: ['prices'] }));
    expect((await list({ token: prices })).status).toBe(401);
    const reader = await asKeyA(token({ readOnly: true }));
    expect((await list({ token: reader })).status).toBe(200);
    const written = await world.api<Refused>(`${CONTENT}/cards/upload`, { body: [], token: reader });
    expect([written.status, written.body.title]).toEqual([403, 'forbidden']);
    const old = await asKeyA(token({ now: NOW - 181 * 86_400_000 }));
    expect((await list({ token: old })).body.detail).toContain('expired');
    const test = await asKeyA(token({ type: 'test' }));
    expect((await list({ token: test })).status).toBe(401);
    expect((await world.api('/content-api-sandbox/content/v2/get/cards/list', { body: {}, token: test })).status).toBe(200);
  });

  it('of the base type may not ask for ratings', async () => {
    const base = await asKeyA(token({ type: 'base' }));
    const body = { currentPeriod: { start: '2026-11-01', end: '2026-11-20' }, orderBy: { field: 'feedbackCount', mode: 'desc' }, offset: 0 };
    const { status, body: refused } = await world.api<Refused>(`${ANALYTICS}/analytics/v2/item-rating`, { body, token: base });
    expect([status, refused.detail]).toEqual([403, 'base token is not allowed']);
  });
});

describe('limits on a clock that stands still', () => {
  it('let a burst pass, tell what is left, then when to come back', async () => {
    const left = [];
    for (let i = 0; i < 5; i++) left.push((await list()).headers.get('x-ratelimit-remaining'));
    expect(left).toEqual(['4', '3', '2', '1', '0']);
    const refused = await list({ key: 'B' });
    const header = (name: string): string | null => refused.headers.get(`x-ratelimit-${name}`);
    expect([refused.status, header('retry'), header('reset'), header('limit'), header('remaining')]).toEqual([429, '1', '3', '5', null]);
    expect(refused.body).toMatchObject({ title: 'too many requests', status: 429 });
    await world.jump(1);
    expect((await list()).status).toBe(200);
  });

  it('charge ten units for an error of a marketplace host', async () => {
    const { headers, status } = await world.api(`${MARKETPLACE}/stocks/1`, { body: { chrtIds: [1] } });
    expect([status, headers.get('x-ratelimit-remaining')]).toEqual([404, '10']);
    expect((await world.api(`${MARKETPLACE}/warehouses`)).headers.get('x-ratelimit-remaining')).toBe('19');
  });

  it('are slower for a Base token, and one a second for a Test token', async () => {
    const base = await asKeyA(token({ type: 'base' }));
    const goods = `${PRICES}/list/goods/filter?limit=10`;
    expect((await world.api(goods, { token: base })).status).toBe(200);
    await world.jump(60);
    expect((await world.api(goods, { token: base })).headers.get('x-ratelimit-retry')).toBe('840');
    const test = await asKeyA(token({ type: 'test' }));
    const [first, second] = [await world.api('/content-api-sandbox/ping', { token: test }), await world.api('/content-api-sandbox/content/v2/tags', { token: test })];
    expect([first.status, second.status]).toEqual([200, 429]);
  });
});

describe('what is gone', () => {
  it.each([
    ['GET', '/statistics-api/api/v1/supplier/stocks'],
    ['GET', '/statistics-api/api/v1/supplier/incomes'],
    ['GET', '/statistics-api/api/v5/supplier/reportDetailByPeriod'],
    ['GET', '/seller-analytics-api/api/v1/analytics/banned-products/shadowed'],
    ['POST', '/content-api/content/v1/cards/filter'],
  ])('%s %s answers that it is not found', async (method, path) => {
    const { status, body } = await world.api<Refused>(path, { method });
    expect([status, body.title]).toEqual([404, 'path not found']);
  });
});

describe('faults on order', () => {
  const order = (...rules: object[]) => world.control('/faults', { rules });

  beforeEach(async () => {
    await world.control('/seed', { cards: 30, seed: 1, cabinet: { limits: 'off' } });
  });

  it('withdraw a token until they are forgiven', async () => {
    await order({ match: {}, kind: 'revoke_key', count: 1 });
    expect([(await list()).status, (await list()).status, (await list({ key: 'B' })).status]).toEqual([401, 401, 200]);
    await order();
    expect((await list()).status).toBe(200);
  });

  it('cut a page and repeat one, so that its total or its cursor gives it away', async () => {
    const page = async (limit: number) =>
      (await world.api<{ cards: { nmID: number }[]; cursor: { total: number; nmID: number } }>(LIST, { body: { settings: { cursor: { limit } } } })).body;
    await order({ match: { path: '/content/v2/get/cards/list' }, kind: 'truncated_page', count: 1 });
    const cut = await page(10);
    expect([cut.cards.length, cut.cursor.total]).toEqual([5, 10]);
    const first = await page(7);
    await order({ match: {}, kind: 'duplicate_page', count: 1 });
    expect(await page(3)).toEqual(first);
  });

  it('show a write late, or do nothing behind a success, or fail single cards', async () => {
    const article = 'SYN-000001';
    const was = await world.find(article);
    if (!was) throw new Error('no card');
    const title = async (): Promise<string | undefined> => (await world.find(article))?.title;
    await order({ match: { offer_ids: [article] }, kind: 'slow_index', count: 1, seconds: 2 * LONG });
    await world.api(`${CONTENT}/cards/update`, { body: [edited(was, { title: 'Поздно видно' })] });
    await world.jump(LONG);
    expect(await title()).toBe(was.title);
    await world.jump(2 * LONG);
    expect(await title()).toBe('Поздно видно');
    await order({ match: { path: '/content/v2/cards/update' }, kind: 'ignore_body', count: 1 });
    expect((await world.api(`${CONTENT}/cards/update`, { body: [edited(was, { title: 'Никогда' })] })).status).toBe(200);
    await world.jump(LONG);
    expect(await title()).toBe('Поздно видно');
    await order({ match: { offer_ids: [article] }, kind: 'fail_item' });
    await world.api(`${CONTENT}/cards/update`, { body: [edited(was, { title: 'Не вышло' })] });
    await world.jump(LONG);
    expect((await world.control<{ draft: string[] }>(`/cards/${article}`)).body.draft).toEqual(['Внутренняя ошибка сервиса. Повторите отправку карточки']);
  });

  it('lose the answer of work that is done', async () => {
    await order({ match: { path: '/content/v2/cards/delete/trash' }, kind: 'lost_answer', count: 1 });
    const card = await world.find('SYN-000002');
    await expect(world.api(`${CONTENT}/cards/delete/trash`, { body: { nmIDs: [card?.nmID] } })).rejects.toThrow();
    expect(await world.find('SYN-000002')).toBeUndefined();
  });

  it('keep a warehouse busy, and closed for works', async () => {
    const [warehouse] = (await world.api<{ id: number }[]>(`${MARKETPLACE}/warehouses`)).body;
    const put = () => world.api<{ code: string } & { code: string }[]>(`${MARKETPLACE}/stocks/${warehouse?.id}`, { method: 'PUT', body: { stocks: [{ chrtId: 1, amount: 1 }] } });
    await order({ match: { path: '/api/v3/stocks/{warehouseId}' }, kind: 'warehouse_busy', count: 1 }, { match: {}, kind: 'warehouse_works', count: 1 });
    expect([(await put()).body[0]?.code, (await put()).body.code, (await put()).status]).toEqual(['StoreIsProcessing', 'WarehouseStocksUpdateBlock', 204]);
  });
});

it('tells what is needed to connect', async () => {
  const { body } = await world.control<{ token: string; baseUrl: string }>('/connection');
  expect(body.baseUrl).toBe(`${world.url}/wildberries`);
  expect((await list({ token: body.token })).status).toBe(200);
});

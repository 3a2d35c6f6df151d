import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { attribute, item, runSandbox, type TestSandbox } from '../apps/sandbox/testing/running.js';

let sandbox: TestSandbox;
beforeEach(async () => {
  sandbox = await runSandbox();
});
afterEach(() => sandbox.close());

interface Failure {
  code: number | string;
  message: string;
}
const list = { filter: { visibility: 'ALL' }, limit: 10 };

describe('limits on a clock that stands still', () => {
  it('refuse the 51st request of a second, and open the circle on those who go on', async () => {
    const answers = await Promise.all(Array.from({ length: 51 }, () => sandbox.api<Failure>('/v3/product/list', list)));
    const refused = answers.filter((a) => a.status === 429);
    expect(refused).toHaveLength(1);
    expect(refused[0]?.body.message).toBe('You have reached request rate limit per second');
    expect(refused[0]?.headers.get('retry-after')).toBe('1');
    for (let i = 0; i < 100; i++) await sandbox.api('/v3/product/list', list);
    await sandbox.jump(30);
    expect((await sandbox.api<Failure>('/v3/product/list', list)).body.message).toBe('Circle is open');
    expect((await sandbox.api<Failure>('/v1/roles', {})).status).toBe(200);
    await sandbox.jump(120);
    expect((await sandbox.api<Failure>('/v3/product/list', list)).status).toBe(200);
  });

  it('count items by the minute and tell how many are left', async () => {
    await sandbox.control('/seed', { cabinet: { per_minute: 30 } });
    const send = (n: number): Promise<{ status: number; headers: Headers; body: Failure }> =>
      sandbox.api<Failure>('/v3/product/import', { items: Array.from({ length: n }, (_, i) => item(`L-${n}-${i}`)) });
    expect((await send(20)).status).toBe(200);
    const refused = await send(11);
    expect([refused.status, refused.body.code, refused.headers.get('item-retry-after'), refused.headers.get('item-rate-limit-remaining')]).toEqual([
      429,
      'RESOURCE_EXHAUSTED',
      '1',
      '10',
    ]);
    await sandbox.jump(2);
    expect((await send(11)).status).toBe(200);
  });

  it('stop creating when the day is spent, and start again at midnight UTC', async () => {
    await sandbox.control('/seed', { cabinet: { daily_create: 2 } });
    const { body } = await sandbox.api<{ result: { task_id: number } }>('/v3/product/import', { items: [1, 2, 3].map((n) => item(`D-${n}`)) });
    const results = await sandbox.finish(body.result.task_id);
    expect(results.map((r) => [r.status, r.errors.map((e) => e.code)])).toEqual([
      ['imported', []],
      ['imported', []],
      ['failed', ['item_limit_exceeded']],
    ]);
    const spent = await sandbox.api<Failure>('/v3/product/import', { items: [item('D-4')] });
    expect(spent.status).toBe(429);
    expect(Number(spent.headers.get('item-retry-after'))).toBeGreaterThan(1000);
    await sandbox.control('/clock', { set: '2026-11-23T00:00:01Z' });
    expect((await sandbox.api('/v3/product/import', { items: [item('D-4')] })).status).toBe(200);
    const limits = await sandbox.api<{ daily_create: { usage: number; reset_at: string } }>('/v4/product/info/limit', {});
    expect(limits.body.daily_create).toMatchObject({ usage: 1, reset_at: '2026-11-24T00:00:00.000Z' });
  });

  it('allow 80 stock calls a minute', async () => {
    await sandbox.control('/seed', { cabinet: { rps: 1000 } });
    const statuses: number[] = [];
    for (let i = 0; i < 81; i++) {
      statuses.push((await sandbox.api('/v2/products/stocks', { stocks: [{ offer_id: 'none', stock: 1, warehouse_id: 1 }] })).status);
    }
    expect(statuses.filter((s) => s === 429)).toHaveLength(1);
  });
});

describe('keys and methods', () => {
  it('answer 403 to a wrong, a revoked and an expired key', async () => {
    const wrong = await fetch(`${sandbox.url}/ozon/v1/roles`, { method: 'POST', headers: { 'client-id': '1', 'api-key': 'x' } });
    expect(wrong.status).toBe(403);
    expect((await fetch(`${sandbox.url}/ozon/v1/roles`, { method: 'POST' })).status).toBe(401);
    await sandbox.control('/faults', { rules: [{ match: { key: 'B' }, kind: 'revoke_key', count: 1 }] });
    expect((await sandbox.api('/v1/roles', {}, 'B')).status).toBe(403);
    expect((await sandbox.api('/v1/roles', {}, 'B')).status).toBe(403);
    expect((await sandbox.api('/v1/roles', {}, 'A')).status).toBe(200);
    await sandbox.jump(91 * 24 * 3600);
    expect((await sandbox.api<Failure>('/v1/roles', {}, 'A')).body.message).toContain('deactivated');
  });

  it('answer 410 on what was switched off, 404 on what never was and past the last page of attributes', async () => {
    expect((await sandbox.api<Failure>('/v1/warehouse/list', {})).status).toBe(410);
    expect((await sandbox.api<Failure>('/v1/product/pictures/import', {})).status).toBe(410);
    expect((await sandbox.api<Failure>('/v9/none', {})).status).toBe(404);
    await sandbox.control('/seed', { cards: 3 });
    const page = await sandbox.api<{ last_id: string; result: object[] }>('/v4/product/info/attributes', list);
    expect(page.body.result).toHaveLength(3);
    expect((await sandbox.api('/v4/product/info/attributes', { ...list, last_id: page.body.last_id })).status).toBe(404);
  });

  it('answer 400 to a body the schema refuses', async () => {
    expect((await sandbox.api<Failure>('/v3/product/list', {})).body.code).toBe(3);
    expect((await sandbox.api('/v3/product/import', { items: [] })).status).toBe(400);
    expect((await sandbox.api('/v3/product/list', { filter: { visibility: 'NOPE' }, limit: 1 })).status).toBe(400);
  });
});

describe('faults', () => {
  const fault = (rule: object): Promise<unknown> => sandbox.control('/faults', { rules: [{ match: {}, count: 1, ...rule }] });

  it('apply the write and cut the line when the answer is lost', async () => {
    await fault({ kind: 'lost_answer', match: { path: '/v3/product/import' } });
    await expect(sandbox.api('/v3/product/import', { items: [item('LOST')] })).rejects.toThrow();
    await sandbox.jump(21);
    const { body } = await sandbox.api<{ items: object[] }>('/v3/product/info/list', { offer_id: ['LOST'] });
    expect(body.items).toHaveLength(1);
  });

  it('end a list early, repeat a page, answer with HTML, half a body, and every kind of refusal', async () => {
    await sandbox.control('/seed', { cards: 10 });
    const walk = async (lastId: string): Promise<{ ids: number[]; next: string }> => {
      const { body } = await sandbox.api<{ result: { items: { product_id: number }[]; last_id: string } }>('/v3/product/list', { ...list, limit: 4, last_id: lastId });
      return { ids: body.result.items.map((i) => i.product_id), next: body.result.last_id };
    };
    const first = await walk('');
    await fault({ kind: 'duplicate_page' });
    expect(await walk(first.next)).toEqual(first);
    await fault({ kind: 'truncated_page' });
    expect(await walk('')).toEqual({ ids: first.ids.slice(0, 2), next: '' });
    for (const [kind, status] of [
      ['http_500', 500],
      ['rate_429', 429],
      ['items_429', 429],
      ['circle_open', 429],
    ] as const) {
      await fault({ kind });
      expect([kind, (await sandbox.api('/v3/product/list', list)).status]).toEqual([kind, status]);
    }
    for (const kind of ['http_503', 'html_200', 'bad_json']) {
      await fault({ kind });
      await expect(sandbox.api('/v3/product/list', list)).rejects.toThrow();
    }
    expect((await walk('')).ids).toEqual(first.ids);
  });

  it('hang until the caller gives up, or until channel time has passed', async () => {
    await fault({ kind: 'hang' });
    const call = (): Promise<Response> =>
      fetch(`${sandbox.url}/ozon/v1/roles`, {
        method: 'POST',
        headers: { 'client-id': '1000001', 'api-key': 'sandbox-key-a' },
        signal: AbortSignal.timeout(300),
      });
    await expect(call()).rejects.toThrow(/timeout|aborted/);
    expect((await call()).status).toBe(200);
  });

  it('decline in moderation, fail one item, and hide a write from readers for a while', async () => {
    const put = async (offerId: string, name: string): Promise<string | undefined> => {
      const { body } = await sandbox.api<{ result: { task_id: number } }>('/v3/product/import', { items: [item(offerId, { name })] });
      const status = (await sandbox.finish(body.result.task_id))[0]?.status;
      return status;
    };
    const view = async (offerId: string): Promise<{ name: string; statuses: { moderate_status: string } } | undefined> =>
      (await sandbox.api<{ items: { name: string; statuses: { moderate_status: string } }[] }>('/v3/product/info/list', { offer_id: [offerId] })).body.items[0];
    await fault({ kind: 'fail_item', match: { offer_ids: ['FI'] } });
    expect(await put('FI', 'Чайник')).toBe('failed');
    expect(await put('DE', 'Чайник старый')).toBe('imported');
    await sandbox.jump(601);
    await fault({ kind: 'decline_moderation', match: { offer_ids: ['DE'] } });
    expect(await put('DE', 'Чайник новый')).toBe('imported');
    await sandbox.jump(601);
    expect(await view('DE')).toMatchObject({ name: 'Чайник старый', statuses: { moderate_status: 'declined' } });
    await fault({ kind: 'slow_index', match: { offer_ids: ['DE'] }, seconds: 5000 });
    const { body } = await sandbox.api<{ task_id: number }>('/v1/product/attributes/update', { items: [{ offer_id: 'DE', attributes: [attribute(4180, 'Чайник третий')] }] });
    await sandbox.finish(body.task_id);
    await sandbox.jump(601);
    expect((await view('DE'))?.name).toBe('Чайник старый');
    await sandbox.jump(5000);
    expect((await view('DE'))?.name).toBe('Чайник третий');
  });
});

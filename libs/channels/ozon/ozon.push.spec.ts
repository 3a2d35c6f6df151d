import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { RetryLater, Throttled, Unauthorised } from '#kernel';
import type { PushCall } from '#channels/contract';
import { type Answer, CONFIG, NOW, type Request, run, scripted } from './fixtures/scripted-ozon.js';
import { ozon } from './index.js';

const call = (key: string, body: unknown = { offer_id: key }, externalId = '1'): PushCall => ({
  item: { key, externalId, ids: {}, values: {}, carry: {} },
  body,
});
const keysOf = (request: Request) => (request.body['items'] as { offer_id: string }[]).map((item) => item.offer_id);
const task = (id: number): Answer => ({ body: { task_id: id } });

describe('push', () => {
  it('answers the task of the batch for each card, and spends what the batch costs', async () => {
    const world = scripted(() => ({ body: { result: { task_id: 172549793 } } }));
    const outcomes = await ozon.connect(CONFIG, world.ports).push('import', [call('A', undefined, ''), call('B')], run());
    expect(outcomes).toEqual([
      { kind: 'accepted', receipt: '172549793' },
      { kind: 'accepted', receipt: '172549793' },
    ]);
    // Creations and updates draw on different quotas, so they travel apart.
    expect(world.requests.map((request) => request.path)).toEqual(['/v3/product/import', '/v3/product/import']);
    expect(world.spent).toEqual([
      { bucket: 'rps', cost: 1 },
      { bucket: 'items', cost: 1 },
      { bucket: 'daily_create', cost: 1 },
      { bucket: 'rps', cost: 1 },
      { bucket: 'items', cost: 1 },
      { bucket: 'daily_update', cost: 1 },
    ]);
  });

  it('finds the bad cards of a refused batch and holds up none of the others', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.nat({ max: 19 }), { maxLength: 6 }), async (bad) => {
        const isBad = (key: string) => bad.includes(Number(key));
        const world = scripted((request) => (keysOf(request).some(isBad) ? { status: 400, body: { code: 3, message: 'bad item' } } : task(5)));
        const calls = Array.from({ length: 20 }, (_, at) => call(String(at)));
        const outcomes = await ozon.connect(CONFIG, world.ports).push('attributes', calls, run());
        expect(outcomes.map((outcome) => outcome.kind)).toEqual(calls.map((one) => (isBad(one.item.key) ? 'refused' : 'accepted')));
        const landed = world.requests.filter((request) => !keysOf(request).some(isBad)).flatMap(keysOf);
        expect(landed.length).toBe(new Set(landed).size);
      }),
      { numRuns: 30 },
    );
  });

  it('a lost answer is unsure and is never repeated', async () => {
    const world = scripted(() => ({ fails: new RetryLater('socket hang up', true) }));
    const outcomes = await ozon.connect(CONFIG, world.ports).push('pictures', [call('A'), call('B')], run());
    expect(outcomes.map((outcome) => outcome.kind)).toEqual(['unsure', 'unsure']);
    expect(world.requests).toHaveLength(1);
  });

  it('a 500 after a write and an unreadable 200 are unsure too', async () => {
    const broken = scripted(() => ({ status: 500, body: { code: 13, message: 'Internal error' } }));
    expect(await ozon.connect(CONFIG, broken.ports).push('pictures', [call('A')], run())).toMatchObject([{ kind: 'unsure' }]);
    const html = scripted(() => ({ body: '<html></html>' }));
    expect(await ozon.connect(CONFIG, html.ports).push('pictures', [call('A')], run())).toMatchObject([{ kind: 'unsure' }]);
    expect(html.broken).toHaveLength(1);
  });

  it.each([
    { reason: 'never left', fails: new RetryLater('refused', false), type: RetryLater },
    { reason: 'wrong key', answer: { status: 401, body: { message: 'Invalid Api-Key' } }, type: Unauthorised },
    { reason: 'quota', answer: { status: 429, headers: { 'item-retry-after': '700' }, body: {} }, type: Throttled },
  ])('nothing sent is an error for the engine: $reason', async ({ fails, answer, type }) => {
    const world = scripted(() => answer ?? { fails });
    await expect(ozon.connect(CONFIG, world.ports).push('attributes', [call('A')], run())).rejects.toBeInstanceOf(type);
  });

  it('blocks the daily quota of the kind that was spent', async () => {
    const world = scripted(() => ({ status: 429, headers: { 'item-retry-after': '720' }, body: { code: 'RESOURCE_EXHAUSTED' } }));
    const channel = ozon.connect(CONFIG, world.ports);
    await expect(channel.push('import', [call('A', undefined, '')], run())).rejects.toMatchObject({ bucket: 'daily_create' });
    expect(world.blocked).toEqual([{ bucket: 'daily_create', until: NOW + 720 * 60_000 }]);
  });

  it('keeps what a part of the batch achieved when the rest is throttled', async () => {
    const world = scripted((_request, index) => (index === 0 ? { body: { result: { task_id: 9 } } } : { status: 429, headers: { 'item-retry-after': '2' }, body: {} }));
    const outcomes = await ozon.connect(CONFIG, world.ports).push('import', [call('new', undefined, ''), call('old')], run());
    expect(outcomes).toMatchObject([{ kind: 'accepted', receipt: '9' }, { kind: 'unsure' }]);
  });

  it('a rate limit is waited out in the budget and the call goes again, without spending items twice', async () => {
    const world = scripted((_request, index) => (index === 0 ? { status: 429, headers: { 'retry-after': '1' }, body: {} } : task(4)));
    expect(await ozon.connect(CONFIG, world.ports).push('attributes', [call('A')], run())).toMatchObject([{ kind: 'accepted', receipt: '4' }]);
    expect(world.blocked).toEqual([{ bucket: 'rps', until: NOW + 1000 }]);
    expect(world.spent.filter((spend) => spend.bucket === 'items')).toHaveLength(1);
  });

  it('a closed method is not asked again before its time', async () => {
    const world = scripted(() => ({ status: 429, body: { message: 'Circle is open' } }));
    const channel = ozon.connect(CONFIG, world.ports);
    await expect(channel.push('attributes', [call('A')], run())).rejects.toBeInstanceOf(Throttled);
    await expect(channel.push('attributes', [call('A')], run())).rejects.toBeInstanceOf(Throttled);
    expect(world.requests).toHaveLength(1);
  });

  it('reads item by item what prices and stocks answer', async () => {
    const answer = {
      body: {
        result: [
          { offer_id: 'A', product_id: 1, updated: true, errors: [] },
          { offer_id: 'B', product_id: 2, updated: false, errors: [{ code: 'price_out_of_range', message: 'corridor' }] },
          { offer_id: 'C', product_id: 3, updated: false, errors: [{ code: 'TOO_MANY_REQUESTS', message: 'Stock is updated too frequently' }] },
        ],
      },
    };
    const world = scripted(() => answer);
    const outcomes = await ozon.connect(CONFIG, world.ports).push(
      'prices',
      ['A', 'B', 'C', 'D'].map((key) => call(key)),
      run(),
    );
    expect(outcomes).toMatchObject([
      { kind: 'accepted' },
      { kind: 'refused', diagnostics: [{ path: 'price', params: { code: 'price_out_of_range' } }] },
      { kind: 'unsure' },
      { kind: 'unsure' },
    ]);
  });

  it('never puts more than a hundred stock pairs into one request', async () => {
    const world = scripted((request) => ({
      body: { result: (request.body['stocks'] as { offer_id: string; warehouse_id: number }[]).map((pair) => ({ ...pair, updated: true, errors: [] })) },
    }));
    const calls = Array.from({ length: 60 }, (_, at) =>
      call(
        `S${at}`,
        [1, 2, 3].map((warehouse) => ({ offer_id: `S${at}`, stock: 1, warehouse_id: warehouse })),
      ),
    );
    const outcomes = await ozon.connect(CONFIG, world.ports).push('stocks', calls, run());
    expect(outcomes.every((outcome) => outcome.kind === 'accepted')).toBe(true);
    const sizes = world.requests.map((request) => (request.body['stocks'] as unknown[]).length);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(100);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(180);
  });

  it('lets no secret into an error', async () => {
    const world = scripted(() => ({ status: 401, body: { code: 16, message: 'Invalid Api-Key, please check the key and try again' } }));
    const error = await ozon
      .connect(CONFIG, world.ports)
      .push('attributes', [call('A')], run())
      .catch((thrown: unknown) => thrown);
    expect(String(error) + JSON.stringify(error)).not.toContain(CONFIG.apiKey);
  });
});

describe('confirm', () => {
  const receipt = (key: string, id = '7') => ({ key, operation: 'import', receipt: id });

  it('asks each task once and tells each card its verdict', async () => {
    const world = scripted((request) =>
      request.body['task_id'] === 8
        ? { status: 404, body: { code: 5, message: 'task not found' } }
        : {
            body: {
              result: {
                items: [
                  { offer_id: 'run', product_id: 0, status: 'pending', errors: [] },
                  { offer_id: 'ok', product_id: '5', status: 'imported', errors: [{ code: 'erased_attribute_value', level: 'warning', attribute_id: 11254, message: 'стёрто' }] },
                  { offer_id: 'same', product_id: 6, status: 'skipped', errors: null },
                  { offer_id: 'bad', product_id: 0, status: 'failed', errors: [{ code: 'name_too_long', level: 'error', field: 'name' }] },
                  { offer_id: 'quota', product_id: 0, status: 'failed', errors: [{ code: 'item_limit_exceeded', level: 'error' }] },
                  { offer_id: 'odd', product_id: 0, status: 'teleported', errors: [] },
                ],
                total: 6,
              },
            },
          },
    );
    const keys = ['run', 'ok', 'same', 'bad', 'quota', 'odd', 'nobody'];
    const answers = await ozon.connect(CONFIG, world.ports).confirm([...keys.map((key) => receipt(key)), receipt('x', '8')], run());
    expect(answers).toMatchObject([
      { kind: 'running' },
      { kind: 'done', diagnostics: [{ path: 'attributes.11254', severity: 'warning' }] },
      { kind: 'done', diagnostics: [] },
      { kind: 'refused', diagnostics: [{ path: 'title', severity: 'error' }] },
      { kind: 'lost' },
      { kind: 'lost' },
      { kind: 'lost' },
      { kind: 'lost' },
    ]);
    expect(world.requests).toHaveLength(2);
    expect(world.blocked).toEqual([{ bucket: 'daily_create', until: Date.UTC(2026, 10, 23) }]);
    expect(world.broken).toHaveLength(1);
  });
});

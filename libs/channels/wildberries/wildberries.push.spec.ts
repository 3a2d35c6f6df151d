import { describe, expect, it } from '@jest/globals';
import { RetryLater, Unauthorised } from '#kernel';
import type { PushCall } from '#channels/contract';
import { type Answer, NOW, type Request, clientOf, run, scripted } from './fixtures/scripted-wildberries.js';
import { push } from './wildberries.push.js';

const call = (key: string, body: unknown): PushCall => ({ item: { key, externalId: `nm-${key}`, ids: {}, values: {}, carry: {} }, body });
const price = (key: string, nmID: number): PushCall => call(key, { nmID, price: 100, discount: 0 });
const stock = (key: string, chrtId: number, amount: number, warehouse = '7'): PushCall => call(key, [{ warehouse, chrtId, amount }]);
const sent = async (operation: string, calls: readonly PushCall[], answer: (request: Request, at: number) => Answer) => {
  const world = scripted(answer);
  const outcomes = await push(clientOf(world.ports), operation, calls, world.ports.clock, run());
  return { ...world, outcomes, kinds: outcomes.map((outcome) => outcome.kind) };
};
const refusedWith = (errorText: string, additionalErrors: unknown = null): Answer => ({ status: 400, body: { data: null, error: true, errorText, additionalErrors } });

describe('prices', () => {
  const TASK = { data: { id: 4711, alreadyExists: false }, error: false, errorText: '' };

  it('are accepted as a task, a repeat of the same upload too', async () => {
    for (const status of [200, 208]) {
      const { outcomes, requests } = await sent('prices', [price('A', 1), price('B', 2)], () => ({ status, body: TASK }));
      expect(outcomes).toMatchObject([
        { kind: 'accepted', receipt: '4711' },
        { kind: 'accepted', receipt: '4711' },
      ]);
      expect(requests[0]?.body).toEqual({
        data: [
          { nmID: 1, price: 100, discount: 0 },
          { nmID: 2, price: 100, discount: 0 },
        ],
      });
    }
  });

  it('that are already set are set: no task to follow', async () => {
    const { outcomes, requests } = await sent('prices', [price('A', 1), price('B', 2)], () => refusedWith('The specified prices and discounts are already set'));
    expect(outcomes.map((outcome) => [outcome.kind, 'receipt' in outcome && outcome.receipt])).toEqual([
      ['accepted', false],
      ['accepted', false],
    ]);
    expect(requests).toHaveLength(1);
  });

  it('of one wrong card hold up no other', async () => {
    const { kinds, requests } = await sent('prices', [price('A', 1), price('B', 2), price('C', 3), price('D', 4)], ({ body }) =>
      (body as { data: { nmID: number }[] }).data.some((one) => one.nmID === 3) ? refusedWith('Invalid item No.') : { body: TASK },
    );
    expect(kinds).toEqual(['accepted', 'accepted', 'refused', 'accepted']);
    expect(requests).toHaveLength(5);
  });

  it('are looked at when the answer says "wrong or already set": it may be either', async () => {
    const { kinds } = await sent('prices', [price('A', 1)], () => refusedWith('All item Nos. are specified incorrectly, or the specified prices and discounts are already set'));
    expect(kinds).toEqual(['unsure']);
  });
});

describe('content', () => {
  const OK = { data: null, error: false, errorText: '', additionalErrors: {} };

  it('is accepted with the time it was sent at: no task is named', async () => {
    const { outcomes } = await sent('card', [call('A', { nmID: 1 })], () => ({ body: OK }));
    expect(outcomes).toMatchObject([{ kind: 'accepted', receipt: `sent:${NOW}` }]);
  });

  it('takes out the cards that an answer names and sends the rest again', async () => {
    const { outcomes, requests } = await sent('create', [call('A', { subjectID: 1 }), call('B', { subjectID: 2 }), call('C', { subjectID: 3 })], (_request, at) =>
      at === 0 ? refusedWith('some items lacks required characteristics', { B: 'missing required characteristics with ids: 14177449' }) : { body: OK },
    );
    expect(outcomes.map((outcome) => outcome.kind)).toEqual(['accepted', 'refused', 'accepted']);
    expect(outcomes[1]).toMatchObject({ diagnostics: [{ path: 'attributes.14177449' }] });
    expect(requests.map((request) => request.body)).toEqual([
      [{ subjectID: 1 }, { subjectID: 2 }, { subjectID: 3 }],
      [{ subjectID: 1 }, { subjectID: 3 }],
    ]);
  });

  it('of an article that is taken is looked at, not given up: the card may be ours, just made', async () => {
    const { kinds } = await sent('create', [call('A', {})], () => refusedWith("bad request; Unexpected the specified card's vendor code is used in other cards"));
    expect(kinds).toEqual(['unsure']);
  });

  it('that failed inside a 200 is refused', async () => {
    const { outcomes } = await sent('card', [call('A', {})], () => ({ body: { ...OK, error: true, errorText: 'Недопустимое наименование' } }));
    expect(outcomes).toMatchObject([{ kind: 'refused', diagnostics: [{ path: 'title', params: { message: 'Недопустимое наименование' } }] }]);
  });

  it('whose answer was lost is unsure, and so is what would have followed', async () => {
    const lost = new RetryLater('the connection broke', true);
    const calls = Array.from({ length: 3 }, (_, at) => call(`A-${at}`, { nmId: at }));
    const { kinds, requests } = await sent('media', calls, (_request, at) => (at === 1 ? { fails: lost } : { body: OK }));
    expect(kinds).toEqual(['accepted', 'unsure', 'accepted']);
    expect(requests).toHaveLength(3);
    const broken = await sent('media', calls, (_request, at) => (at === 1 ? { fails: new Unauthorised('the token was revoked') } : { body: OK }));
    expect(broken.kinds).toEqual(['accepted', 'unsure', 'unsure']);
    expect(broken.requests).toHaveLength(2);
  });

  it('that never left is an exception: nothing is to be read back', async () => {
    await expect(sent('card', [call('A', {})], () => ({ fails: new RetryLater('refused', false) }))).rejects.toBeInstanceOf(RetryLater);
  });

  it('moves to the trash and back by ids', async () => {
    const { requests } = await sent('trash', [call('A', { nmID: 1 }), call('B', { nmID: 2 })], () => ({ body: OK }));
    expect(requests).toMatchObject([{ path: '/content/v2/cards/delete/trash', body: { nmIDs: [1, 2] } }]);
  });
});

describe('stocks', () => {
  const shows = (amounts: Readonly<Record<number, number>>): Answer => ({
    body: { stocks: Object.entries(amounts).map(([chrtId, amount]) => ({ chrtId: Number(chrtId), amount })) },
  });

  it('go by size and warehouse and are read back', async () => {
    const { outcomes, requests } = await sent('stocks', [stock('A', 1, 5), stock('B', 2, 0), stock('C', 3, 4, '8')], (request) =>
      request.method === 'PUT' ? { status: 204 } : shows({ 1: 5, 2: 0, 3: 4 }),
    );
    expect(requests.map((request) => [request.method, request.path, request.body])).toEqual([
      [
        'PUT',
        '/api/v3/stocks/7',
        {
          stocks: [
            { chrtId: 1, amount: 5 },
            { chrtId: 2, amount: 0 },
          ],
        },
      ],
      ['POST', '/api/v3/stocks/7', { chrtIds: [1, 2] }],
      ['PUT', '/api/v3/stocks/8', { stocks: [{ chrtId: 3, amount: 4 }] }],
      ['POST', '/api/v3/stocks/8', { chrtIds: [3] }],
    ]);
    expect(outcomes).toMatchObject([{ kind: 'accepted', answer: { verified: true, shown: 5 } }, { kind: 'accepted' }, { kind: 'accepted' }]);
  });

  it('answered 204 without an effect are not taken for done', async () => {
    const { outcomes, slept } = await sent('stocks', [stock('A', 1, 5), stock('B', 2, 3)], (request) => (request.method === 'PUT' ? { status: 204 } : shows({ 1: 9, 2: 3 })));
    expect(outcomes).toMatchObject([{ kind: 'unsure', why: 'answered 204, but 9 is shown where 5 was sent' }, { kind: 'accepted' }]);
    expect(slept).toHaveLength(1);
  });

  it('that went down between the two requests were sold', async () => {
    const { outcomes } = await sent('stocks', [stock('A', 1, 5)], (request) => (request.method === 'PUT' ? { status: 204 } : shows({ 1: 4 })));
    expect(outcomes).toMatchObject([{ kind: 'accepted', answer: { verified: true, shown: 4 } }]);
  });

  it('refused for some sizes are sent again for the others', async () => {
    const { outcomes, requests } = await sent('stocks', [stock('A', 1, 5), stock('B', 2, 3)], (request, at) => {
      if (at === 0) return { status: 409, body: [{ code: 'CargoWarehouseRestrictionSGT', message: 'too big', data: [{ sku: '', chrtId: 1, amount: 5 }] }] };
      return request.method === 'PUT' ? { status: 204 } : shows({ 2: 3 });
    });
    expect(outcomes).toMatchObject([{ kind: 'refused', diagnostics: [{ path: 'stock', params: { code: 'CargoWarehouseRestrictionSGT' } }] }, { kind: 'accepted' }]);
    expect(requests).toHaveLength(3);
  });

  it('that cannot be read back are accepted as unproven', async () => {
    const { outcomes } = await sent('stocks', [stock('A', 1, 5)], (request) => (request.method === 'PUT' ? { status: 204 } : { status: 503 }));
    expect(outcomes).toMatchObject([{ kind: 'accepted', answer: { verified: false } }]);
  });

  const inBoth = (key: string, chrtId: number): PushCall =>
    call(key, [
      { warehouse: '7', chrtId, amount: 5 },
      { warehouse: '8', chrtId, amount: 6 },
    ]);
  const TWO = [inBoth('A', 1), stock('B', 2, 5), stock('C', 3, 6, '8')];
  /** Warehouse 7 takes what it is sent; a write to 8 is answered so. */
  const second =
    (answer: Answer) =>
    ({ method, path }: Request): Answer =>
      method === 'PUT' ? (path.endsWith('/8') ? answer : { status: 204 }) : shows(path.endsWith('/8') ? { 1: 0, 3: 6 } : { 1: 5, 2: 5 });

  it('that one of two warehouses refuses are refused; what only the other was to have is not', async () => {
    const tooBig: Answer = { status: 409, body: [{ code: 'CargoWarehouseRestrictionSGT', message: 'too big', data: [{ sku: '', chrtId: 1, amount: 6 }] }] };
    let tries = 0;
    const { outcomes, requests } = await sent('stocks', TWO, (request) =>
      request.path.endsWith('/8') && request.method === 'PUT' && tries++ > 0 ? { status: 204 } : second(tooBig)(request),
    );
    expect(outcomes).toMatchObject([
      { kind: 'refused', diagnostics: [{ path: 'stock', params: { code: 'CargoWarehouseRestrictionSGT' } }] },
      { kind: 'accepted' },
      { kind: 'accepted' },
    ]);
    expect(requests.filter(({ method }) => method === 'PUT').map(({ path, body }) => [path, (body as { stocks: unknown[] }).stocks.length])).toEqual([
      ['/api/v3/stocks/7', 2],
      ['/api/v3/stocks/8', 2],
      ['/api/v3/stocks/8', 1],
    ]);
  });

  it('of a warehouse at work wait, and those of the other go: what is in both is looked at', async () => {
    const busy: Answer = { status: 409, body: [{ code: 'StoreIsProcessing', message: 'wait', data: [] }] };
    const later = await sent('stocks', TWO, second(busy));
    const until = NOW + 10_000;
    const expected = [{ kind: 'unsure', why: 'sent to some of its warehouses only' }, { kind: 'accepted' }, { kind: 'not-sent', why: 'channel-unavailable', until }];
    expect(later.outcomes).toMatchObject(expected);
    // The same when the one at work is the first of them.
    const [both, ...others] = TWO;
    const first = await sent('stocks', [call('A', [...(both?.body as unknown[])].reverse()), ...others], second(busy));
    expect(first.requests[0]?.path).toBe('/api/v3/stocks/8');
    expect(first.outcomes).toMatchObject(expected);
  });

  it('are an exception when no warehouse could be written to: nothing is to be read back', async () => {
    const works: Answer = { status: 406, body: { code: 'WarehouseStocksUpdateBlock', message: 'works' } };
    await expect(sent('stocks', TWO, () => works)).rejects.toBeInstanceOf(RetryLater);
  });

  it('for a warehouse that is not there are refused in one request', async () => {
    const { kinds, requests } = await sent('stocks', TWO, second({ status: 404, body: { code: 'NotFound', message: 'Склад не найден' } }));
    expect(kinds).toEqual(['refused', 'accepted', 'refused']);
    expect(requests.filter(({ path }) => path.endsWith('/8'))).toHaveLength(1);
  });

  it('fare as the worst of their rows', async () => {
    const both = call('A', [
      { warehouse: '7', chrtId: 1, amount: 5 },
      { warehouse: '7', chrtId: 2, amount: 5 },
    ]);
    const { kinds } = await sent('stocks', [both], (request) => (request.method === 'PUT' ? { status: 204 } : shows({ 1: 5, 2: 9 })));
    expect(kinds).toEqual(['unsure']);
  });
});

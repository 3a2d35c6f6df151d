import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { BUSINESS, KETTLES, LONG, STORE, yandexMarketWorld, type Answer, type Asked, type ListAnswer, type YandexMarketWorld } from './sandbox-yandex-market-world.js';

let world: YandexMarketWorld;
beforeAll(async () => {
  world = await yandexMarketWorld();
}, 60_000);
afterAll(() => world.close());
beforeEach(async () => {
  await world.control('/reset', { seed: 'access', cabinet: { limits: 'off' } });
});

interface Refused {
  status: string;
  errors: { code: string; message: string }[];
}

const MAPPINGS = `/v2/businesses/${BUSINESS}/offer-mappings`;
const said = async (path: string, asked: Asked = {}): Promise<[number, string | undefined]> => {
  const { status, body } = await world.api<Refused>(path, asked);
  return [status, body.errors?.[0]?.message];
};
const message = (answer: Answer<Refused>) => answer.body.errors[0]?.message;

describe('a key', () => {
  it('is refused in the words of what is wrong with it', async () => {
    const withKey = (key: string) => said(MAPPINGS, { body: {}, headers: { 'api-key': key } });
    expect(await said(MAPPINGS, { body: {}, headers: {} })).toEqual([401, 'Credentials are not specified']);
    expect(await withKey('Bearer x')).toEqual([401, 'Api-Key token prefix invalid']);
    expect(await withKey('ACMA:short')).toEqual([401, 'Api-Key token length invalid']);
    expect(await withKey(`ACMA:${'a'.repeat(39)}:${'a'.repeat(9)}`)).toEqual([401, 'Api-Key token format invalid']);
    expect(await withKey(`ACMA:${'c'.repeat(40)}:${'c'.repeat(8)}`)).toEqual([401, 'Api-Key token is invalid']);
    await world.control('/faults', { rules: [{ match: { key: 'A' }, kind: 'revoke_key', count: 1 }] });
    expect(await said(MAPPINGS, { body: {} })).toEqual([401, 'Api-Key token is revoked']);
    expect(await said(MAPPINGS, { body: {}, key: 'B' })).toEqual([200, undefined]);
    await world.control('/faults', { rules: [] });
    expect(await said(MAPPINGS, { body: {} })).toEqual([200, undefined]);
  });

  it('may do what its scopes allow, and tells them', async () => {
    await world.control('/seed', { cabinet: { scopes: { A: ['offers-and-cards-management:read-only', 'pricing'] } } });
    expect(await said(MAPPINGS, { body: {} })).toEqual([200, undefined]);
    expect(await said(`${MAPPINGS}/delete`, { body: { offerIds: ['x'] } })).toEqual([403, 'Token does not have any of the scopes to access the API method']);
    expect((await said(`/v2/businesses/${BUSINESS}/warehouses`, { body: {} }))[0]).toBe(403);
    expect((await said(`/v2/businesses/${BUSINESS}/offer-prices/updates`, { body: { offers: [{ offerId: 'x', price: { value: 1, currencyId: 'RUR' } }] } }))[0]).toBe(200);
    const { body } = await world.api<{ result: { apiKey: { authScopes: string[] } } }>('/v2/auth/token', { method: 'POST' });
    expect(body.result.apiKey.authScopes).toEqual(['OFFERS_AND_CARDS_MANAGEMENT_READ_ONLY', 'PRICING']);
  });

  it('opens its own business and stores only', async () => {
    expect(await said('/v2/businesses/9000099/offer-mappings', { body: {} })).toEqual([403, 'Access denied']);
    expect(await said('/v2/campaigns/29000001/offers', { body: {} })).toEqual([403, 'No access to campaigns: 29000001']);
    expect(await said('/v2/campaigns/5/offers', { body: {} })).toEqual([404, "Campaign not found '5'"]);
    await world.control('/seed', { cabinet: { campaigns: [{ id: STORE, apiAvailability: 'MANUALLY_DISABLED' }] } });
    expect(await said(`/v2/campaigns/${STORE}/offers`, { body: {} })).toEqual([403, `API for campaign '${STORE}' manually disabled`]);
  });
});

describe('a request', () => {
  it('that has not the shape of its method is a 400 that names the field', async () => {
    expect(await said(`${MAPPINGS}/delete`, { body: {} })).toEqual([400, "'offerIds' must not be null (rejected value: null)"]);
    expect(await said(`${MAPPINGS}/archive`, { body: { offerIds: [] } })).toEqual([400, "'offerIds' size must be between '1' and '200' (rejected size: '0')"]);
    expect((await said(MAPPINGS, { body: { offerIds: Array.from({ length: 101 }, (_, n) => `A-${n}`) } }))[1]).toBe(
      "'offerIds' size must be between '1' and '100' (rejected size: '101')",
    );
    expect((await said(`${MAPPINGS}/update`, { body: { offerMappings: [{ offer: { offerId: 'A', name: 'x'.repeat(257) } }] } }))[1]).toContain(
      "'offerMappings[0].offer.name' size",
    );
    expect((await said(MAPPINGS, { body: '{"offerIds":', method: 'POST' }))[0]).toBe(400);
    expect((await said(`${MAPPINGS}/update`, { body: { offerMappings: [{ offer: { offerId: 'A', description: 'x'.repeat(530_000) } }] } }))[1]).toContain('The request is too big');
    expect(await said(`${MAPPINGS}?pageToken=nonsense`, { body: {} })).toEqual([400, 'Bad page token']);
    expect(await said(`/v2/businesses/${BUSINESS}/offer-cards?limit=500`, { body: {} })).toEqual([
      400,
      "Parameter limit must be less than or equal to '200' (rejected value: '500')",
    ]);
  });

  it('by another verb, to a switched-off method or to an address without a version finds nothing', async () => {
    expect((await said(MAPPINGS))[0]).toBe(405);
    expect((await said(`/v2/campaigns/${STORE}/offer-mapping-entries`))[0]).toBe(404);
    expect((await said(`/businesses/${BUSINESS}/offer-mappings`, { body: {} }))[0]).toBe(404);
    const old = () => said(`/v2/businesses/${BUSINESS}/warehouses`);
    expect((await old())[0]).toBe(200);
    await world.jump(60 * 86_400);
    const answers = await Promise.all(Array.from({ length: 4 }, old));
    for (let n = 0; n < 9; n++) answers.push(...(await Promise.all(Array.from({ length: 4 }, old))));
    expect(new Set(answers.map(([status]) => status))).toEqual(new Set([200, 403]));
    await world.jump(90 * 86_400);
    expect((await old())[0]).toBe(404);
  });
});

describe('limits', () => {
  it('by the number of requests answer 420 until the period ends, and tell what is left', async () => {
    await world.control('/seed', { cabinet: { limits: 'on' } });
    const ask = (key: 'A' | 'B' = 'A') => world.api<Refused>('/v2/categories/tree', { body: {}, key });
    const first = await ask();
    expect([first.headers.get('x-ratelimit-resource-limit'), first.headers.get('x-ratelimit-resource-remaining')]).toEqual(['50', '49']);
    // Both keys spend from the same.
    for (let n = 0; n < 49; n++) await ask('B');
    const refused = await ask();
    expect([refused.status, refused.headers.get('x-ratelimit-resource-remaining')]).toEqual([420, '0']);
    expect(message(refused)).toBe(`Hit rate limit of 50 requests per 1 hour for resource categories/tree for businessId ${BUSINESS}`);
    const until = Date.parse(refused.headers.get('x-ratelimit-resource-until') ?? '');
    const { body } = await world.control<{ now: string }>('/health');
    await world.jump((until - Date.parse(body.now)) / 1000);
    expect((await ask()).status).toBe(200);
  });

  it('by the number of items count what is sent or what comes back, and rise with the subscription', async () => {
    await world.control('/seed', { cards: 300, cabinet: { limits: 'on' } });
    const prices = () => world.api<{ result: { offers: object[] } }>(`/v2/businesses/${BUSINESS}/offer-prices`, { body: {} });
    expect((await prices()).headers.get('x-ratelimit-resource-remaining')).toBe('4750');
    const remove = () => world.api(`${MAPPINGS}/delete`, { body: { offerIds: Array.from({ length: 500 }, (_, n) => `none-${n}`) } });
    for (let n = 0; n < 10; n++) expect((await remove()).status).toBe(200);
    expect((await remove()).status).toBe(420);
    await world.control('/seed', { cabinet: { subscription: 'MEDIUM' } });
    expect((await remove()).status).toBe(200);
    const { body } = await world.control<{ refused: { rate: number } }>('/stats');
    expect(body.refused.rate).toBe(1);
  });

  it('let four requests about one business run at once, and twelve that set prices of a store', async () => {
    await world.control('/seed', { cabinet: { limits: 'on', only_default_price: false } });
    // Answers are held back, so that all requests are on their way at once.
    await world.control('/faults', { rules: [{ match: {}, kind: 'slow_answer', seconds: 60 }] });
    const waiting = async (count: number) => {
      for (;;) {
        const { body } = await world.control<{ scheduled: number; answers: Record<string, number> }>('/stats');
        if (body.scheduled + (body.answers['420'] ?? 0) >= count) return body.answers['420'] ?? 0;
      }
    };
    const reads = Array.from({ length: 6 }, () => world.api<Refused>(MAPPINGS, { body: {} }));
    expect(await waiting(6)).toBe(2);
    await world.jump(61);
    const answers = await Promise.all(reads);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 420, 420]);
    expect(answers.find(({ status }) => status === 420)?.body.errors[0]?.message).toBe(`Hit rate limit of 4 parallel requests for businessId ${BUSINESS}`);
    const body = { offers: [{ offerId: 'nobody', price: { value: 1, currencyId: 'RUR' } }] };
    const writes = Array.from({ length: 12 }, () => world.api(`/v2/campaigns/${STORE}/offer-prices/updates`, { body }));
    // Each has an answer and a task of its own on the schedule.
    expect(await waiting(26)).toBe(2);
    await world.jump(LONG);
    expect((await Promise.all(writes)).every(({ status }) => status === 200)).toBe(true);
  });
});

describe('faults on order', () => {
  const fault = (kind: string, more: object = {}) => world.control('/faults', { rules: [{ match: {}, kind, count: 1, ...more }] });

  it('are the words of the market', async () => {
    for (const [kind, status, words] of [
      ['rate_420', 420, 'Hit rate limit of 100 requests per 1 minute'],
      ['parallel_420', 420, 'Hit rate limit of 4 parallel requests'],
      ['migration', 423, 'Business is in migration'],
      ['http_500', 500, 'Internal server error'],
      ['switched_off', 404, 'Resource not found'],
    ] as const) {
      await fault(kind);
      const [code, text] = await said(MAPPINGS, { body: {} });
      expect([kind, code, text?.startsWith(words)]).toEqual([kind, status, true]);
    }
  });

  it('lose the answer of work that is done, or do nothing with a success', async () => {
    await world.create('F-1');
    await fault('lost_answer');
    await expect(world.api(`${MAPPINGS}/update`, { body: { offerMappings: [{ offer: { offerId: 'F-1', name: 'Ответ потерян' } }] } })).rejects.toThrow();
    await world.jump(LONG);
    expect((await world.find('F-1'))?.offer.name).toBe('Ответ потерян');
    await fault('ignore_body');
    expect((await said(`${MAPPINGS}/update`, { body: { offerMappings: [{ offer: { offerId: 'F-1', name: 'Не сделано' } }] } }))[0]).toBe(200);
    await world.jump(LONG);
    expect((await world.find('F-1'))?.offer.name).toBe('Ответ потерян');
  });

  it('of single offers spare the others', async () => {
    await world.create('F-2', 'F-3');
    await fault('fail_item', { match: { offer_ids: ['F-2'] } });
    const answer = await world.business<{ status: string; results: object[] }>('/offer-cards/update', {
      offersContent: ['F-2', 'F-3'].map((offerId) => ({ offerId, categoryId: KETTLES, parameterValues: [{ parameterId: 37_500_019, value: '5' }] })),
    });
    expect([answer.status, answer.results.length]).toEqual(['ERROR', 1]);
    await world.control('/faults', { rules: [{ match: { offer_ids: ['F-2'] }, kind: 'slow_index', seconds: 4000, count: 1 }] });
    await world.business('/offer-mappings/update', { offerMappings: ['F-2', 'F-3'].map((offerId) => ({ offer: { offerId, name: 'Новое имя' } })) });
    await world.jump(LONG);
    expect([(await world.find('F-2'))?.offer.name, (await world.find('F-3'))?.offer.name]).toEqual(['Чайник F-2', 'Новое имя']);
    await world.jump(4001);
    expect((await world.find('F-2'))?.offer.name).toBe('Новое имя');
  });

  it('cut a page or answer the one before again', async () => {
    await world.control('/seed', { cards: 30 });
    const first = await world.business<ListAnswer>('/offer-mappings?limit=10', {});
    await fault('duplicate_page');
    const next = `/offer-mappings?limit=10&pageToken=${first.result.paging.nextPageToken}`;
    expect(await world.business(next, {})).toEqual(first);
    await fault('truncated_page');
    expect((await world.business<ListAnswer>(next, {})).result.offerMappings).toHaveLength(5);
  });
});

it('writes down every write with its key, and which of them were needless', async () => {
  await world.create('L-1');
  const name = (text: string, key: 'A' | 'B') => world.business('/offer-mappings/update', { offerMappings: [{ offer: { offerId: 'L-1', name: text } }] }, key);
  await name('Первое', 'A');
  await world.jump(LONG);
  await name(' Первое ', 'B');
  await world.jump(LONG);
  const { body } = await world.control<{ entries: { key: string; method: string; offer_id: string; facets: { facet: string; changed: boolean; needless: boolean }[] }[] }>(
    '/ledger',
  );
  const method = '/v2/businesses/{businessId}/offer-mappings/update';
  expect(body.entries.slice(-2)).toEqual([
    expect.objectContaining({ key: 'A', method, offer_id: 'L-1', facets: [expect.objectContaining({ facet: 'title', changed: true, needless: false })] }),
    expect.objectContaining({ key: 'B', method, offer_id: 'L-1', facets: [expect.objectContaining({ facet: 'title', changed: false, needless: true })] }),
  ]);
});

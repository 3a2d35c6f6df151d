import { describe, expect, it } from '@jest/globals';
import { RetryLater, Throttled, Unauthorised } from '#kernel';
import { SCRIPTED_NOW, scripted, scriptedRun } from '#channels/testkit';
import { yandexMarket } from './index.js';
import { BASE, BUSINESS, CAMPAIGN, KEY, liveCard, liveOffer, market, ok } from './fixtures/scripted-yandex-market.js';
import { Lanes } from './yandex-market.parallel.js';

const TITLE = ['title'] as const;
const reading = (request: { path: string }) =>
  request.path.endsWith('/offer-mappings') ? ok({ offerMappings: [liveOffer('A')] }) : ok({ offerCards: [liveCard('A', { parameterValues: [] })] });

describe('requests', () => {
  it('carry the key as it is, and name cabinet and store in the path', async () => {
    const { channel, requests } = market(reading);
    await channel.peek(['A'], TITLE, scriptedRun());
    expect(new Set(requests.map((request) => request.headers['Api-Key']))).toEqual(new Set([KEY]));
    expect(requests.map((request) => request.path)).toEqual([`${BUSINESS}/settings`, `${BUSINESS}/offer-mappings`]);
  });

  it('find cabinet and store by the key alone: the first store that can be worked with', async () => {
    const campaigns = [
      { id: 1, domain: 'Market’s', business: { id: 9 }, placementType: 'FBY', apiAvailability: 'AVAILABLE' },
      { id: 2, domain: 'closed', business: { id: 9 }, placementType: 'FBS', apiAvailability: 'MANUALLY_DISABLED' },
      { id: 3, domain: 'own', business: { id: 9 }, placementType: 'FBS', apiAvailability: 'AVAILABLE' },
    ];
    const world = scripted(BASE, (request) => {
      if (request.path === '/v2/campaigns')
        return { body: request.query['pageToken'] === undefined ? { campaigns: campaigns.slice(0, 1), paging: { nextPageToken: 't' } } : { campaigns: campaigns.slice(1) } };
      if (request.path.endsWith('/settings')) return ok({ settings: { onlyDefaultPrice: true, currency: 'RUR' } });
      return ok({ warehouses: [] });
    });
    const channel = yandexMarket.connect({ apiKey: KEY, baseUrl: BASE }, world.ports);
    await channel.references(['warehouses'], scriptedRun());
    expect(world.requests.map((request) => request.path)).toEqual(['/v2/campaigns', '/v2/campaigns', '/v2/businesses/9/settings', '/v2/businesses/9/warehouses']);
    const other = yandexMarket.connect({ apiKey: KEY, baseUrl: BASE, campaignId: '77' }, world.ports);
    await expect(other.references(['cabinet'], scriptedRun())).rejects.toThrow(/campaignId/);
  });

  it('count by the paid level of the cabinet', async () => {
    const { channel, learned } = market(reading, { subscription: 'MEDIUM' });
    await channel.references(['cabinet'], scriptedRun());
    expect(learned).toContainEqual({ bucket: 'mappings', limit: 600, perMs: 60_000 });
    expect(learned).not.toContainEqual(expect.objectContaining({ bucket: 'stocks' }));
  });

  it('pay by item where the limit counts items', async () => {
    const { channel, spent } = market((request) => (request.path.endsWith('/offers/stocks') ? ok({ warehouses: [] }) : reading(request)), { grouped: true });
    await channel.peek(['A'], ['stock'], scriptedRun());
    expect(spent).toContainEqual({ bucket: 'stocks', cost: 1 });
    expect(spent).toContainEqual({ bucket: 'mappings', cost: 1 });
  });
});

describe('420', () => {
  const limited = (message: string, headers: Record<string, string> = {}) => ({ status: 420, headers, body: { status: 'ERROR', errors: [{ code: 'LIMIT', message }] } });
  const until = new Date(SCRIPTED_NOW + 30_000).toUTCString();

  it('closes the limit of the method until the window ends, and asks again then', async () => {
    const { channel, blocked, asked } = market((request, index) =>
      index === 0 ? limited('Hit rate limit of 100 requests per 1 minute', { 'X-RateLimit-Resource-Until': until }) : reading(request),
    );
    await channel.peek(['A'], TITLE, scriptedRun());
    expect(blocked).toEqual([{ bucket: 'mappings', until: SCRIPTED_NOW + 31_000 }]);
    expect(asked().filter((request) => request.path.endsWith('/offer-mappings'))).toHaveLength(2);
  });

  it('waits a moment after one request too many at the same time, a window when nothing is told', async () => {
    for (const [message, wait] of [
      ['Hit rate limit of 4 parallel requests for businessId 9000001', 1000],
      ['Hit rate limit', 60_000],
    ] as const) {
      const { channel, blocked } = market(() => limited(message));
      await expect(channel.peek(['A'], TITLE, scriptedRun())).rejects.toBeInstanceOf(Throttled);
      expect(blocked.at(0)).toEqual({ bucket: 'mappings', until: SCRIPTED_NOW + wait });
    }
  });

  it('is not waited for when the answer says that nothing is left', async () => {
    const { channel, blocked } = market((request) => ({ ...reading(request), headers: { 'x-ratelimit-resource-remaining': '0', 'x-ratelimit-resource-until': until } }));
    await channel.peek(['A'], TITLE, scriptedRun());
    expect(blocked.map((one) => one.bucket)).toEqual(['mappings']);
  });
});

describe('failures', () => {
  it('repeat a read a little, never tell the key', async () => {
    const { channel, slept } = market((request, index) => (index < 2 ? { status: 503, body: 'down' } : reading(request)));
    await channel.peek(['A'], TITLE, scriptedRun());
    expect(slept).toEqual([1000, 4000]);

    const refused = market(() => ({ status: 401, body: { status: 'ERROR', errors: [{ code: 'UNAUTHORIZED', message: `Api-Key ${KEY} is revoked` }] } }));
    const error = await refused.channel.peek(['A'], TITLE, scriptedRun()).catch((failure: unknown) => failure);
    expect(error).toBeInstanceOf(Unauthorised);
    expect(String(error)).not.toContain('k'.repeat(40));
  });

  it('of a write leave it unsure and are not repeated', async () => {
    const { channel, asked } = market(() => ({ status: 500, body: { status: 'ERROR' } }));
    const call = { item: { key: 'A', ids: {}, values: {}, carry: {} }, body: { call: 'archive', item: 'A' } };
    expect(await channel.push('archive', [call], scriptedRun())).toEqual([{ kind: 'unsure', why: expect.stringContaining('HTTP 500') }]);
    expect(asked().map((request) => request.path)).toEqual([`${BUSINESS}/offer-mappings/archive`]);
  });

  it('forget the kind of prices when the store’s own are locked', async () => {
    const { channel, requests } = market((request) =>
      request.path === `${CAMPAIGN}/offer-prices/updates`
        ? { status: 423, body: { status: 'ERROR', errors: [{ code: 'LOCKED', message: 'Partner use only default price' }] } }
        : ok({}),
    );
    const call = { item: { key: 'A', ids: {}, values: {}, carry: {} }, body: { call: 'storePrices', item: { offerId: 'A' } } };
    await expect(channel.push('prices', [call], scriptedRun())).rejects.toBeInstanceOf(RetryLater);
    await channel.push('archive', [{ ...call, body: { call: 'archive', item: 'A' } }], scriptedRun());
    expect(requests.filter((request) => request.path.endsWith('/settings'))).toHaveLength(2);
  });
});

describe('requests at the same time', () => {
  it('are at most so many, the others wait in order, and an aborted one leaves', async () => {
    const lanes = new Lanes();
    const order: string[] = [];
    const open: (() => void)[] = [];
    const start = (name: string, signal = new AbortController().signal) =>
      lanes.run('store', 2, signal, async () => {
        order.push(name);
        await new Promise<void>((resolve) => open.push(resolve));
      });
    const end = new AbortController();
    const tasks = [start('a'), start('b'), start('c', end.signal), start('d')];
    await Promise.resolve();
    expect(order).toEqual(['a', 'b']);
    end.abort(new Error('over'));
    await expect(tasks[2]).rejects.toThrow('over');
    open.shift()?.();
    await tasks[0];
    await new Promise((resolve) => setImmediate(resolve));
    expect(order).toEqual(['a', 'b', 'd']);
    for (const done of open) done();
    await Promise.all([tasks[1], tasks[3]]);
  });
});

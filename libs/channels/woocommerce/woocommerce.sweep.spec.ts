import { describe, expect, it, jest } from '@jest/globals';
import { BrokenContract, RetryLater, Unauthorised } from '#kernel';
import { FACETS, type ObservationPage } from '#channels/contract';
import { SCRIPTED_NOW, scripted, scriptedRun, type ScriptedAnswer, type ScriptedRequest } from '#channels/testkit';
import { liveGroup, liveProduct, liveVariation, page, site, type Doc, type Site } from './fixtures/scripted-woocommerce.js';
import { woocommerce } from './index.js';

const run = scriptedRun();
const NO_ROUTE = { status: 404, body: { code: 'rest_no_route', message: 'нет', data: { status: 404 } } };

async function walked({ channel }: Site, lane = 'all', resume?: string): Promise<ObservationPage[]> {
  const pages: ObservationPage[] = [];
  for await (const one of channel.sweep(lane, resume, run)) pages.push(one);
  return pages;
}

const keys = (pages: readonly ObservationPage[]) => pages.flatMap(({ cards }) => cards.map(({ key }) => key));
const kettle = (n: number) => liveProduct({ id: n, sku: `K-${n}` });

/** Two pages on sale and one in the trash. */
function shop(request: ScriptedRequest<Doc>): ScriptedAnswer {
  if (request.path === '/variations') return page([liveVariation(), liveVariation({ id: 202, sku: 'TEE-1-M' })]);
  if (request.query['status'] === 'trash') return page([liveProduct({ id: 300, sku: 'OLD', status: 'trash' })]);
  return request.query['page'] === '1' ? page([kettle(1), kettle(2)], 2) : page([kettle(3), liveGroup()], 2);
}

describe('a walk over everything', () => {
  it('shows products, variations in the place of their groups, and the trash', async () => {
    const one = site(shop);
    const pages = await walked(one);
    expect(keys(pages)).toEqual(['K-1', 'K-2', 'K-3', 'TEE-1-S', 'TEE-1-M', 'OLD']);
    expect(pages.map(({ cursor }) => cursor)).toEqual(['any|2|2|', 'any|2|2||1', 'any|3|200|', 'trash|2|300|']);
    expect(pages[3]?.cards[0]?.values.presence).toBe('archived');
    expect(one.requests[0]?.query).toMatchObject({ status: 'any', orderby: 'id', order: 'asc', per_page: '100', page: '1' });
    expect(one.requests[0]?.headers).toMatchObject({ Authorization: expect.stringMatching(/^Basic /), 'User-Agent': expect.stringMatching(/^Etalon/) });
    expect(pages[0]?.cards[0]?.document).toBeUndefined();
  });

  it('shows the variations of a group in the trash, which no longer names them', async () => {
    const one = site((request) => {
      if (request.path === '/products/200/variations') return page(request.query['status'] === 'trash' ? [liveVariation({ status: 'trash' })] : []);
      return page(request.query['status'] === 'trash' ? [liveGroup({ status: 'trash', variations: [] })] : []);
    });
    const [only] = (await walked(one)).flatMap(({ cards }) => cards);
    expect(only).toMatchObject({ key: 'TEE-1-S', externalId: '201', values: { presence: 'archived' } });
  });

  it('counts a copy from a cache as old as the cache says', async () => {
    const at = async (headers: Record<string, string>) =>
      (await walked(site(() => ({ ...page([kettle(1)]), headers: { 'X-WP-TotalPages': '1', ...headers } }))))[0]?.startedAt ?? 0;
    const [now, old] = [await at({}), await at({ Age: '3600' })];
    expect(now - old).toBeGreaterThan(3_500_000);
  });

  it('goes on where it was left', async () => {
    expect(keys(await walked(site(shop), 'all', 'any|2|2|'))).toEqual(['K-3', 'TEE-1-S', 'TEE-1-M', 'OLD']);
    expect(keys(await walked(site(shop), 'all', 'trash|1|0|'))).toEqual(['OLD']);
    await expect(walked(site(shop), 'all', 'nonsense')).rejects.toBeInstanceOf(BrokenContract);
  });

  it('asks for the variations of several pages together, as many as one page of them holds, and goes on at the oldest that is not shown', async () => {
    const PAGES = 5;
    const ids = (n: number) => Array.from({ length: 30 }, (_, at) => n * 1000 + at);
    const one = site(({ path, query }) => {
      if (path === '/variations') return page((query['include'] ?? '').split(',').map((id) => liveVariation({ id: Number(id), sku: `V-${id}` })));
      const n = Number(query['page']);
      return query['status'] === 'trash' || n > PAGES ? page([]) : page([kettle(n * 10), liveGroup({ id: n * 10 + 1, sku: `G-${n}`, variations: ids(n) })], PAGES);
    });
    const pages = await walked(one);
    expect(new Set(keys(pages)).size).toBe(PAGES + PAGES * 30);
    const asked = one.requests.filter(({ path }) => path === '/variations').map(({ query }) => query['include']?.split(',').length);
    expect(asked).toEqual([90, 60]);
    expect(new Set(pages.map(({ cursor }) => cursor)).size).toBe(pages.length);
    for (const [at, { cursor }] of pages.entries()) {
      const shown = [...keys(pages.slice(0, at + 1)), ...keys(await walked(one, 'all', cursor))];
      expect(new Set(shown).size).toBe(PAGES + PAGES * 30);
    }
  });

  it('asks group by group where the site has no list of all variations, and does not try again', async () => {
    const one = site((request) => {
      if (request.path === '/variations') return NO_ROUTE;
      return request.path === '/products/200/variations' ? page([liveVariation()]) : shop(request);
    });
    expect(keys(await walked(one))).toContain('TEE-1-S');
    await walked(one);
    expect(one.requests.filter(({ path }) => path === '/variations')).toHaveLength(1);
    expect(one.requests.filter(({ path }) => path === '/products/200/variations')).toHaveLength(2);
  });

  it.each<[string, (request: ScriptedRequest<Doc>) => ScriptedAnswer]>([
    ['a page that comes again', () => page([kettle(1)], 2)],
    ['an empty page before the last', (request) => page(request.query['page'] === '1' ? [kettle(1)] : [], 3)],
    ['something that is no list', () => ({ body: { message: 'ok' } })],
    ['a product without its id', () => page([{ sku: 'X' }])],
    ['a stock that is no number', () => page([liveProduct({ stock_quantity: '7 шт' })])],
  ])('never ends as complete on %s', async (_name, answer) => {
    await expect(walked(site(answer))).rejects.toBeInstanceOf(BrokenContract);
  });

  it('ends on an empty page where the count of pages was taken away', async () => {
    const one = site((request) => ({ body: request.query['status'] === 'any' && request.query['page'] === '1' ? [kettle(1)] : [] }));
    expect(keys(await walked(one))).toEqual(['K-1']);
    expect(one.requests).toHaveLength(3);
  });

  it('leaves out what moved to a later page while it walked', async () => {
    const one = site((request) =>
      request.query['status'] === 'trash' ? page([]) : request.query['page'] === '1' ? page([kettle(1), kettle(2)], 2) : page([kettle(2), kettle(3)], 2),
    );
    expect(keys(await walked(one))).toEqual(['K-1', 'K-2', 'K-3']);
  });

  it('tries a read again after trouble, resting longer each time, and gives the site its rest', async () => {
    const once = site((request, index) => (index === 0 ? { status: 502, body: '<html>' } : shop(request)));
    expect(keys(await walked(once))).toHaveLength(6);
    const down = site(() => ({ status: 502, body: '<html>' }));
    for (let walk = 0; walk < 3; walk += 1) await expect(walked(down)).rejects.toBeInstanceOf(RetryLater);
    expect(down.blocked.map(({ until }) => until - SCRIPTED_NOW)).toEqual([2000, 4000, 8000, 16_000, 30_000, 30_000]);
  });
});

describe('a site that is slow', () => {
  it('gets as long a rest as its answer took, half a minute at most', async () => {
    let now = Date.UTC(2026, 10, 22);
    const time = jest.spyOn(Date, 'now').mockImplementation(() => now);
    const takes = async (ms: number) => {
      const one = site((request) => {
        now += ms;
        return page(request.query['status'] === 'any' ? [kettle(1)] : []);
      });
      await walked(one);
      return one.blocked.map(({ until }) => until - SCRIPTED_NOW);
    };
    expect([await takes(4_000), await takes(8_000), await takes(50_000)]).toEqual([[], [8_000, 8_000], [30_000, 30_000]]);
    time.mockRestore();
  });
});

describe('a walk over what changed', () => {
  it('starts behind the latest change that was seen, by the site’s own clock, with some overlap', async () => {
    const one = site((request) => (request.query['modified_after'] === undefined ? shop(request) : page(request.query['status'] === 'any' ? [kettle(2)] : [])));
    expect(await walked(one, 'changed')).toEqual([]);
    await walked(one, 'all');
    const before = one.requests.length;
    expect(keys(await walked(one, 'changed'))).toEqual(['K-2']);
    expect(one.requests[before]?.query).toMatchObject({ modified_after: '2026-11-20T09:58:00', dates_are_gmt: 'true', status: 'any' });
  });
});

describe('named cards', () => {
  it('are found by SKU, in the trash too, a variation with its group; absent is only what neither knows', async () => {
    const one = site((request) => {
      const { sku, include, status } = request.query;
      if (include === '200') return page(status === 'any' ? [liveGroup()] : []);
      if (include === '77') return page([liveProduct({ id: 77, sku: '' })]);
      if (status === 'trash') return page(sku?.includes('OLD') ? [liveProduct({ id: 300, sku: 'OLD', status: 'trash' })] : []);
      return page([liveVariation(), liveProduct(), liveGroup()]);
    });
    const { cards, absent } = await one.channel.peek(['KETTLE-1', 'TEE-1-S', 'OLD', 'NOBODY', 'id:77', 'TEE-1'], FACETS, run);
    expect(cards.map(({ key, values }) => [key, values.presence])).toEqual([
      ['TEE-1-S', 'listed'],
      ['KETTLE-1', 'listed'],
      ['id:77', 'listed'],
      ['OLD', 'archived'],
    ]);
    // A group is no card: its SKU is free for nobody, and shows nothing.
    expect(absent).toEqual(['NOBODY', 'TEE-1']);
    expect(cards[0]).toMatchObject({ ids: { group: '200' }, document: { group: { id: 200 } } });
  });

  it('whose group cannot be found are unknown, not absent', async () => {
    const one = site((request) => page(request.query['sku'] === undefined ? [] : [liveVariation()]));
    expect(await one.channel.peek(['TEE-1-S'], FACETS, run)).toMatchObject({ cards: [], absent: [] });
  });

  it('have only the facets asked for', async () => {
    const { cards } = await site(() => page([liveProduct()])).channel.peek(['KETTLE-1'], ['price'], run);
    expect(cards[0]?.values).toEqual({ price: { price: 129_050, old: 150_000, currency: 'RUB' } });
  });
});

describe('a connection', () => {
  it.each([
    [{ siteUrl: '' }, /address/],
    [{ siteUrl: 'shop.test' }, /address/],
    [{ consumerSecret: '' }, /secret/],
  ])('is not made with %j', (config, message) => {
    const connect = () => site(shop, config);
    expect(connect).toThrow(Unauthorised);
    expect(connect).toThrow(message);
  });

  it.each(['https://shop.test/', ' https://shop.test/wp-json/wc/v3/', 'https://shop.test/wp-admin/admin.php?page=wc-settings'])('is made with the site of %j', async (siteUrl) => {
    const wire = scripted<Doc>('https://shop.test/wp-json/wc/v3', () => page([]));
    const channel = woocommerce.connect({ siteUrl, consumerKey: 'ck_1', consumerSecret: 'cs_1' }, wire.ports);
    await channel.references(['categories'], run);
    expect(wire.requests.map(({ path }) => path)).toEqual(['/products/categories']);
  });

  it('keeps to the pace its account was given', () => {
    expect(site(shop, { requestsPerSecond: '2' }).learned).toEqual([{ bucket: 'requests', limit: 2, perMs: 1000 }]);
  });

  const anonymous = { status: 401, body: { code: 'woocommerce_rest_cannot_view', message: 'нет', data: { status: 401 } } };
  const notRead = { status: 401, body: { code: 'woocommerce_rest_authentication_error', message: 'нет', data: { status: 401 } } };
  const proofOf = ({ headers, query }: ScriptedRequest<Doc>) => (headers['Authorization'] === undefined ? (query['oauth_signature'] === undefined ? 'none' : 'oauth') : 'basic');

  it('shows the key in another way where the site does not see it, and keeps to what worked', async () => {
    const one = site((request) => (proofOf(request) === 'basic' ? anonymous : shop(request)));
    await walked(one);
    expect(one.requests.map(proofOf)).toEqual(['basic', ...Array.from({ length: one.requests.length - 1 }, () => 'oauth')]);
    expect(one.requests.every(({ url }) => !url.includes('cs_'))).toBe(true);
    expect(one.spent).toHaveLength(one.requests.length + 3);
  });

  it('has three ways to show it; the account stops when none is taken', async () => {
    const none = site((request) => (proofOf(request) === 'basic' ? anonymous : notRead));
    await expect(walked(none)).rejects.toBeInstanceOf(Unauthorised);
    expect(none.requests.map(proofOf)).toEqual(['basic', 'oauth', 'oauth']);
  });

  it('does not try others for a key that was read and not taken, nor for one that was taken before', async () => {
    const wrong = site(() => notRead);
    await expect(walked(wrong)).rejects.toBeInstanceOf(Unauthorised);
    expect(wrong.requests).toHaveLength(1);
    let revoked = false;
    const one = site((request) => (revoked ? anonymous : shop(request)));
    await walked(one);
    revoked = true;
    const before = one.requests.length;
    await expect(walked(one)).rejects.toBeInstanceOf(Unauthorised);
    expect(one.requests.length - before).toBe(1);
  });

  it('tells of a key that is refused, of a site without the API and of plain http', async () => {
    const report = async (settings: ScriptedAnswer | undefined, siteUrl: string) => {
      const { ok, diagnostics } = await site(shop, { siteUrl }, settings).channel.health(run);
      return [ok, ...diagnostics.map(({ code }) => code)];
    };
    expect(await report(undefined, 'https://shop.test')).toEqual([true]);
    expect(await report(undefined, 'http://shop.test')).toEqual([true, 'woocommerce.plain-http']);
    expect(await report({ status: 401, body: { code: 'woocommerce_rest_cannot_view' } }, 'https://shop.test')).toEqual([false, 'woocommerce.key-refused']);
    expect(await report({ status: 301, headers: { location: 'https://www.shop.test/' } }, 'https://shop.test')).toEqual([false, 'woocommerce.no-api']);
    expect(await report({ body: '<html>' }, 'https://shop.test')).toEqual([false, 'woocommerce.no-api']);
    expect(await report({ status: 404, body: '<html><title>Not found</title></html>' }, 'https://shop.test')).toEqual([false, 'woocommerce.no-api']);
  });
});

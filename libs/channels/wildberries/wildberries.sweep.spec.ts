import { describe, expect, it } from '@jest/globals';
import { BrokenContract, Refused } from '#kernel';
import type { ObservationPage } from '#channels/contract';
import { type Answer, type Request, clientOf, liveCard, run, scripted } from './fixtures/scripted-wildberries.js';
import { OfferReader } from './wildberries.offers.js';
import { peek } from './wildberries.peek.js';
import { sweepContent, sweepOffers } from './wildberries.sweep.js';

interface Settings {
  readonly sort: { readonly ascending: boolean };
  readonly filter?: { readonly textSearch?: string; readonly withPhoto?: number };
  readonly cursor: { readonly limit: number; readonly nmID?: number };
}

/** Answers as the lists do: sorted, after the cursor, at most a page. `pageSize` cuts pages shorter than asked for. */
function shop(live: readonly string[], trashed: readonly string[] = [], pageSize = 100) {
  const card = (key: string, at: number, time: string) => liveCard({ nmID: at + 1, vendorCode: key, [time]: `2026-11-0${(at % 9) + 1}T00:00:00Z` });
  const page = (cards: readonly Record<string, unknown>[], body: unknown, time: string): Answer => {
    const { settings } = body as { settings: Settings };
    const text = settings.filter?.textSearch ?? '';
    const after = settings.cursor.nmID ?? 0;
    const found = cards.filter((one) => Number(one['nmID']) > after && String(one['vendorCode']).includes(text)).slice(0, Math.min(pageSize, settings.cursor.limit));
    const last = found.at(-1);
    return { body: { cards: found, cursor: { [time]: last?.[time] ?? '', nmID: last?.['nmID'] ?? 0, total: found.length } } };
  };
  const lists = {
    live: live.map((key, at) => card(key, at, 'updatedAt')),
    trash: trashed.map((key, at) => card(key, 10_000 + at, 'trashedAt')),
  };
  return (request: Request): Answer => {
    if (request.path === '/content/v2/get/cards/list') return page(lists.live, request.body, 'updatedAt');
    if (request.path === '/content/v2/get/cards/trash') return page(lists.trash, request.body, 'trashedAt');
    return { status: 500 };
  };
}
const names = (count: number) => Array.from({ length: count }, (_, at) => `A-${String(at).padStart(4, '0')}`);
async function pagesOf(pages: AsyncIterable<ObservationPage>): Promise<ObservationPage[]> {
  const out: ObservationPage[] = [];
  for await (const page of pages) out.push(page);
  return out;
}
const keysOf = (pages: readonly ObservationPage[]) => pages.flatMap((page) => page.cards.map((card) => `${card.key}:${card.values.presence}`));

describe('the walk over all cards', () => {
  it('shows live cards and the trash, page by page, in as few requests as there are pages', async () => {
    const world = scripted(shop(names(250), ['OLD-1']));
    const pages = await pagesOf(sweepContent(clientOf(world.ports), undefined, run()));
    expect(pages.map((page) => page.cards.length)).toEqual([100, 100, 50, 1]);
    expect(keysOf(pages).at(-1)).toBe('OLD-1:archived');
    // One empty page ends each of the two lists.
    expect(world.requests).toHaveLength(6);
    expect((world.requests[0]?.body as { settings: Settings }).settings).toEqual({ sort: { ascending: true }, filter: { withPhoto: -1 }, cursor: { limit: 100 } });
  });

  it('goes on after a page that was cut short', async () => {
    const whole = keysOf(await pagesOf(sweepContent(clientOf(scripted(shop(names(120), [], 7)).ports), undefined, run())));
    expect(whole).toHaveLength(120);
  });

  it('resumes after any page without missing or repeating a card', async () => {
    const answer = shop(
      names(250),
      names(3).map((name) => `T${name}`),
    );
    const all = await pagesOf(sweepContent(clientOf(scripted(answer).ports), undefined, run()));
    for (const [at, page] of all.entries()) {
      const rest = await pagesOf(sweepContent(clientOf(scripted(answer).ports), page.cursor, run()));
      expect(keysOf(rest)).toEqual(keysOf(all.slice(at + 1)));
    }
  });

  it('takes a page that says more than it holds, and one that repeats, for broken', async () => {
    const cut = scripted((request) => {
      const answer = shop(names(50))(request);
      return { body: { ...(answer.body as object), cards: [] } };
    });
    await expect(pagesOf(sweepContent(clientOf(cut.ports), undefined, run()))).rejects.toBeInstanceOf(BrokenContract);
    const first = shop(names(50));
    const repeated = scripted((request) => first({ ...request, body: { settings: { cursor: { limit: 100 } } } }));
    await expect(pagesOf(sweepContent(clientOf(repeated.ports), undefined, run()))).rejects.toBeInstanceOf(BrokenContract);
  });
});

describe('looking at named cards', () => {
  const look = async (answer: (request: Request) => Answer, keys: readonly string[]) => {
    const world = scripted(answer);
    const client = clientOf(world.ports);
    const peeked = await peek(client, new OfferReader(client, world.ports), keys, ['title', 'presence'], run());
    return { ...peeked, requests: world.requests };
  };

  it('searches for one card and brings it in the words of Wildberries', async () => {
    const { cards, absent, requests } = await look(shop(names(500)), ['A-0300']);
    expect(cards).toMatchObject([
      { key: 'A-0300', externalId: '301', values: { title: 'Чайник электрический', presence: 'listed' }, document: { documents: { excludeDocuments: false } } },
    ]);
    expect([absent, requests.length]).toEqual([[], 1]);
  });

  it('is not misled by articles that only contain the wanted one', async () => {
    const { cards } = await look(shop(['XA-1X', 'A-1', 'A-10']), ['A-1']);
    expect(cards.map((card) => card.externalId)).toEqual(['2']);
  });

  it('walks over the cards when that takes fewer requests', async () => {
    const wanted = names(500).filter((_, at) => at % 10 === 0);
    const { cards, requests } = await look(shop(names(500)), wanted);
    expect(cards).toHaveLength(50);
    expect(requests.length).toBeLessThanOrEqual(6);
  });

  it('finds the archived in the trash, and calls absent only what is in neither list', async () => {
    const { cards, absent } = await look(shop(names(20), ['OLD-1']), ['A-0001', 'OLD-1', 'NEVER']);
    expect(cards.map((card) => [card.key, card.values.presence])).toEqual([
      ['A-0001', 'listed'],
      ['OLD-1', 'archived'],
    ]);
    expect(absent).toEqual(['NEVER']);
  });
});

describe('the walk over prices, stocks and states', () => {
  const goods = (from: number, count: number, sizes = 1) =>
    Array.from({ length: count }, (_, at) => ({
      nmID: from + at,
      vendorCode: `G-${from + at}`,
      currencyIsoCode4217: 'RUB',
      discount: 30,
      sizes: Array.from({ length: sizes }, (_, size) => ({ sizeID: (from + at) * 10 + size, price: 1000, discountedPrice: 700, techSizeName: sizes === 1 ? '0' : `S${size}` })),
    }));
  const answers =
    (rows: readonly unknown[], reports: Readonly<Record<string, Answer>> = {}) =>
    ({ path, query, body }: Request): Answer => {
      const known = reports[path];
      if (known !== undefined) return known;
      if (path === '/api/v2/list/goods/filter') return { body: { data: { listGoods: rows.slice(Number(query['offset']), Number(query['offset']) + Number(query['limit'])) } } };
      if (path === '/api/v3/warehouses') {
        const warehouse = (id: number, deliveryType: number, isDeleting: boolean) => ({
          id,
          name: `W${id}`,
          officeId: 1,
          cargoType: 1,
          deliveryType,
          isDeleting,
          isProcessing: false,
        });
        return { body: [warehouse(6, 2, false), warehouse(7, 1, false), warehouse(8, 1, true)] };
      }
      if (path === '/api/v3/stocks/7') return { body: { stocks: (body as { chrtIds: number[] }).chrtIds.filter((id) => id % 20 !== 0).map((chrtId) => ({ chrtId, amount: 4 })) } };
      if (path === '/api/v2/quarantine/goods') return { body: { data: { quarantineGoods: query['offset'] === '0' ? [{ nmID: 3 }] : [] } } };
      if (path === '/content/v2/cards/error/list') return { body: { data: { items: [], cursor: { next: false } } } };
      if (path === '/api/v1/analytics/banned-products/blocked') return { body: { report: [{ nmId: 5, reason: 'Жалоба правообладателя' }] } };
      if (path === '/api/analytics/v2/item-rating') return { body: { data: { items: [{ nmId: 7, isShadowed: true }] } } };
      return { status: 500 };
    };
  const walk = async (answer: (request: Request) => Answer) => {
    const world = scripted(answer);
    const client = clientOf(world.ports);
    const pages = await pagesOf(sweepOffers(client, new OfferReader(client, world.ports), undefined, run()));
    return { ...world, pages, cards: pages.flatMap((page) => page.cards) };
  };
  const causes = (card: { values: ObservationPage['cards'][number]['values'] } | undefined) => card?.values.status?.causes.map((cause) => cause.code);

  it('tells price, free stock in the working FBS warehouse, and why a card is not sold', async () => {
    const { cards, pages } = await walk(answers(goods(1, 9)));
    expect(pages).toHaveLength(1);
    expect(cards[0]).toMatchObject({ key: 'G-1', externalId: '1', ids: { chrt: '10' }, values: { price: { price: 700_00, old: 1000_00, currency: 'RUB' }, stock: { '7': 4 } } });
    expect(cards[0]?.values.status).toEqual({ sellable: true, moderation: 'unknown', causes: [], refusals: [] });
    expect(causes(cards[1])).toEqual(['no-stock']);
    expect(causes(cards[2])).toEqual(['price-quarantine']);
    expect(cards[4]?.values.status).toMatchObject({ sellable: false, moderation: 'declined', causes: [{ code: 'blocked-by-error', detail: 'Жалоба правообладателя' }] });
    expect(causes(cards[6])).toEqual(['hidden']);
  });

  it('reads 2,500 cards in the requests that the pages need, and each report once', async () => {
    const { requests, cards } = await walk(answers(goods(1, 2500)));
    expect(cards).toHaveLength(2500);
    const counts = new Map<string, number>();
    for (const { path } of requests) counts.set(path, (counts.get(path) ?? 0) + 1);
    expect(Object.fromEntries(counts)).toEqual({
      '/api/v2/list/goods/filter': 4,
      '/api/v3/warehouses': 1,
      '/api/v3/stocks/7': 3,
      '/api/v2/quarantine/goods': 2,
      '/content/v2/cards/error/list': 1,
      '/api/v1/analytics/banned-products/blocked': 1,
      '/api/analytics/v2/item-rating': 1,
    });
  });

  describe('of a seller with two working FBS warehouses', () => {
    const working = (...ids: number[]): Answer => ({ body: ids.map((id) => ({ id, name: `W${id}`, deliveryType: 1, isDeleting: false })) });
    const holds = (amounts: Readonly<Record<string, number>>): Answer => ({
      body: { stocks: Object.entries(amounts).map(([chrtId, amount]) => ({ chrtId: Number(chrtId), amount })) },
    });

    it('tells the pieces in each; the card is out of stock when there are none in any', async () => {
      const { cards } = await walk(
        answers(goods(1, 3), { '/api/v3/warehouses': working(8, 7), '/api/v3/stocks/8': holds({ 10: 5 }), '/api/v3/stocks/7': holds({ 10: 0, 20: 4, 30: 0 }) }),
      );
      expect(cards.map((card) => [card.values.stock, causes(card)])).toEqual([
        [{ '7': 0, '8': 5 }, []],
        [{ '7': 4, '8': 0 }, []],
        [{ '7': 0, '8': 0 }, ['price-quarantine', 'no-stock']],
      ]);
    });

    it('takes a page of stock for each, and not one request more', async () => {
      const { requests } = await walk(answers(goods(1, 1500), { '/api/v3/warehouses': working(7, 8), '/api/v3/stocks/8': holds({}) }));
      const asked = requests.filter(({ path }) => path.startsWith('/api/v3/'));
      expect(asked.map(({ path, body }) => [path, (body as { chrtIds?: unknown[] } | undefined)?.chrtIds?.length])).toEqual([
        ['/api/v3/warehouses', undefined],
        ['/api/v3/stocks/7', 1000],
        ['/api/v3/stocks/8', 1000],
        ['/api/v3/stocks/7', 500],
        ['/api/v3/stocks/8', 500],
      ]);
    });

    it('asks anew which there are when one has gone', async () => {
      let left = [7, 8];
      const world = scripted((request) => {
        if (request.path === '/api/v3/warehouses') return working(...left);
        if (request.path === '/api/v3/stocks/8') return { status: 404, body: { code: 'NotFound', message: 'Склад не найден' } };
        return answers(goods(1, 1))(request);
      });
      const client = clientOf(world.ports);
      const offers = new OfferReader(client, world.ports);
      const read = () => pagesOf(sweepOffers(client, offers, undefined, run()));
      await expect(read()).rejects.toBeInstanceOf(Refused);
      left = [7];
      expect((await read())[0]?.cards[0]?.values.stock).toEqual({ '7': 4 });
    });
  });

  it('tells the sizes of a card apart, each a listing of its own under one number', async () => {
    const { cards } = await walk(answers(goods(1, 1, 2)));
    const value = { price: { price: 700_00, old: 1000_00, currency: 'RUB' }, stock: { '7': 4 } };
    expect(cards).toMatchObject([
      { key: 'G-1 · S0', also: ['G-1'], externalId: '1', ids: { chrt: '10', offer: '10', sizes: '2', prices: 'by-card' }, values: value },
      { key: 'G-1 · S1', externalId: '1', ids: { chrt: '11', offer: '11', sizes: '2', prices: 'by-card' }, values: value },
    ]);
    expect(new Set(cards.map((card) => card.print)).size).toBe(2);
  });

  it('does not call a card sellable when the token may not read the reports', async () => {
    const forbidden: Answer = { status: 403, body: { title: 'forbidden', detail: 'no scope' } };
    const { cards } = await walk(answers(goods(1, 1), { '/api/analytics/v2/item-rating': forbidden }));
    expect(cards[0]?.values.status).toMatchObject({ sellable: null, causes: [{ code: 'unknown', detail: 'not readable: item-rating' }] });
  });

  it('goes on reading prices and stock when a list of states has changed or is gone, and tells it', async () => {
    const gone: Answer = { status: 404, body: { title: 'path not found', detail: 'see the docs' } };
    const { cards, broken } = await walk(answers(goods(1, 1), { '/content/v2/cards/error/list': { body: { data: {} } }, '/api/analytics/v2/item-rating': gone }));
    expect(cards[0]?.values).toMatchObject({ price: { price: 700_00 }, stock: { '7': 4 }, status: { sellable: null } });
    expect(cards[0]?.values.status?.causes).toEqual([{ code: 'unknown', detail: 'not readable: cards/error/list, item-rating' }]);
    expect(broken.map((error) => error.message)).toEqual([expect.stringContaining('drafts'), expect.stringContaining('switched off')]);
  });

  it('reads of the failed drafts only what is new, and the whole list again after a while', async () => {
    let time = 0;
    const batch = (at: number) => ({ batchUUID: `b-${at}`, vendorCodes: ['G-1'], errors: { [`X-${at}`]: ['x'] }, updatedAt: new Date(at).toISOString() });
    const all = Array.from({ length: 250 }, (_, at) => batch(1_000_000 - at));
    const pages = scripted((request) => {
      if (request.path !== '/content/v2/cards/error/list') return answers(goods(1, 1))(request);
      const { cursor } = request.body as { cursor: { batchUUID?: string } };
      const from = cursor.batchUUID === undefined ? 0 : all.findIndex((one) => one.batchUUID === cursor.batchUUID) + 1;
      const items = all.slice(from, from + 100);
      return { body: { data: { items, cursor: { next: from + 100 < all.length, updatedAt: 'x', batchUUID: items.at(-1)?.batchUUID } } } };
    });
    const client = clientOf(pages.ports);
    const offers = new OfferReader(client, { ...pages.ports, clock: { ...pages.ports.clock, now: () => time } });
    const asked = async (at: number) => {
      time = at;
      pages.requests.length = 0;
      await pagesOf(sweepOffers(client, offers, undefined, run()));
      return pages.requests.filter((request) => request.path === '/content/v2/cards/error/list').length;
    };
    expect([await asked(0), await asked(30_000), await asked(60_000), await asked(40 * 60_000)]).toEqual([3, 0, 1, 3]);
  });

  it('takes the list of blocked cards bare, as it once came', async () => {
    const { cards } = await walk(answers(goods(1, 1), { '/api/v1/analytics/banned-products/blocked': { body: [{ nmId: 1, reason: '' }] } }));
    expect(causes(cards[0])).toEqual(['blocked-by-error']);
  });

  it('tells a change that failed after it was taken, and what it was about', async () => {
    const item = { batchUUID: 'b', vendorCodes: ['G-1'], errors: { 'G-1': ['Недопустимое описание'] }, updatedAt: '2026-11-22T10:00:00Z' };
    const { cards } = await walk(answers(goods(1, 1), { '/content/v2/cards/error/list': { body: { data: { items: [item], cursor: { next: false } } } } }));
    expect(cards[0]?.values.status).toMatchObject({ sellable: true, causes: [{ code: 'update-stuck', detail: 'Недопустимое описание' }], refusals: [{ path: 'description' }] });
  });
});

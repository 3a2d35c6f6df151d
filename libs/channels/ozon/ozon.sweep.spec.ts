import { describe, expect, it } from '@jest/globals';
import { BrokenContract, RetryLater, Unauthorised } from '#kernel';
import type { ObservationPage } from '#channels/contract';
import { type Answer, CONFIG, type Request, run, scripted } from './fixtures/scripted-ozon.js';
import { ENDPOINTS } from './ozon.client.js';
import { ozon } from './index.js';

const content = (id: number, part: Record<string, unknown> = {}) => ({
  id,
  offer_id: `A-${id}`,
  sku: String(id + 1000),
  name: `Товар ${id}`,
  description_category_id: 10,
  type_id: 20,
  primary_image: 'https://cdn/1.jpg',
  images: ['https://cdn/1.jpg', 'https://cdn/2.jpg'],
  barcodes: ['OZN1', '4600000000001'],
  depth: 10,
  width: 15,
  height: 25,
  dimension_unit: 'cm',
  weight: 1,
  weight_unit: 'kg',
  attributes: [
    { id: 4191, complex_id: 0, values: [{ dictionary_value_id: 0, value: 'Описание' }] },
    { id: 4180, complex_id: 0, values: [{ dictionary_value_id: 0, value: `Товар ${id}` }] },
    { id: '10096', complex_id: 0, values: [{ dictionary_value_id: '61576', value: 'серый' }] },
    { id: 85, complex_id: 0, values: [{ dictionary_value_id: 5, value: 'Ясень' }] },
  ],
  complex_attributes: [{ id: 21841, complex_id: 100001, values: [{ dictionaryValueId: 0, value: 'https://v/1' }] }],
  ...part,
});
const GONE: Answer = { status: 404, body: { code: 5, message: 'not found' } };
const visibility = (request: Request) => (request.body['filter'] as { visibility?: string }).visibility;

async function collect(pages: AsyncIterable<ObservationPage>): Promise<ObservationPage[]> {
  const out: ObservationPage[] = [];
  for await (const page of pages) out.push(page);
  return out;
}

describe('content lane', () => {
  it('reads a card in its canonical form', async () => {
    const world = scripted((request) => (visibility(request) === 'ALL' && request.body['last_id'] === '' ? { body: { result: [content(1)], last_id: '', total: '1' } } : GONE));
    const [page] = await collect(ozon.connect(CONFIG, world.ports).sweep('content', undefined, run()));
    expect(JSON.stringify(page?.cards.map(({ key, externalId, ids, values }) => ({ key, externalId, ids, values })))).toBe(
      JSON.stringify([
        {
          key: 'A-1',
          externalId: '1',
          ids: { sku: '1001' },
          values: {
            category: '10:20',
            title: 'Товар 1',
            description: 'Описание',
            media: ['https://cdn/1.jpg', 'https://cdn/2.jpg'],
            attributes: { '85': [{ id: '5', text: 'Ясень' }], '10096': [{ id: '61576', text: 'серый' }], '100001/21841': [{ text: 'https://v/1' }] },
            dimensions: { length: 100, width: 150, height: 250, weight: 1000 },
            barcodes: ['4600000000001', 'OZN1'],
          },
        },
      ]),
    );
  });

  it('walks everything and then the archive; 404 past the last page is the end', async () => {
    const pages: Record<string, Answer> = {
      'ALL:': { body: { result: [content(1), content(2)], last_id: 'a', total: '3' } },
      'ALL:a': { body: { result: [content(3)], last_id: 'b', total: '3' } },
      'ALL:b': GONE,
      'ARCHIVED:': { body: { result: [content(4)], last_id: '', total: '1' } },
    };
    const world = scripted((request) => pages[`${visibility(request)}:${String(request.body['last_id'])}`] ?? { status: 500 });
    const channel = ozon.connect(CONFIG, world.ports);
    const found = await collect(channel.sweep('content', undefined, run()));
    expect(found.flatMap((page) => page.cards.map((card) => card.key))).toEqual(['A-1', 'A-2', 'A-3', 'A-4']);

    const again = await collect(channel.sweep('content', found[0]?.cursor, run()));
    expect(again.flatMap((page) => page.cards.map((card) => card.key))).toEqual(['A-3', 'A-4']);
    expect(await collect(channel.sweep('content', found[2]?.cursor, run()))).toEqual([]);
  });

  it('names a card once even when a page comes twice, and again when the card moved on meanwhile', async () => {
    const pages: Record<string, Answer> = {
      'ALL:': { body: { result: [content(1), content(2)], last_id: 'a' } },
      'ALL:a': { body: { result: [content(1), content(2)], last_id: 'b' } },
      'ALL:b': { body: { result: [content(3)], last_id: '' } },
      'ARCHIVED:': { body: { result: [content(2), content(2)], last_id: '' } },
    };
    const world = scripted((request) => pages[`${visibility(request)}:${String(request.body['last_id'])}`] ?? GONE);
    const found = await collect(ozon.connect(CONFIG, world.ports).sweep('content', undefined, run()));
    expect(found.flatMap((page) => page.cards.map((card) => card.key))).toEqual(['A-1', 'A-2', 'A-3', 'A-2']);
  });

  it.each([
    { reason: 'a cursor that does not move', answer: () => ({ body: { result: [content(1)], last_id: 'same' } }) },
    { reason: 'an answer of another shape', answer: () => ({ body: { result: { cards: [] } } }) },
    { reason: 'a page of HTML', answer: () => ({ body: '<html></html>' }) },
    { reason: 'a card without an article', answer: () => ({ body: { result: [content(1, { offer_id: null })], last_id: '' } }) },
  ])('is a broken contract: $reason', async ({ answer }) => {
    const world = scripted(answer);
    await expect(collect(ozon.connect(CONFIG, world.ports).sweep('content', undefined, run()))).rejects.toBeInstanceOf(BrokenContract);
  });

  it('tries a read again a little, then leaves it to the engine', async () => {
    const world = scripted(() => ({ status: 503 }));
    await expect(collect(ozon.connect(CONFIG, world.ports).sweep('content', undefined, run()))).rejects.toBeInstanceOf(RetryLater);
    expect(world.requests).toHaveLength(3);
    expect(world.slept).toHaveLength(2);
  });

  it('stops with the signal', async () => {
    const controller = new AbortController();
    const world = scripted(() => {
      controller.abort(new Error('enough'));
      return { body: { result: [content(1)], last_id: String(Math.random()) } };
    });
    await expect(collect(ozon.connect(CONFIG, world.ports).sweep('content', undefined, run(controller.signal)))).rejects.toThrow('enough');
  });
});

describe('offers lane', () => {
  const listed = (id: number, archived = false) => ({ product_id: id, offer_id: `A-${id}`, sku: id + 1000, archived });
  const info = (id: number) => ({
    id,
    offer_id: `A-${id}`,
    sku: id + 1000,
    price: '1000.0000',
    old_price: '',
    min_price: '800',
    currency_code: 'RUB',
    visibility_details: { has_price: true, has_stock: true },
    availabilities: [{ availability: 'AVAILABLE' }],
    statuses: { status: 'price_sent', moderate_status: 'approved', validation_status: 'success', is_created: true },
    errors: [],
  });
  const FBS = { warehouse_id: 22142605386000, name: 'Основной', status: 'created', is_rfbs: false };
  const SPARE = { warehouse_id: 5, name: 'Запасной', status: 'created', is_rfbs: false };

  function market(warehouses: readonly unknown[], stockRows: (id: number) => unknown[]) {
    return scripted((request) => {
      const filter = (request.body['filter'] ?? {}) as { visibility?: string; product_id?: string[] };
      switch (request.path) {
        case '/v3/product/list': {
          const pages: Record<string, unknown[]> = { QUARANTINE: [listed(2)], ALL: [listed(1), listed(2)], ARCHIVED: [listed(3, true)] };
          return { body: { result: { items: pages[filter.visibility ?? ''] ?? [], last_id: '', total_items: 1 } } };
        }
        case '/v3/product/info/list':
          return { body: { items: (request.body['product_id'] as string[]).map((id) => info(Number(id))) } };
        case '/v2/warehouse/list':
          return { body: { warehouses, has_next: false, cursor: '' } };
        case '/v4/product/info/stocks':
          return { body: { items: (filter.product_id ?? []).map((id) => ({ product_id: Number(id), offer_id: `A-${id}`, stocks: stockRows(Number(id)) })), cursor: '' } };
        case '/v2/product/info/stocks-by-warehouse/fbs':
          return {
            body: {
              products: (request.body['offer_id'] as string[]).flatMap((key) => [
                { offer_id: key, product_id: 1, warehouse_id: FBS.warehouse_id, present: 4, reserved: 1, free_stock: 3 },
                { offer_id: key, product_id: 1, warehouse_id: SPARE.warehouse_id, present: 4, reserved: 0, free_stock: 4 },
              ]),
              has_next: false,
              cursor: '',
            },
          };
        default:
          return { status: 500 };
      }
    });
  }

  it('yields presence, then status and price, then stock, each under its own name', async () => {
    const world = market([FBS], () => [
      { type: 'fbs', present: 10, reserved: 4 },
      { type: 'fbo', present: 99, reserved: 0 },
    ]);
    const pages = await collect(ozon.connect(CONFIG, world.ports).sweep('offers', undefined, run()));
    expect(pages.map((page) => [page.source, page.cards.map((card) => card.key)])).toEqual([
      ['list', ['A-1', 'A-2']],
      ['info', ['A-1', 'A-2']],
      ['stock', ['A-1', 'A-2']],
      ['list', ['A-3']],
      ['info', ['A-3']],
      ['stock', ['A-3']],
    ]);
    expect(pages[0]?.cards[0]?.values).toEqual({ presence: 'listed' });
    expect(pages[3]?.cards[0]?.values).toEqual({ presence: 'archived' });
    expect(pages[1]?.cards[0]?.values).toEqual({
      status: { sellable: true, moderation: 'approved', causes: [], refusals: [] },
      price: { price: 1000_00, min: 800_00, currency: 'RUB' },
    });
    expect(pages[1]?.cards[1]?.values.status).toMatchObject({ sellable: false, causes: [{ code: 'price-quarantine' }] });
    expect(pages[2]?.cards[0]?.values).toEqual({ stock: { '22142605386000': 6 } });
  });

  it('goes on in the middle of a page', async () => {
    const world = market([FBS], () => [{ type: 'fbs', present: 1, reserved: 0 }]);
    const channel = ozon.connect(CONFIG, world.ports);
    const pages = await collect(channel.sweep('offers', undefined, run()));
    for (const [at, page] of pages.entries()) {
      const rest = await collect(channel.sweep('offers', page.cursor, run()));
      expect(rest.map((one) => [one.source, one.cards.map((card) => card.key)])).toEqual(pages.slice(at + 1).map((one) => [one.source, one.cards.map((card) => card.key)]));
    }
  });

  it('asks warehouse by warehouse only for cards that lie in several', async () => {
    const world = market([FBS, SPARE], (id) => [{ type: 'fbs', present: 7, reserved: 0, warehouse_ids: id === 1 ? [FBS.warehouse_id, 5] : [FBS.warehouse_id] }]);
    const pages = await collect(ozon.connect(CONFIG, world.ports).sweep('offers', undefined, run()));
    const stock = pages.filter((page) => page.source === 'stock').flatMap((page) => page.cards.map((card) => [card.key, card.values.stock]));
    const alone = { '22142605386000': 7, '5': 0 };
    expect(Object.fromEntries(stock)).toEqual({ 'A-1': { '22142605386000': 3, '5': 4 }, 'A-2': alone, 'A-3': alone });
    expect(world.requests.filter((request) => request.path === '/v2/product/info/stocks-by-warehouse/fbs').map((request) => request.body['offer_id'])).toEqual([['A-1']]);
  });

  it('peek calls a card absent only when two methods know nothing of it', async () => {
    const world = scripted((request) => {
      if (request.path === '/v3/product/info/list') return { body: { items: [info(1)] } };
      return { body: { result: { items: [{ product_id: 2, offer_id: 'A-2', archived: false }], last_id: '' } } };
    });
    const answer = await ozon.connect(CONFIG, world.ports).peek(['A-1', 'A-2', 'A-3'], ['presence', 'price'], run());
    expect(answer.cards.map((card) => [card.key, card.values])).toEqual([['A-1', { presence: 'listed', price: { price: 1000_00, min: 800_00, currency: 'RUB' } }]]);
    expect(answer.absent).toEqual(['A-3']);
  });

  it('peek asks the content alone when nothing else is wanted, and other methods only about what it does not show', async () => {
    const world = scripted((request) => {
      if (request.path === '/v3/product/info/list') return { body: { items: [info(2)] } };
      if (request.path === '/v3/product/list') return { body: { result: { items: [], last_id: '' } } };
      const { offer_id: asked } = request.body['filter'] as { offer_id: readonly string[] };
      if (asked.includes('A-1')) return { body: { result: [content(1)] } };
      return visibility(request) === 'ARCHIVED' ? { body: { result: [content(2)] } } : GONE;
    });
    const channel = ozon.connect(CONFIG, world.ports);
    const all = await channel.peek(['A-1'], ['title', 'category'], run());
    expect(all.cards).toEqual([{ key: 'A-1', externalId: '1', ids: { sku: '1001' }, values: { category: '10:20', title: 'Товар 1' } }]);
    expect(all.absent).toEqual([]);
    expect(world.requests.map(({ path }) => path)).toEqual(['/v4/product/info/attributes']);
    const some = await channel.peek(['A-1', 'A-2', 'A-3'], ['title'], run());
    expect(some.cards.map(({ key, values }) => [key, values])).toEqual([
      ['A-1', { title: 'Товар 1' }],
      ['A-2', { title: 'Товар 2' }],
    ]);
    expect(some.absent).toEqual(['A-3']);
    expect(world.requests.find(({ path }) => path === '/v3/product/info/list')?.body['offer_id']).toEqual(['A-2', 'A-3']);
  });
});

describe('health', () => {
  it('takes a key that may only read: such an account can be observed', async () => {
    const world = scripted((request) => {
      const reads = Object.values(ENDPOINTS).filter((endpoint) => !endpoint.writes);
      if (request.path === '/v1/roles') return { body: { expires_at: '2027-02-01T00:00:00Z', roles: [{ name: 'Read', methods: reads.map((endpoint) => endpoint.path) }] } };
      const quota = { limit: -1, usage: 0, reset_at: '2026-11-23T00:00:00Z' };
      if (request.path === '/v4/product/info/limit') return { body: { total: { limit: -1, usage: 0 }, daily_create: quota, daily_update: quota } };
      return { body: { company: { currency: 'RUB' }, subscription: {}, ratings: [] } };
    });
    const report = await ozon.connect(CONFIG, world.ports).health(run());
    expect(report.ok).toBe(true);
    expect(report.diagnostics.map((one) => `${one.severity} ${one.code}`)).toEqual(['warning ozon.role-read-only']);
  });

  it('teaches the budget, tells the expiry and the missing roles', async () => {
    const quota = (limit: number, usage: number) => ({ limit, usage, reset_at: '2026-11-23T00:00:00Z' });
    const world = scripted((request) => {
      if (request.path === '/v1/roles') return { body: { expires_at: '2026-12-01T00:00:00Z', roles: [{ name: 'Read', methods: ['/v3/product/list'] }] } };
      if (request.path === '/v4/product/info/limit')
        return {
          body: {
            total: { limit: -1, usage: 5 },
            daily_create: quota(20_000, 3),
            daily_update: quota(20_000, '7' as unknown as number),
            operation_limits: { limit: 300, limit_type: 'RATE_LIMIT_PER_MINUTE' },
          },
        };
      return { body: { company: { currency: 'RUB' }, subscription: {}, ratings: [] } };
    });
    const report = await ozon.connect(CONFIG, world.ports).health(run());
    expect(report.ok).toBe(false);
    expect(report.expiresAt).toBe(Date.UTC(2026, 11, 1));
    expect(report.diagnostics.filter((one) => one.code === 'ozon.role-missing').map((one) => one.params?.['method'])).toContain('/v3/product/info/list');
    expect(report.diagnostics.find((one) => one.code === 'ozon.role-read-only')?.params?.['methods']).toContain('/v3/product/import');
    expect(report.diagnostics.map((one) => one.code)).toContain('ozon.key-expires');
    expect(world.learned).toEqual([
      { bucket: 'daily_create', limit: 20_000, used: 3 },
      { bucket: 'daily_update', limit: 20_000, used: 7 },
      { bucket: 'items', limit: 300 },
    ]);
  });

  it('a refused key is a report; other trouble is an error', async () => {
    const refused = scripted(() => ({ status: 403, body: { message: 'Api-key is deactivated, use another one or generate a new one' } }));
    expect(await ozon.connect(CONFIG, refused.ports).health(run())).toMatchObject({ ok: false, diagnostics: [{ code: 'ozon.key-refused' }] });
    const down = scripted(() => ({ status: 500 }));
    await expect(ozon.connect(CONFIG, down.ports).health(run())).rejects.toBeInstanceOf(RetryLater);
    expect(() => ozon.connect({}, down.ports)).toThrow(Unauthorised);
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { HttpPort } from '#channels/contract';
import { yandexMarket } from '#channels/yandex-market';
import { checkFacetRules } from '#reconcile';
import { MarketAccount } from './market-account.js';
import { yandexMarketWorld, type YandexMarketWorld } from './sandbox-yandex-market-world.js';

/** More than a question about the state of changes is asked early for. */
const CARDS = 21;
const MINUTE = 60_000;
const UPDATE = /\/offer-mappings\/update$/;

interface SentOffers {
  readonly offerMappings: readonly { readonly offer: { readonly offerId: string; readonly parameterValues?: readonly { readonly parameterId: number }[] } }[];
}

/** Answers as Market does of a characteristic that a category no longer has: nothing of the request is applied. */
function withoutParameter(request: HttpPort['request'], unknown: () => { readonly sku: string; readonly parameterId: number } | undefined): HttpPort['request'] {
  return async (call) => {
    const { sku = '', parameterId = 0 } = unknown() ?? {};
    const offers = UPDATE.test(call.url) ? (call.body as SentOffers).offerMappings.map(({ offer }) => offer) : [];
    const bad = offers.some((offer) => offer.offerId === sku && offer.parameterValues?.some((value) => value.parameterId === parameterId));
    if (!bad) return request(call);
    const results = [{ offerId: sku, errors: [{ type: 'UNKNOWN_PARAMETER', parameterId, message: `Нет характеристики ${parameterId}` }] }];
    return { status: 200, headers: {}, body: { status: 'ERROR', results } };
  };
}

let world: YandexMarketWorld;
let account: MarketAccount;
let unknown: { sku: string; parameterId: number } | undefined;
beforeAll(async () => {
  world = await yandexMarketWorld();
  account = await MarketAccount.open(yandexMarket, world, { products: CARDS, patience: 90, through: (request) => withoutParameter(request, () => unknown) });
  await account.until(() => account.inSync(), 'first sync');
  // Until what became of the new cards was asked too.
  await account.clock.sleep(10 * MINUTE);
  await account.runner.nudge('repair');
}, 180_000);
afterAll(() => account.close());

const skus = async (): Promise<string[]> => (await account.pool.query<{ sku: string }>('SELECT sku FROM product ORDER BY id')).rows.map((row) => row.sku);
const title = async (sku: string) => (await world.control<{ facets: { title: { value: unknown } } }>(`/cards/${sku}`)).body.facets.title.value;
const came = async () => (await world.control<{ requests: Record<string, number> }>('/stats')).body.requests;

/** Requests about offers that this takes, by their paths. */
async function asked(act: () => Promise<unknown>): Promise<Record<string, number>> {
  const before = await came();
  await act();
  const grown = Object.entries(await came()).map(([path, n]): [string, number] => [path.replace(/^.*?\/v\d\/(businesses|campaigns)\/[^/]+/, ''), n - (before[path] ?? 0)]);
  return Object.fromEntries(grown.filter(([path, n]) => n > 0 && path.startsWith('/offer')));
}

async function edit(sku: string, round: number): Promise<void> {
  const { revision = 0, document } = (await account.products.read.get(sku)) ?? {};
  const patch = {
    title: `Новинка ${round}: ${document?.title ?? ''}`,
    description: `Партия ${round}. ${document?.description ?? ''}`,
    country: round % 2 === 0 ? 'Китай' : 'Россия',
    media: [...(document?.media ?? [])].reverse(),
    weight: (document?.weight ?? 0) + 100,
    price: { minor: Math.round(((document?.price?.minor ?? 0) * 1.05) / 100) * 100, currency: 'RUB' },
    oldPrice: null,
    stock: { main: round },
  };
  await account.products.patch(sku, { basedOn: revision, patch, author: 'test', cause: { kind: 'person' } });
}

describe('cards written anew', () => {
  it('go by one call for all their content, each list is read once before, and what became of them is asked once', async () => {
    for (const sku of await skus()) await edit(sku, 2);
    const sent = await asked(async () => {
      await account.runner.nudge('plan');
      await account.runner.nudge('repair');
    });
    expect(sent).toEqual({ '/offer-cards': 1, '/offer-mappings/update': 1, '/offer-prices': 1, '/offer-prices/updates': 1, '/offers/stocks/update': 1 });
    const after = await asked(async () => {
      for (let left = 40; left > 0; left -= 1) {
        await account.clock.sleep(10_000);
        await account.runner.nudge('repair');
      }
    });
    expect(after).toEqual({ '/offer-cards': 1, '/offer-mappings': 1 });
    await account.until(() => account.inSync(), 'the edits');
    expect(await checkFacetRules(account.pool)).toEqual([]);
  }, 120_000);

  it('are not held up by one characteristic that Market will not have', async () => {
    const [sku = ''] = await skus();
    const { rows } = await account.pool.query<{ id: string }>(
      `SELECT DISTINCT jsonb_object_keys(r.values -> 'attributes') AS id FROM listing l JOIN listing_render r ON r.listing_id = l.id WHERE l.key = $1 ORDER BY 1`,
      [sku],
    );
    unknown = { sku, parameterId: Number(rows.find(({ id }) => /^\d+$/.test(id))?.id) };
    await edit(sku, 3);
    const wanted = (await account.products.read.get(sku))?.document.title;
    await account.until(async () => (await title(sku)) === wanted && (await account.inSync()), 'the edit', 5 * MINUTE);
    expect(await checkFacetRules(account.pool)).toEqual([]);
    const refused = await account.pool.query<{ path: string; key: string }>('SELECT r.path, l.key FROM refused_path r JOIN listing l ON l.id = r.listing_id');
    expect(refused.rows).toEqual([{ path: `attributes.${unknown.parameterId}`, key: sku }]);
    expect(await account.drifts()).toEqual([]);
  }, 120_000);
});

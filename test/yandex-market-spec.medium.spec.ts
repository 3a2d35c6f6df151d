import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Ajv } from 'ajv';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { CardValues, PushItem, Run } from '#channels/contract';
import { scripted, type ScriptedAnswer, type ScriptedRequest } from '#channels/testkit';
import { yandexMarket } from '#channels/yandex-market';
import { ENDPOINTS } from '../libs/channels/yandex-market/yandex-market.client.js';
import { BUCKETS } from '../libs/channels/yandex-market/yandex-market.limits.js';
import { BASE, KEY, PARAMETERS, liveCard, liveOffer, ok } from '../libs/channels/yandex-market/fixtures/scripted-yandex-market.js';
import { yandexMarketSpecs } from './schemas/yandex-market/yandex-market-spec.js';

const run: Run = { signal: new AbortController().signal, priority: 3 };
/** Younger than the official schemas (29 July 2026). */
const YOUNGER = /\/v3\//;

const LISTS: Readonly<Record<string, unknown>> = {
  'offer-mappings': { offerMappings: [liveOffer('A')] },
  'offer-cards': { offerCards: [liveCard('A')] },
  'price-quarantine': { offers: [{ offerId: 'A', verdicts: [{ type: 'PRICE_CHANGE', params: [{ name: 'CURRENT_PRICE', value: '899' }] }] }] },
  'offer-prices': { offers: [{ offerId: 'A', price: { value: 8990, currencyId: 'RUR', minimumForBestseller: 8500 } }] },
  parameters: { categoryId: 91657, parameters: PARAMETERS },
  tree: { id: 90000, name: 'Все товары', children: [{ id: 91657, name: 'Дрели' }] },
  token: { apiKey: { name: 'ключ', authScopes: ['ALL_METHODS'] } },
};

/** A cabinet with everything in it; `second`: its warehouses share one stock and its store has its own prices. */
function answer(request: ScriptedRequest, second: boolean): ScriptedAnswer {
  const name = request.path.split('/').at(-1) ?? '';
  if (request.path === '/v2/campaigns') return { body: { campaigns: [{ id: 21000001, business: { id: 9000001 }, placementType: 'FBS', apiAvailability: 'AVAILABLE' }] } };
  if (name === 'settings') return ok({ settings: { onlyDefaultPrice: !second, currency: 'RUR' }, subscriptionLevel: 'MEDIUM' });
  if (request.path.startsWith('/v3/') && name === 'warehouses') return ok({ warehouses: [{ id: 555, name: 'С', models: [] }] });
  if (name === 'warehouses') return ok({ warehouses: [{ id: 555, name: 'С', campaignId: 21000001, express: false, ...(second ? { groupInfo: { id: 1, name: 'Г' } } : {}) }] });
  if (name === 'stocks') return ok(request.path.startsWith('/v3/') ? { offers: [] } : { warehouses: [] });
  if (request.path.startsWith('/v2/campaigns/') && name === 'offers')
    return ok({ offers: [{ offerId: 'A', status: 'PUBLISHED', basicPrice: { value: 8990, currencyId: 'RUR', updatedAt: '2026-11-22T09:30:00+03:00' } }] });
  return name in LISTS ? ok(LISTS[name]) : { body: { status: 'OK' } };
}

const VALUES: CardValues = {
  category: '91657',
  title: 'Дрель',
  description: 'Сверлит.',
  media: ['d'],
  attributes: { '7893318': [{ id: '153061', text: 'Makita' }], '14871214': [{ id: 'unit:1', text: '710 Вт' }], vendor: [{ text: 'Makita' }] },
  dimensions: { length: 355, width: 280, height: 98, weight: 2100 },
  barcodes: ['4607001234562'],
  presence: 'listed',
  price: { price: 899_050, old: 999_000, currency: 'RUB' },
  stock: { '555': 7 },
};

/** Lets the adapter do everything it can, and answers what it asked. */
async function useEverything(second: boolean): Promise<readonly ScriptedRequest[]> {
  const world = scripted(BASE, (request) => answer(request, second));
  const channel = yandexMarket.connect({ apiKey: KEY, baseUrl: BASE }, world.ports);
  await channel.health(run);
  await channel.references(['tree', 'cabinet', 'warehouses', 'parameters:91657'], run);
  for (const lane of yandexMarket.descriptor.lanes) for await (const page of channel.sweep(lane.id, undefined, run)) expect(page.cursor).not.toBe('');
  const { cards } = await channel.peek(['A', 'B'], yandexMarket.descriptor.facets, run);
  for (const facets of [[], ['price']] as const) await channel.peek(['A'], facets, run);
  const live = cards[0];
  const product = { sku: 'A', price: { minor: 899_050, currency: 'RUB' }, minPrice: { minor: 850_000, currency: 'RUB' }, country: 'Япония', vat: 22 } as PushItem['product'];
  const base: PushItem = { key: 'A', externalId: 'A', ids: {}, values: VALUES, carry: live?.values ?? {}, mediaUrls: ['https://shop.test/1.jpg'], product };
  const push = (operation: string, item: PushItem) => channel.push(operation, [{ item, body: yandexMarket.compose(operation, item) }], run);
  await push('card', { ...base, carry: {} });
  for (const { id } of yandexMarket.descriptor.operations) if (id !== 'release') await push(id, { ...base, document: live?.document, dropAttributes: ['5'] });
  for (const state of [{ storeStatus: 'DISABLED_BY_PARTNER' }, { quarantinedPrice: 899_050 }, { quarantinedPrice: 1 }]) {
    await push('release', { ...base, values: {}, document: { ...(live?.document as object), storeStatus: 'PUBLISHED', ...state } });
  }
  await channel.confirm([{ key: 'A', operation: 'offer', receipt: 'pictures:0' }], run);
  return world.requests;
}

let requests: readonly ScriptedRequest[];
beforeAll(async () => {
  requests = [...(await useEverything(false)), ...(await useEverything(true))];
});

const known = Object.values(ENDPOINTS).map(({ method, path }) => ({ name: `${method} ${path}`, pattern: new RegExp(`^${method} ${path.replaceAll(/\{\w+\}/g, '\\d+')}$`) }));
const nameOf = ({ method, path }: ScriptedRequest) => known.find(({ pattern }) => pattern.test(`${method} ${path}`))?.name ?? `${method} ${path}`;

it('asks every method it knows and no other', () => {
  expect([...new Set(requests.map(nameOf))].sort()).toEqual([...new Set(known.map(({ name }) => name))].sort());
});

describe.each(yandexMarketSpecs())('against %s schemas', (whose, spec) => {
  const asked = () => requests.filter((request) => whose === 'our own' || !YOUNGER.test(request.path));

  it('sends only what they have, in the types they have', () => {
    const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
    const problems = asked().flatMap((request) => {
      const name = nameOf(request);
      const operation = spec.get(name);
      if (operation === undefined) return [`${name}: there is no such method`];
      if (operation.asked === undefined) return request.body === undefined ? [] : [`${name}: takes no body`];
      if (request.body === undefined) return [];
      ajv.validate(operation.asked, request.body);
      return (ajv.errors ?? []).map((error) => `${name}: ${error.instancePath} ${error.message ?? ''} ${JSON.stringify(error.params)}`);
    });
    expect([...new Set(problems)]).toEqual([]);
  });

  it('would notice an invented member and a wrong type', () => {
    const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
    const schema = spec.get(`PUT ${ENDPOINTS.setStocks.path}`)?.asked ?? {};
    const valid = (body: unknown) => ajv.validate(schema, body);
    expect([
      valid({ skus: [{ sku: 'A', items: [{ count: 7 }] }] }),
      valid({ skus: [{ sku: 'A', items: [{ amount: 7 }] }] }),
      valid({ skus: [{ sku: 'A', items: [{ count: 'семь' }] }] }),
    ]).toEqual([true, false, false]);
  });
});

interface Official {
  readonly paths: Readonly<Record<string, Readonly<Record<string, OfficialMethod & { readonly parameters?: readonly Parameter[] }>>>>;
  readonly components: { readonly parameters: Readonly<Record<string, Parameter>> };
}
interface OfficialMethod {
  readonly 'x-resource-limit-config'?: Readonly<Record<'none' | 'medium', { readonly amount: number; readonly period: string; readonly 'period-duration': number }>>;
}
interface Parameter {
  readonly $ref?: string;
  readonly name?: string;
  readonly in?: string;
}

const OFFICIAL = resolve('../shared/specs/yandex-market/openapi.bundled.json');
const present = existsSync(OFFICIAL);
if (!present) process.stdout.write('skipped: the official Yandex Market schemas are not beside the project\n');

(present ? describe : describe.skip)('against the published methods', () => {
  let official: Official;
  beforeAll(() => {
    official = JSON.parse(readFileSync(OFFICIAL, 'utf8')) as Official;
  });
  const methodOf = (name: string) => {
    const [verb = '', path = ''] = name.split(' ');
    return official.paths[path]?.[verb.toLowerCase()];
  };

  it('names only parameters that they have', () => {
    const problems = requests
      .filter((request) => !YOUNGER.test(request.path))
      .flatMap((request) => {
        const parameters = (methodOf(nameOf(request))?.parameters ?? []).map((one) =>
          one.$ref === undefined ? one : official.components.parameters[one.$ref.split('/').at(-1) ?? ''],
        );
        return Object.keys(request.query)
          .filter((key) => !parameters.some((one) => one?.in === 'query' && one.name === key))
          .map((key) => `${nameOf(request)}: no parameter ${key}`);
      });
    expect([...new Set(problems)]).toEqual([]);
  });

  it('counts as they count without a subscription, an hour in even parts', () => {
    const PERIODS: Readonly<Record<string, number>> = { minutes: 60_000, hours: 3_600_000 };
    for (const { method, path, bucket } of Object.values(ENDPOINTS)) {
      const config = YOUNGER.test(path) ? undefined : methodOf(`${method} ${path}`)?.['x-resource-limit-config'];
      if (config === undefined) continue;
      const own = BUCKETS.find((one) => one.name === bucket);
      const { amount, period, 'period-duration': duration } = config.none;
      const perMs = (PERIODS[period] ?? 0) * duration;
      const parts = perMs > 60_000 ? 20 : 1;
      expect([path, own]).toEqual([path, { name: bucket, kind: 'rate', limit: Math.floor(amount / parts), perMs: perMs / parts }]);
    }
  });
});

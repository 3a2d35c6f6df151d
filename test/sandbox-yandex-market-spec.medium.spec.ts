import { Ajv, type ValidateFunction } from 'ajv';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ENDPOINTS } from '../apps/sandbox/yandex-market/endpoints/index.js';
import { BRANCH, BUSINESS, KETTLES, LONG, offer, POWER, SECOND_STORE, STORE, yandexMarketWorld, type Asked, type YandexMarketWorld } from './sandbox-yandex-market-world.js';
import type { Schema } from './schemas/schema-forms.js';
import { yandexMarketSpecs } from './schemas/yandex-market/yandex-market-spec.js';

/** Not in the official schemas: they are older (29 July 2026). */
const YOUNGER = /\/v3\//;

interface Seen {
  readonly name: string;
  readonly status: number;
  readonly request: unknown;
  readonly answer: unknown;
}

let world: YandexMarketWorld;
let seen: Seen[] = [];
beforeAll(async () => {
  world = await yandexMarketWorld();
  seen = await exerciseEverything(world);
}, 60_000);
afterAll(() => world.close());

it('asks every method that answers', () => {
  const done = new Set(seen.filter((one) => one.status === 200).map((one) => one.name));
  expect(ENDPOINTS.map(({ verb, path }) => `${verb} ${path}`).filter((name) => !done.has(name))).toEqual([]);
});

describe.each(yandexMarketSpecs())('against %s schemas', (whose, spec) => {
  it('answers with no member, no type and no empty list that the schema does not have', () => {
    const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
    const problems = new Set<string>();
    for (const { name, status, request, answer } of seen) {
      const operation = spec.get(name);
      if (whose !== 'our own' && YOUNGER.test(name)) continue;
      expect([name, operation !== undefined]).toEqual([name, true]);
      if (operation?.asked && status === 200 && request !== undefined) for (const one of mismatches(ajv, operation.asked, request)) problems.add(`${name} request ${one}`);
      const expected = operation?.answers[String(status)];
      if (expected === undefined) problems.add(`${name} ${status} is not described`);
      else for (const one of mismatches(ajv, expected, answer)) problems.add(`${name} ${status} ${one}`);
    }
    expect([...problems]).toEqual([]);
  });

  it('would notice an invented member', () => {
    const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
    const schema = spec.get('POST /v2/businesses/{businessId}/offer-mappings/archive')?.answers['200'] ?? {};
    expect(mismatches(ajv, schema, { status: 'OK', result: { invented: 1 } })).toHaveLength(1);
  });
});

const compiled = new Map<Schema, ValidateFunction>();

function mismatches(ajv: Ajv, schema: Schema, value: unknown): string[] {
  let validate = compiled.get(schema);
  if (!validate) compiled.set(schema, (validate = ajv.compile(schema)));
  if (validate(value)) return [];
  return (validate.errors ?? []).map(({ instancePath, message, params }) =>
    `${instancePath.replace(/\/\d+/g, '/*')} ${message ?? ''} ${'additionalProperty' in params ? String(params['additionalProperty']) : ''}`.trim(),
  );
}

const NAMES = ENDPOINTS.map(({ verb, path }) => ({ name: `${verb} ${path}`, verb, pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`) }));

async function exerciseEverything({ api, control, create, jump, picture }: YandexMarketWorld): Promise<Seen[]> {
  const calls: Seen[] = [];
  await control('/seed', { cards: 3, cabinet: { limits: 'off' } });
  const ask = async (path: string, asked: Asked = {}): Promise<void> => {
    const verb = asked.method ?? (asked.body === undefined ? 'GET' : 'POST');
    const { status, body } = await api<unknown>(path, asked);
    const name = NAMES.find((one) => one.verb === verb && one.pattern.test(path.replace(/\?.*$/, '')))?.name;
    if (name === undefined) throw new Error(`${verb} ${path} is no method`);
    calls.push({ name, status, request: asked.body, answer: body });
  };
  const business = (path: string, body: unknown = {}): Promise<void> => ask(`/v2/businesses/${BUSINESS}${path}`, { body });
  const store = (path: string, body: unknown = {}, method = 'POST'): Promise<void> => ask(`/v2/campaigns/${STORE}${path}`, { body, method });
  await create('SPEC-1', 'SPEC-2');

  await ask('/v2/campaigns');
  await ask('/v2/campaigns?limit=1');
  await ask(`/v2/campaigns/${SECOND_STORE}`);
  await ask('/v2/campaigns/5');
  await ask('/v2/campaigns', { headers: {} });
  await ask('/v2/auth/token', { method: 'POST' });
  await business('/settings');
  await business('/warehouses', { components: ['ADDRESS', 'STATUS'] });
  await ask(`/v2/businesses/${BUSINESS}/warehouses`);
  await ask(`/v3/businesses/${BUSINESS}/warehouses`, { body: { components: ['ADDRESS'] } });
  await ask('/v2/categories/tree', { body: { language: 'RU' } });
  await ask(`/v2/category/${KETTLES}/parameters?businessId=${BUSINESS}`, { method: 'POST' });
  for (const id of [BRANCH, 5]) await ask(`/v2/category/${id}/parameters`, { method: 'POST' });

  const more = {
    shelfLife: { timePeriod: 2, timeUnit: 'YEAR' },
    tags: ['кухня'],
    purchasePrice: { value: 1500, currencyId: 'RUR' },
    manufacturerCountries: ['Россия'],
    videos: [picture('video')],
  };
  await business('/offer-mappings/update', { offerMappings: [{ offer: offer('SPEC-3', { ...more, pictures: [picture('a'), picture('broken')] }), mapping: { marketSku: 5 } }] });
  await business('/offer-mappings/update', {
    offerMappings: [{ offer: { offerId: 'SPEC-1', marketCategoryId: 5 } }, { offer: { offerId: 'SPEC-2', parameterValues: [{ parameterId: 42, value: 'x' }] } }],
  });
  await business('/offer-mappings/update', { offerMappings: [{ offer: { offerId: 'SPEC-1' } }, { offer: { offerId: ' SPEC-1' } }] });
  await business('/offer-mappings/update', { offerMappings: [{ offer: { offerId: 'SPEC-2', name: 'Пишите на a@b.ru' } }, { offer: { offerId: 'SPEC-4', name: 'Без всего' } }] });
  await business('/offer-mappings?limit=2');
  for (const _ of [1, 2]) {
    await jump(200);
    await business('/offer-mappings', { offerIds: ['SPEC-1', 'SPEC-2', 'SPEC-3', 'SPEC-4'] });
    await business('/offer-cards', { offerIds: ['SPEC-1', 'SPEC-2', 'SPEC-3', 'SPEC-4'], withRecommendations: true });
  }
  await jump(LONG);
  await business('/offer-mappings', { offerIds: ['SPEC-1', 'SPEC-2', 'SPEC-3', 'SPEC-4'] });
  await business('/offer-cards?limit=2', { cardStatuses: ['HAS_CARD_CAN_UPDATE'] });
  await business('/offer-cards?limit=500');
  await business('/offer-cards/update', {
    offersContent: [{ offerId: 'SPEC-1', categoryId: KETTLES, parameterValues: [{ parameterId: POWER, value: '1.5', unitId: 16_000_002 }] }],
  });
  await business('/offer-cards/update', { offersContent: [{ offerId: 'SPEC-9', categoryId: KETTLES, parameterValues: [{ parameterId: POWER, value: '1' }] }] });
  await ask(`/v1/businesses/${BUSINESS}/offer-mappings/barcodes/generate`, { body: { offerIds: ['SPEC-1', 'nobody'] } });

  await business('/offer-prices/updates', { offers: [{ offerId: 'SPEC-1', price: { value: 500, currencyId: 'RUR', discountBase: 600, minimumForBestseller: 400 } }] });
  await business('/offer-prices/updates', { offers: [{ offerId: 'SPEC-1', price: { value: 500, currencyId: 'RUR', discountBase: 400 } }] });
  await store('/offer-prices/updates', { offers: [{ offerId: 'SPEC-1', price: { value: 500, currencyId: 'RUR' } }] });
  await control('/seed', { cabinet: { only_default_price: false } });
  await store('/offer-prices/updates', { offers: [{ offerId: 'SPEC-1', price: { value: 3900, currencyId: 'RUR', discountBase: 4900, vat: 14 } }] });
  await jump(LONG);
  await business('/price-quarantine');
  await store('/price-quarantine');
  await business('/offer-prices?limit=1');
  await business('/offer-prices', { offerIds: ['SPEC-1'] });
  await store('/offer-prices');
  await ask(`/v2/campaigns/${STORE}/offer-prices`);
  await business('/price-quarantine/confirm', { offerIds: ['SPEC-1'] });
  await store('/price-quarantine/confirm', { offerIds: ['SPEC-1'] });
  await business('/offers/recommendations');

  await store('/offers/stocks', { skus: [{ sku: 'SPEC-1', items: [{ count: 14 }] }] }, 'PUT');
  await store('/offers/stocks', { skus: [{ sku: 'SPEC-1', items: [{ count: 14, updatedAt: '2027-01-01T00:00:00+03:00' }] }] }, 'PUT');
  await jump(LONG);
  await control('/cards/SPEC-1/order', {});
  await store('/offers/stocks?limit=1');
  await store('/offers/stocks', { offerIds: ['SPEC-1'] });
  await ask(`/v3/businesses/${BUSINESS}/offers/stocks/update`, { body: { skuItems: [{ sku: 'SPEC-2', partnerWarehouseId: 555_002, count: 3 }] } });
  await ask(`/v3/businesses/${BUSINESS}/offers/stocks`, { body: { partnerWarehouseId: 555_001 } });
  await ask(`/v3/businesses/${BUSINESS}/offers/stocks`, { body: { partnerWarehouseId: 1 } });

  await store('/offers/update', { offers: [{ offerId: 'SPEC-2', vat: 5 }] });
  await control('/cards/SYN-000001/block', {});
  await store('/offers?limit=2');
  await store('/offers', { offerIds: ['SPEC-1', 'SPEC-2', 'SPEC-4', 'SYN-000001'] });
  await store('/hidden-offers', { hiddenOffers: [{ offerId: 'SPEC-1' }] });
  await store('/hidden-offers', { hiddenOffers: [{ offerId: 'SPEC-1' }, { offerId: 'SPEC-1' }] });
  await jump(LONG);
  await ask(`/v2/campaigns/${STORE}/hidden-offers?limit=1`);
  await store('/hidden-offers/delete', { hiddenOffers: [{ offerId: 'SPEC-1' }] });
  await store('/offers/delete', { offerIds: ['SYN-000002', 'nobody'] });
  for (const end of ['archive', 'unarchive', 'delete']) await business(`/offer-mappings/${end}`, { offerIds: ['SYN-000003', 'nobody'] });
  await business('/offer-mappings/delete', { offerIds: ['SYN-000002'] });
  await control('/seed', { cabinet: { migrating: true } });
  await business('/offer-mappings/delete', { offerIds: ['SYN-000002'] });
  await control('/seed', { cabinet: { limits: 'on', migrating: false } });
  for (let n = 0; n < 51; n++) await ask('/v2/categories/tree', { body: {} });
  return calls;
}

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv, type ValidateFunction } from 'ajv';
import { ENDPOINTS } from '../apps/sandbox/wildberries/endpoints/index.js';
import {
  ANALYTICS,
  COLOUR,
  CONTENT,
  edited,
  group,
  KETTLES,
  LONG,
  MARKETPLACE,
  PRICES,
  variant,
  wildberriesWorld,
  type Asked,
  type WildberriesWorld,
} from './sandbox-wildberries-world.js';
import { wildberriesSpecs, type Schema } from './schemas/wildberries/wildberries-spec.js';

/** Mismatches that are meant, with the reason. Key: method and where. */
const MEANT: Readonly<Record<string, string>> = {
  'GET /content/v2/tags 200 /data': 'the schema describes one label where its own example has a list of them',
  'POST /content/v2/get/cards/list 200 /cards/* must NOT have additional properties documents': 'the schema is older than the documents of cards (8 September 2026)',
  'POST /content/v2/cards/update request /* must NOT have additional properties documents': 'as above',
};
/** Not in the schemas: they are older. */
const YOUNGER = new Set(['POST /api/analytics/v1/stocks-report/seller-warehouses']);

interface Seen {
  readonly name: string;
  readonly status: number;
  readonly request: unknown;
  readonly answer: unknown;
}

let world: WildberriesWorld;
let seen: Seen[] = [];
beforeAll(async () => {
  world = await wildberriesWorld();
  seen = await exerciseEverything(world);
}, 60_000);
afterAll(() => world.close());

it('asks every method that answers', () => {
  const done = new Set(seen.filter((one) => one.status < 300).map((one) => one.name));
  expect(ENDPOINTS.map(({ verb, path }) => `${verb} ${path}`).filter((name) => !done.has(name))).toEqual([]);
});

describe.each(wildberriesSpecs())('against %s schemas', (_whose, spec) => {
  it('answers with no member and no type that the schema does not have', () => {
    const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
    const problems = new Set<string>();
    for (const { name, status, request, answer } of seen) {
      if (YOUNGER.has(name)) continue;
      const operation = spec.get(name);
      expect([name, operation !== undefined]).toEqual([name, true]);
      if (operation?.asked && status < 300) for (const one of mismatches(ajv, operation.asked, request)) problems.add(`${name} request ${one}`);
      const expected = operation?.answers[String(status)];
      if (expected === undefined) {
        if (answer !== '') problems.add(`${name} ${status} is not described`);
      } else for (const one of mismatches(ajv, expected, answer)) problems.add(`${name} ${status} ${one}`);
    }
    expect([...problems].filter((problem) => !Object.keys(MEANT).some((key) => problem.startsWith(key)))).toEqual([]);
    // What is meant no longer must not stay in the list.
    expect(Object.keys(MEANT).filter((key) => ![...problems].some((problem) => problem.startsWith(key)))).toEqual([]);
  });

  it('would notice an invented member', () => {
    const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
    const schema = spec.get('GET /content/v2/cards/limits')?.answers['200'] ?? {};
    expect(mismatches(ajv, schema, { data: { freeLimits: 1, paidLimits: 1, invented: 1 }, error: false, errorText: '', additionalErrors: null })).toHaveLength(1);
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

const NAMES = ENDPOINTS.map(({ verb, host, path }) => ({ name: `${verb} ${path}`, verb, pattern: new RegExp(`^/${host}${path.replace(/\{\w+\}/g, '[^/]+')}$`) }));

async function exerciseEverything({ api, control, create, find, jump, picture }: WildberriesWorld): Promise<Seen[]> {
  const calls: Seen[] = [];
  await control('/seed', { cabinet: { limits: 'off' } });
  const ask = async <T>(path: string, asked: Asked = {}): Promise<T> => {
    const verb = asked.method ?? (asked.body === undefined ? 'GET' : 'POST');
    const { status, body } = await api<T>(path, asked);
    const name = NAMES.find((one) => one.verb === verb && one.pattern.test(path.replace(/\?.*$/, '')))?.name;
    if (name === undefined) throw new Error(`${verb} ${path} is no method`);
    calls.push({ name, status, request: asked.body, answer: body });
    return body;
  };
  const [card] = await create('SPEC-1');
  const [other] = await create('SPEC-2');
  if (!card || !other) throw new Error('no cards');
  const chrtId = card.sizes[0]?.chrtID;

  for (const host of ['content-api', 'discounts-prices-api', 'marketplace-api', 'seller-analytics-api', 'common-api']) await ask(`/${host}/ping`);
  await ask('/common-api/api/v1/seller-info');
  for (const what of [
    'object/parent/all',
    `object/all?limit=5&parentID=101`,
    `object/charcs/${KETTLES}`,
    'object/charcs/5',
    `directory/tnved?subjectID=${KETTLES}`,
    'cards/limits',
  ])
    await ask(`${CONTENT}/${what}`);
  for (const what of ['colors', 'kinds', 'seasons', 'vat', 'countries']) await ask(`${CONTENT}/directory/${what}`);
  await ask(`/content-api/api/content/v1/brands?subjectId=${KETTLES}`);
  await ask('/content-api/api/content/v1/brands?subjectId=5');
  await ask(`${CONTENT}/barcodes`, { body: { count: 3 } });

  await ask(`${CONTENT}/cards/upload`, { body: [group('SPEC-3'), group('SPEC-4', { title: 'a@b.ru' })] });
  await ask(`${CONTENT}/cards/upload`, { body: [group('SPEC-1')] });
  await ask(`${CONTENT}/cards/upload`, { body: [{ subjectID: 5, variants: [variant('SPEC-5')] }] });
  await ask(`${CONTENT}/cards/upload/add`, { body: { imtID: card.imtID, cardsToAdd: [variant('SPEC-6', { characteristics: [{ id: COLOUR, value: ['синий'] }] })] } });
  await control('/cards/SPEC-1/document', {});
  const documented = (await find('SPEC-1')) ?? card;
  await ask(`${CONTENT}/cards/update`, { body: [edited(documented, { title: 'Чайник новый' })] });
  await ask('/content-api/content/v3/media/save', { body: { nmId: card.nmID, data: [picture('a'), picture('b')] } });
  await ask('/content-api/content/v3/media/save', { body: { data: [picture('a')] } });
  const form = new FormData();
  form.set('uploadfile', new Blob([new Uint8Array(await (await fetch(picture('file'))).arrayBuffer())], { type: 'image/png' }), 'file.png');
  await ask('/content-api/content/v3/media/file', { body: form, method: 'POST', headers: { 'x-nm-id': String(other.nmID), 'x-photo-number': '1' } });
  await jump(LONG);
  // Pictures come over the wire, in time of the wall.
  while ((await find('SPEC-1'))?.photos === undefined) await new Promise((resolve) => setTimeout(resolve, 20));
  for (const body of [
    { color: 'D1CFD7', name: 'Новинка' },
    { color: 'red', name: 'Нет' },
  ])
    await ask(`${CONTENT}/tag`, { body });
  await ask(`${CONTENT}/tag/nomenclature/link`, { body: { nmID: card.nmID, tagsIDs: [1] } });
  await ask(`${CONTENT}/tags`);
  await ask(`${CONTENT}/get/cards/list`, { body: { settings: { cursor: { limit: 100 }, filter: { withPhoto: -1 }, sort: { ascending: true } } } });
  await ask(`${CONTENT}/cards/error/list`, { body: { cursor: { limit: 100 }, order: { ascending: true } } });
  await ask(`${CONTENT}/tag/1`, { method: 'PATCH', body: { color: 'FEE0E0', name: 'Хит' } });
  await ask(`${CONTENT}/tag/1`, { method: 'DELETE' });
  await ask(`${CONTENT}/cards/moveNm`, { body: { nmIDs: [other.nmID] } });
  await ask(`${CONTENT}/cards/moveNm`, { body: { targetIMT: 1, nmIDs: [other.nmID] } });
  await ask(`${CONTENT}/cards/delete/trash`, { body: { nmIDs: [other.nmID] } });
  await ask(`${CONTENT}/get/cards/trash`, { body: { settings: { cursor: { limit: 100 } } } });
  await ask(`${CONTENT}/cards/recover`, { body: { nmIDs: [other.nmID] } });
  await ask(`${CONTENT}/cards/recover`, { body: { nmIDs: [1] } });

  await control('/cards/SPEC-2/price-by-size', {});
  const upload = await ask<{ data: { id: number } }>(`${PRICES}/upload/task`, { body: { data: [{ nmID: card.nmID, price: 3000, discount: 10 }] } });
  await ask(`${PRICES}/upload/task`, { body: { data: [{ nmID: card.nmID, price: 3000, discount: 10 }] } });
  await ask(`${PRICES}/upload/task`, { body: { data: [] } });
  await ask(`${PRICES}/upload/task/size`, { body: { data: [{ nmID: other.nmID, sizeID: other.sizes[0]?.chrtID, price: 900 }] } });
  await ask(`${PRICES}/upload/task/club-discount`, { body: { data: [{ nmID: other.nmID, clubDiscount: 5 }] } });
  await ask(`${PRICES}/history/tasks?uploadID=${upload.data.id}`);
  await jump(LONG);
  const low = await ask<{ data: { id: number } }>(`${PRICES}/upload/task`, { body: { data: [{ nmID: card.nmID, price: 500 }] } });
  await jump(LONG);
  await ask(`${PRICES}/history/tasks?uploadID=${upload.data.id}`);
  for (const id of [upload.data.id, low.data.id]) await ask(`${PRICES}/history/goods/task?limit=10&uploadID=${id}`);
  await ask(`${PRICES}/quarantine/goods?limit=10`);
  await ask(`${PRICES}/buffer/tasks?uploadID=${upload.data.id}`);
  await ask(`${PRICES}/buffer/goods/task?limit=10&uploadID=${upload.data.id}`);
  await control('/cards/SPEC-2/force-sale', {});
  await ask(`${PRICES}/list/goods/filter?limit=10`);
  await ask(`${PRICES}/list/goods/filter`, { body: { nmList: [card.nmID] } });
  await ask(`${PRICES}/list/goods/size/nm?limit=10&nmID=${other.nmID}`);
  await ask(`${PRICES}/list/goods/filter?limit=0`);

  await ask(`${MARKETPLACE}/offices`);
  const { id } = await ask<{ id: number }>(`${MARKETPLACE}/warehouses`, { body: { name: 'Третий склад', officeId: 15 } });
  await ask(`${MARKETPLACE}/warehouses/${id}`, { method: 'PUT', body: { name: 'Третий', officeId: 218 } });
  await ask(`${MARKETPLACE}/warehouses/${id}`, { method: 'PUT', body: { name: 'Третий', officeId: 15 } });
  await ask(`${MARKETPLACE}/warehouses`);
  await ask(`${MARKETPLACE}/stocks/${id}`, { method: 'PUT', body: { stocks: [{ chrtId, amount: 5 }] } });
  await ask(`${MARKETPLACE}/stocks/${id}`, { method: 'PUT', body: { stocks: [{ chrtId, amount: 100_001 }] } });
  await ask(`${MARKETPLACE}/stocks/${id}`, { method: 'PUT', body: { stocks: [{ sku: '1', amount: 1 }] } });
  await ask(`${MARKETPLACE}/stocks/${id}`, { body: { chrtIds: [chrtId] } });
  await ask(`${ANALYTICS}/analytics/v1/stocks-report/seller-warehouses`, { body: { nmIds: [card.nmID] } });
  await ask(`${MARKETPLACE}/stocks/${id}`, { method: 'DELETE', body: { chrtIds: [chrtId] } });
  await ask(`${MARKETPLACE}/warehouses/${id}`, { method: 'DELETE' });

  await control('/cards/SPEC-1/block', {});
  await control('/cards/SPEC-1/shadow', {});
  await ask(`${ANALYTICS}/v1/analytics/banned-products/blocked?sort=nmId&order=desc`);
  await ask(`${ANALYTICS}/v1/analytics/banned-products/blocked`);
  const asked = { currentPeriod: { start: '2026-11-01', end: '2026-11-20' }, orderBy: { field: 'feedbackCount', mode: 'desc' }, limit: 100, offset: 0 };
  await ask(`${ANALYTICS}/analytics/v2/item-rating`, { body: asked });
  await ask(`${ANALYTICS}/analytics/v2/item-rating`, { body: { ...asked, currentPeriod: { start: 'soon', end: 'later' } } });
  return calls;
}

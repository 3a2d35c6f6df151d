import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { allMethods } from '../apps/sandbox/ozon/http.js';
import { attribute, item, runSandbox, testType, type TestSandbox } from '../apps/sandbox/testing/running.js';
import { ozonSpecs, type Schema } from './schemas/ozon-spec.js';

/** Mismatches that are meant, with the reason. Key: method and JSON path. */
const MEANT: Record<string, string> = {
  '/v5/product/info/prices null': 'price indexes and marketing actions are null when there is nothing: the facts say any nested object may be null',
  '/v3/product/info/list null': 'price indexes are null when there is nothing: the facts say any nested object may be null',
};

let sandbox: TestSandbox;
let calls: { path: string; verb: string; request: object; answer: unknown }[] = [];
beforeAll(async () => {
  sandbox = await runSandbox();
  calls = await exerciseEverything(sandbox);
}, 60_000);
afterAll(() => sandbox.close());

describe.each(ozonSpecs())('answers against %s schemas', (_whose, spec) => {
  it('covers every method the sandbox has', () => {
    expect([...new Set(calls.map((c) => c.path))].sort()).toEqual(
      allMethods()
        .map((m) => m.path)
        .sort(),
    );
  });

  it('sends no field and no type that the schema does not have', () => {
    const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
    const problems: string[] = [];
    for (const { path, verb, request, answer } of calls) {
      const operation = spec.paths[path]?.[verb];
      expect([path, operation !== undefined]).toEqual([path, true]);
      const asked = operation?.requestBody?.content['application/json']?.schema;
      const answered = operation?.responses['200']?.content?.['application/json']?.schema;
      if (asked) problems.push(...mismatches(ajv, spec, asked, request).map((m) => `${path} request ${m}`));
      // Officially this one answers nothing at all.
      if (path !== '/v1/product/action/timer/update') expect([path, answered !== undefined]).toEqual([path, true]);
      if (answered) problems.push(...mismatches(ajv, spec, answered, answer).map((m) => `${path} answer ${m}`));
    }
    const unexplained = [...new Set(problems)].filter((p) => !isMeant(p));
    expect(unexplained).toEqual([]);
  });

  it('would notice an invented field', () => {
    const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
    const schema = spec.paths['/v3/product/import']?.post?.responses['200']?.content?.['application/json']?.schema ?? {};
    expect(mismatches(ajv, spec, schema, { result: { task_id: 1, invented: true } })).toHaveLength(1);
  });
});

function isMeant(problem: string): boolean {
  return Object.keys(MEANT).some((key) => {
    const [path = '', what = ''] = key.split(' ');
    return problem.startsWith(`${path} `) && problem.includes(what);
  });
}

const compiled = new Map<Schema, ValidateFunction>();

function mismatches(ajv: Ajv2020, spec: object, schema: Schema, value: unknown): string[] {
  let validate = compiled.get(schema);
  if (!validate) {
    validate = ajv.compile(closed(schema, spec, new Map()) as Schema);
    compiled.set(schema, validate);
  }
  if (validate(value)) return [];
  return (validate.errors ?? []).map((e) => {
    const at = e.instancePath.replace(/\/\d+/g, '/*');
    const extra = 'additionalProperty' in e.params ? String(e.params.additionalProperty) : '';
    const actual = e.instancePath
      .split('/')
      .slice(1)
      .reduce<unknown>((v, k) => (v as Record<string, unknown> | undefined)?.[k], value);
    return `${at} ${e.message ?? ''} ${extra} ${actual === null ? 'null' : ''}`.trim();
  });
}

/** The schema with references resolved and every object closed, so that an unknown field is an error. */
function closed(schema: unknown, root: object, seen: Map<string, object>): unknown {
  if (Array.isArray(schema)) return schema.map((s) => closed(s, root, seen));
  if (typeof schema !== 'object' || schema === null) return schema;
  const s = schema as Schema;
  if (typeof s.$ref === 'string') {
    const ref = s.$ref;
    const known = seen.get(ref);
    if (known) return {};
    seen.set(ref, {});
    const target = ref
      .split('/')
      .slice(1)
      .reduce<unknown>((o, k) => (o as Schema)[k], root);
    const result = closed(target, root, new Map(seen));
    return result;
  }
  const out: Schema = {};
  for (const [key, value] of Object.entries(s)) {
    if (key === 'properties') out[key] = Object.fromEntries(Object.entries(value as Schema).map(([k, v]) => [k, closed(v, root, new Map(seen))]));
    else if (['items', 'allOf', 'anyOf'].includes(key)) out[key] = closed(value, root, new Map(seen));
    // The alternatives of some request bodies were rebuilt without their members, so every value meets all of them.
    else if (key === 'oneOf') out.anyOf = closed(value, root, new Map(seen));
    else if (['type', 'enum', 'required', 'minimum', 'maximum', 'maxItems', 'minItems', 'pattern'].includes(key)) out[key] = value;
  }
  if (out.properties && !s.allOf && !s.anyOf && !s.oneOf) out.additionalProperties = false;
  return out;
}

async function exerciseEverything(sandbox: TestSandbox): Promise<{ path: string; verb: string; request: object; answer: unknown }[]> {
  const calls: { path: string; verb: string; request: object; answer: unknown }[] = [];
  const post = async <T>(path: string, request: object): Promise<T> => {
    const { body, status } = await sandbox.api<T>(path, request);
    expect([path, status]).toEqual([path, 200]);
    calls.push({ path, verb: 'post', request, answer: body });
    return body;
  };
  const type = testType('Футболка');
  const ids = { description_category_id: type.categoryId, type_id: type.typeId };
  await post('/v1/roles', {});
  await post('/v1/seller/info', {});
  await post('/v1/description-category/tree', { language: 'DEFAULT' });
  await post('/v1/description-category/attribute', { ...ids, language: 'DEFAULT' });
  await post('/v1/description-category/attribute/values', { ...ids, attribute_id: 85, limit: 10 });
  await post('/v1/description-category/attribute/values/search', { ...ids, attribute_id: 85, value: 'бр', limit: 10 });
  const items = [
    item('A-1', { images: [sandbox.picture('a'), sandbox.picture('broken')], color_image: sandbox.picture('c') }),
    item('A-2', { attributes: [] }),
    item('A-3', { images: [] }),
  ];
  const { result } = await post<{ result: { task_id: number } }>('/v3/product/import', { items });
  await post('/v1/product/import/info', { task_id: result.task_id });
  await sandbox.finish(result.task_id);
  await post('/v1/product/import/info', { task_id: result.task_id });
  const walk = { filter: { visibility: 'ALL' }, limit: 1000 };
  await post('/v3/product/list', { ...walk, last_id: '' });
  await sandbox.jump(601);
  const info = await post<{ items: { id: number; sku: number; offer_id: string }[] }>('/v3/product/info/list', { offer_id: ['A-1', 'A-2', 'A-3'] });
  const first = info.items.find((i) => i.offer_id === 'A-1');
  const third = info.items.find((i) => i.offer_id === 'A-3');
  if (!first || !third) throw new Error('cards were not created');
  const update = await post<{ task_id: number }>('/v1/product/attributes/update', { items: [{ offer_id: 'A-1', attributes: [attribute(9024, 'x')] }] });
  await sandbox.finish(update.task_id);
  await post('/v2/product/pictures/import', { items: [{ offer_id: 'A-1', images: [sandbox.picture('b')], primary_image: '', color_image: '' }] });
  await post('/v2/product/pictures/info', { product_id: [String(first.id)] });
  await post('/v4/product/info/limit', {});
  await post('/v4/product/info/attributes', { ...walk, last_id: '', sort_by: 'id', sort_dir: 'ASC' });
  await post('/v1/product/info/description', { offer_id: 'A-1' });
  const warehouse = 22142605386000;
  await post('/v2/products/stocks', { stocks: [{ offer_id: 'A-1', product_id: first.id, stock: 5, warehouse_id: warehouse }] });
  await post('/v4/product/info/stocks', { ...walk, cursor: '' });
  await post('/v2/product/info/stocks-by-warehouse/fbs', { offer_id: ['A-1'], limit: 100, cursor: '' });
  await post('/v2/warehouse/list', { limit: 200, cursor: '' });
  const flags = { auto_action_enabled: 'UNKNOWN', auto_add_to_ozon_actions_list_enabled: 'DISABLED', price_strategy_enabled: 'DISABLED' };
  await post('/v1/product/import/prices', {
    prices: [
      { offer_id: 'A-1', price: '1100', old_price: '1300', min_price: '900', ...flags },
      { offer_id: 'none', price: '1', ...flags },
    ],
  });
  await post('/v5/product/info/prices', { ...walk, cursor: '' });
  await post('/v1/product/action/timer/update', { product_ids: [String(first.id)] });
  await post('/v1/product/action/timer/status', { product_ids: [String(first.id)] });
  await post('/v3/product/info/list', { offer_id: ['A-1'] });
  await post('/v1/product/update/offer-id', {
    update_offer_id: [
      { offer_id: 'A-3', new_offer_id: 'A-4' },
      { offer_id: 'none', new_offer_id: 'x' },
    ],
  });
  await post('/v1/barcode/add', {
    barcodes: [
      { barcode: '4600000000017', sku: first.sku },
      { barcode: '1', sku: 5 },
    ],
  });
  await post('/v1/product/archive', { product_id: [third.id] });
  await post('/v2/products/delete', { products: [{ offer_id: 'A-4' }] });
  await post('/v1/product/unarchive', { product_id: [third.id] });
  const actions = await fetch(`${sandbox.url}/ozon/v1/actions`, { headers: { 'client-id': '1000001', 'api-key': 'sandbox-key-a' } });
  calls.push({ path: '/v1/actions', verb: 'get', request: {}, answer: await actions.json() });
  return calls;
}

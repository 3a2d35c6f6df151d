import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Ajv, type ValidateFunction } from 'ajv';
import { nameOf } from '../apps/sandbox/woocommerce/endpoint.js';
import { ENDPOINTS } from '../apps/sandbox/woocommerce/endpoints/index.js';
import { wooWorld, type Asked, type Goods, type WooWorld } from './sandbox-woocommerce-world.js';
import type { Schema } from './schemas/schema-forms.js';
import { woocommerceSpec } from './schemas/woocommerce/woocommerce-spec.js';

interface Seen {
  readonly name: string;
  readonly status: number;
  readonly answer: unknown;
}

const spec = woocommerceSpec();
const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
const compiled = new Map<Schema, ValidateFunction>();
let world: WooWorld;
let seen: Seen[] = [];
beforeAll(async () => {
  world = await wooWorld({ limits: 'off' });
  seen = await exerciseEverything(world);
}, 60_000);
afterAll(() => world.close());

it('asks every method that answers, and describes no other', () => {
  const done = new Set(seen.filter((one) => one.status < 300).map((one) => one.name));
  expect(ENDPOINTS.map(nameOf).filter((name) => !done.has(name))).toEqual([]);
  expect([...spec.keys()].sort()).toEqual(ENDPOINTS.map(nameOf).sort());
});

it('answers with every member, no other and no other type', () => {
  const problems = new Set<string>();
  for (const { name, status, answer } of seen) {
    const schema = spec.get(name)?.answers[String(status)];
    if (schema === undefined) problems.add(`${name} ${status} is not described`);
    else for (const one of mismatches(schema, answer)) problems.add(`${name} ${status} ${one}`);
  }
  expect([...problems]).toEqual([]);
});

it('answers one by one what it answers in lists', () => {
  const schema = spec.get('GET /products/{id}')?.answers['200'] ?? {};
  for (const goods of seen.filter(({ name, status }) => name === 'GET /products' && status === 200).flatMap(({ answer }) => answer as unknown[]))
    expect(mismatches(schema, goods)).toEqual([]);
});

it('would notice an invented member, a lost one and a price as a number', () => {
  const schema = spec.get('GET /products/{id}')?.answers['200'] ?? {};
  const goods = seen.find(({ name }) => name === 'GET /products/{id}')?.answer as Goods;
  const { sku: _lost, ...rest } = goods;
  for (const wrong of [{ ...goods, invented: 1 }, rest, { ...goods, price: 5 }]) expect(mismatches(schema, wrong)).toHaveLength(1);
});

function mismatches(schema: Schema, value: unknown): string[] {
  let validate = compiled.get(schema);
  if (!validate) compiled.set(schema, (validate = ajv.compile(schema)));
  if (validate(value)) return [];
  return (validate.errors ?? []).map(({ instancePath, message, params }) =>
    `${instancePath.replace(/\/\d+/g, '/*')} ${message ?? ''} ${'additionalProperty' in params ? String(params['additionalProperty']) : ''}`.trim(),
  );
}

/** More particular paths first: "batch" is no number. */
const NAMES = ENDPOINTS.map(({ verbs, path }) => ({
  ...{ name: `${verbs[0]} ${path}`, verbs },
  pattern: new RegExp(`^${path.replace(/\{(\w+)\}/g, (_all, name: string) => (name.endsWith('_name') ? '\\w+' : '\\d+'))}$`),
}));

async function exerciseEverything({ api, control, picture, hooks }: WooWorld): Promise<Seen[]> {
  const calls: Seen[] = [];
  const ask = async <T = { id: number }>(path: string, asked: Asked = {}): Promise<T> => {
    const verb = asked.method ?? (asked.body === undefined ? 'GET' : 'POST');
    const name = NAMES.find((one) => one.verbs.includes(verb as 'GET') && one.pattern.test(path.replace(/\?.*$/, '')))?.name;
    if (name === undefined) throw new Error(`${verb} ${path} is no method`);
    const { status, body } = await api<T>(path, asked);
    calls.push({ name, status, answer: body });
    return body;
  };
  /** Makes, reads, changes, lists, batches and deletes one kind of thing. */
  const everyWay = async (path: string, body: object, change: object, other: object): Promise<number> => {
    const { id } = await ask(path, { body });
    await ask(`${path}/${id}`);
    await ask(`${path}/${id}`, { method: 'PUT', body: change });
    const { create } = await ask<{ create: { id: number }[] }>(`${path}/batch`, {
      body: {
        create: [other, body],
        update: [
          { id, ...change },
          { id: 9_999_999, ...change },
        ],
      },
    });
    await ask(`${path}/batch`, { body: { delete: [9_999_999] } });
    await ask(path);
    await ask(`${path}/${create[0]?.id}?force=true`, { method: 'DELETE' });
    await ask(`${path}/9999999`);
    return id;
  };
  await control('/seed', { cards: 9, seed: 'spec' });
  const category = await everyWay('/products/categories', { name: 'Полка' }, { description: 'О полке' }, { name: 'Другая полка' });
  await ask(`/products/categories/${category}`, { method: 'DELETE' });
  await everyWay('/products/tags', { name: 'новинка' }, { description: 'О новинках' }, { name: 'хит' });
  const attribute = await everyWay('/products/attributes', { name: 'Размер', slug: 'size' }, { order_by: 'name' }, { name: 'Тип', slug: 'kind' });
  await everyWay(`/products/attributes/${attribute}/terms`, { name: 'S' }, { menu_order: 3 }, { name: 'M' });
  const goods = {
    name: 'Чайник',
    sku: 'SPEC-1',
    regular_price: '100',
    sale_price: '90',
    categories: [{ id: category }],
    images: [{ src: picture('spec') }],
    meta_data: [{ key: '_hub', value: ['любое'] }],
  };
  const id = await everyWay('/products', goods, { stock_quantity: 5, downloads: [], date_on_sale_to_gmt: '2027-01-01T00:00:00' }, { name: 'Кружка' });
  const parent = await ask('/products', {
    body: {
      name: 'Футболка',
      type: 'variable',
      attributes: [
        { id: attribute, variation: true, visible: true, options: ['S', 'M'] },
        { name: 'Пол', options: ['любой'] },
      ],
    },
  });
  const own = `/products/${parent.id}/variations`;
  await everyWay(
    own,
    { sku: 'SPEC-2', regular_price: '5', attributes: [{ id: attribute, option: 'S' }], image: { src: picture('s') } },
    { manage_stock: 'parent' },
    { sku: 'SPEC-3' },
  );
  await ask(`/products/${parent.id}`);
  for (const query of ['?per_page=100&context=edit', '?sku=SPEC-2,SPEC-1', '?search_sku=SYN', '?per_page=101', '?modified_after=soon']) await ask(`/products${query}`);
  await ask('/variations?per_page=100');
  await ask('/products', { body: { name: 5 } });
  await ask('/products', { body: { name: 'Занято', sku: 'SPEC-1' } });
  await ask(`/products/${id}`, { key: 'none' });
  await ask(`/products/${id}`, { method: 'DELETE' });
  await ask(`/products/${id}`, { method: 'DELETE' });
  await ask('/products/batch', { body: { delete: Array.from({ length: 101 }, (_, n) => n) } });
  await everyWay('/orders', { line_items: [{ product_id: parent.id, quantity: 1 }], billing: { first_name: 'Анна' } }, { status: 'completed' }, { set_paid: true });
  const hook = { topic: 'order.created', delivery_url: hooks.url };
  await everyWay('/webhooks', hook, { status: 'paused' }, { ...hook, topic: 'action.anything' });
  for (const path of [
    '/settings',
    '/settings/general',
    '/settings/products/woocommerce_weight_unit',
    '/settings/moon',
    '/settings/general/moon',
    '/system_status',
    '/data/currencies/current',
  ])
    await ask(path);
  return calls;
}

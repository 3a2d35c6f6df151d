import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { ozon } from '#channels/ozon';
import type { ObservedCard, PushItem } from '#channels/contract';
import { KnownReferences, productOf, RULES } from './ozon-goods.js';
import { ozonSpecs, type Schema } from './schemas/ozon-spec.js';
import { collect, ozonWorld, run, type OzonWorld } from './ozon-world.js';

/** Every method the adapter may call. A path missing here, or one never called, fails. */
const METHODS = [
  '/v1/barcode/add',
  '/v1/description-category/attribute',
  '/v1/description-category/attribute/values',
  '/v1/description-category/attribute/values/search',
  '/v1/description-category/tree',
  '/v1/product/archive',
  '/v1/product/attributes/update',
  '/v1/product/import/info',
  '/v1/product/import/prices',
  '/v1/product/unarchive',
  '/v1/roles',
  '/v1/seller/info',
  '/v2/product/info/stocks-by-warehouse/fbs',
  '/v2/product/pictures/import',
  '/v2/products/stocks',
  '/v2/warehouse/list',
  '/v3/product/import',
  '/v3/product/info/list',
  '/v3/product/list',
  '/v4/product/info/attributes',
  '/v4/product/info/limit',
  '/v4/product/info/stocks',
];

let world: OzonWorld;
beforeAll(async () => {
  world = await ozonWorld({
    record: true,
    cards: 5,
    cabinet: {
      warehouses: [
        { id: 22142605386000, name: 'Первый', active: true },
        { id: 22142605386001, name: 'Второй', active: true },
      ],
    },
  });
  await useEverything(world);
}, 60_000);
afterAll(async () => world.close());

describe.each(ozonSpecs())('requests and answers against %s schemas', (_whose, spec) => {
  const definitions = Object.fromEntries(Object.entries(spec.components.schemas).map(([name, schema]) => [name, closed(schema)]));
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });

  it('calls every method it knows and no other', () => {
    expect([...new Set(world.wire.map((wire) => wire.path))].sort()).toEqual([...METHODS].sort());
  });

  it('sends only members that the schema has, in the types it has', () => {
    const problems = world.wire.flatMap((wire) => {
      const schema = spec.paths[wire.path]?.post?.requestBody?.content['application/json']?.schema;
      // Methods without parameters take an empty object.
      if (schema === undefined) return Object.keys(wire.request as object).map((name) => `${wire.path}: ${name}`);
      return faults(schema, wire.request).map((fault) => `${wire.path}: ${fault}`);
    });
    expect([...new Set(problems)]).toEqual([]);
  });

  it('would notice an invented member, a missing one and a wrong type', () => {
    const schema = spec.paths['/v2/products/stocks']?.post?.requestBody?.content['application/json']?.schema ?? {};
    const pair = { offer_id: 'A', product_id: 1, stock: 1, warehouse_id: 1 };
    expect(faults(schema, { stocks: [pair] })).toEqual([]);
    expect(faults(schema, { stocks: [{ ...pair, invented: 1 }] })).not.toEqual([]);
    expect(faults(schema, { stocks: [{ ...pair, stock: 'one' }] })).not.toEqual([]);
    expect(faults(schema, { stocks: [{ offer_id: 'A', stock: 1 }] })).not.toEqual([]);
  });

  it('was answered as the schema says', () => {
    const problems = world.wire
      .filter((wire) => wire.status === 200)
      .flatMap((wire) => {
        const schema = spec.paths[wire.path]?.post?.responses['200']?.content?.['application/json']?.schema ?? {};
        return faults(schema, withoutNulls(wire.answer)).map((fault) => `${wire.path}: ${fault}`);
      });
    expect([...new Set(problems)]).toEqual([]);
  });

  const compiled = new Map<Schema, ValidateFunction>();

  function faults(schema: Schema, value: unknown): readonly string[] {
    const validate = compiled.get(schema) ?? ajv.compile({ $defs: definitions, ...closed(schema) });
    compiled.set(schema, validate);
    if (validate(value)) return [];
    return (validate.errors ?? []).map((error) => `${error.instancePath.replace(/\/\d+/g, '/*')} ${error.message ?? ''} ${JSON.stringify(error.params)}`);
  }
});

/**
 * Objects may have the members they name and no others; the references lead to the same, closed. `oneOf` is read as
 * `anyOf`: the request by warehouse offers "by article" or "by sku" and requires neither, so each fits both.
 */
function closed<T>(schema: T, merged = false): T {
  if (Array.isArray(schema)) return schema.map((part: unknown) => closed(part, merged)) as T;
  if (typeof schema !== 'object' || schema === null) return schema;
  const out: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(schema)) {
    if (key === '$ref') out[key] = String(value).replace('#/components/schemas/', '#/$defs/');
    else if (key === 'properties') out[key] = Object.fromEntries(Object.entries(value as object).map(([name, inner]) => [name, closed(inner as unknown)]));
    else if (key === 'oneOf' || key === 'anyOf') out['anyOf'] = closed(value as unknown, true);
    else out[key] = closed(value as unknown, key === 'allOf');
  }
  if ('properties' in out && typeof out['type'] === 'string' && !merged) out['unevaluatedProperties'] = false;
  return out as T;
}

/** Ozon writes null for whatever is empty, although its schemas do not say so. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== null)
      .map(([key, inner]) => [key, withoutNulls(inner)]),
  );
}

async function useEverything(world: OzonWorld): Promise<void> {
  const { channel } = world;
  const known = new KnownReferences(world);
  const [leaf] = await known.leaves();
  if (leaf === undefined) throw new Error('no categories');
  const product = await productOf(known, leaf, 'SPEC-1');
  await known.prepare(product);
  await known.fetch([`value:85:${leaf.id}:Ясень`, 'warehouses', 'seller']);
  await channel.health(run());
  const { values } = ozon.render(product, RULES, known.get);
  const { stock: _stock, status: _status, presence: _presence, ...content } = values;
  await send('import', { key: product.sku, ids: {}, values: content, carry: {}, product, mediaUrls: [world.picture('#102030'), world.picture('#405060')] });

  const card = async (): Promise<ObservedCard> => {
    const [found] = (await channel.peek(['SYN-000001'], ozon.descriptor.facets, run())).cards;
    if (found === undefined) throw new Error('the card is not there');
    return found;
  };
  const live = await card();
  const item = (part: Partial<PushItem>): PushItem => ({ key: live.key, externalId: live.externalId, ids: live.ids, values: {}, carry: live.values, ...part });
  await send('import', item({ values: { title: 'Другое' } }));
  await send('attributes', item({ values: { description: 'Другое', attributes: live.values.attributes } }));
  await send('revalidate', item({}));
  await send('pictures', item({ values: { media: ['d'] }, mediaUrls: [world.picture('#708090')] }));
  await send('prices', item({ values: { price: { price: 2000_00, old: 3000_00, min: 1500_00, currency: 'RUB' } } }));
  await send('stocks', item({ values: { stock: { '22142605386000': 3, '22142605386001': 4 } } }));
  await send('barcodes', item({ values: { barcodes: ['2000000000992'] } }));
  await collect(channel.sweep('offers', undefined, run()));
  await collect(channel.sweep('content', undefined, run()));
  await send('archive', item({ values: { presence: 'archived' } }));
  await card();
  await send('unarchive', item({ values: { presence: 'listed' } }));

  async function send(operation: string, one: PushItem): Promise<void> {
    const [outcome] = await channel.push(operation, [{ item: one, body: ozon.compose(operation, one) }], run());
    if (outcome?.kind !== 'accepted') throw new Error(`${operation}: ${JSON.stringify(outcome)}`);
    if (outcome.receipt === undefined) return;
    await channel.confirm([{ key: one.key, operation, receipt: outcome.receipt }], run());
    await world.jump(30);
    await channel.confirm([{ key: one.key, operation, receipt: outcome.receipt }], run());
  }
}

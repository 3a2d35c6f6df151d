import { describe, expect, it } from '@jest/globals';
import { RetryLater, Throttled, Unauthorised } from '#kernel';
import type { PushCall } from '#channels/contract';
import { scriptedRun } from '#channels/testkit';
import { item, liveGroup, liveProduct, page, site, slots } from './fixtures/scripted-woocommerce.js';

const run = scriptedRun();
const update = (id: number, part: object = {}): PushCall => ({ item: item({ key: `K-${id}`, externalId: String(id) }), body: { id, fields: { name: `N${id}` }, ...part } });
const failed = (code: string, data: object = {}) => ({ error: { code, message: 'нет', data: { status: 400, ...data } } });
const timeout = new RetryLater('no complete answer', true);

describe('a batch of updates', () => {
  it('is 200 whatever happened to its items: each has an outcome of its own', async () => {
    const { channel, requests } = site((request) =>
      slots(request, ({ id }) =>
        id === 2
          ? { id, ...failed('rest_invalid_param', { params: { regular_price: 'not a string' } }) }
          : id === 3
            ? { id, ...failed('woocommerce_rest_product_invalid_id') }
            : { id },
      ),
    );
    const outcomes = await channel.push('prices', [update(1), update(2), update(3)], run);
    expect(requests).toHaveLength(1);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['accepted', 'refused', 'unsure']);
    expect(outcomes[1]).toMatchObject({ diagnostics: [{ path: 'price', code: 'woocommerce.refused' }] });
  });

  it('grows while the site is quick, and is half as large after it ran out of time', async () => {
    let calls = 0;
    const { channel, requests } = site((request) => ((calls += 1) === 1 ? { fails: timeout } : slots(request, ({ id }) => ({ id }))));
    const outcomes = await channel.push(
      'stock',
      Array.from({ length: 230 }, (_, at) => update(at + 1)),
      run,
    );
    expect(requests.map(({ body }) => (body['update'] as unknown[]).length)).toEqual([25, 12, 24, 48, 96, 25]);
    expect(outcomes.filter(({ kind }) => kind === 'unsure')).toHaveLength(25);
    expect(outcomes.slice(25).every(({ kind }) => kind === 'accepted')).toBe(true);
  });

  it('holds no more than servers take in one request, and waits with fewer after one that took less', async () => {
    const long = (id: number) => update(id, { fields: { description: 'я'.repeat(50_000) } });
    const { channel, requests } = site((request) => slots(request, ({ id }) => ({ id })));
    await channel.push('card', [1, 2, 3, 4, 5, 6].map(long), run);
    expect(requests.map(({ body }) => (body['update'] as unknown[]).length)).toEqual([5, 1]);
    const small = site((request) => ((request.body['update'] as unknown[]).length > 20 ? { status: 413, body: '<html>' } : slots(request, ({ id }) => ({ id }))));
    const many = Array.from({ length: 25 }, (_, at) => update(at + 1));
    await expect(small.channel.push('stock', many, run)).rejects.toMatchObject({ recovery: 'retry', unsure: false });
    expect((await small.channel.push('stock', many, run)).every(({ kind }) => kind === 'accepted')).toBe(true);
  });

  it('sends variations to their own group, one request for each', async () => {
    const { channel, requests } = site((request) => slots(request, ({ id }) => ({ id })));
    await channel.push('stock', [update(1), update(2, { parent: 20 }), update(3, { parent: 30 }), update(4, { parent: 20 })], run);
    expect(requests.map(({ path, body }) => [path, (body['update'] as { id: number }[]).map(({ id }) => id)])).toEqual([
      ['/products/batch', [1]],
      ['/products/20/variations/batch', [2, 4]],
      ['/products/30/variations/batch', [3]],
    ]);
  });

  it('never left: the error goes up. Left in part: the rest is unsure, nothing is sent again', async () => {
    const wall = site(() => ({ status: 429, headers: { 'Retry-After': '5' }, body: '<html>' }));
    await expect(wall.channel.push('stock', [update(1)], run)).rejects.toBeInstanceOf(Throttled);
    expect(wall.blocked).toHaveLength(1);
    await expect(site(() => ({ status: 401, body: { code: 'woocommerce_rest_cannot_view' } })).channel.push('stock', [update(1)], run)).rejects.toBeInstanceOf(Unauthorised);
    const { channel, requests } = site((request, index) => (index === 0 ? slots(request, ({ id }) => ({ id })) : { status: 429, body: '' }));
    const outcomes = await channel.push('stock', [update(1), update(2, { parent: 20 }), update(3, { parent: 30 })], run);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['accepted', 'unsure', 'unsure']);
    expect(requests).toHaveLength(2);
  });

  it('turned away for one of its items goes in halves to find it; the others arrive', async () => {
    const bad = 7;
    const { channel, requests } = site((request) => {
      if (request.method === 'GET') return page([]);
      const entries = request.body['update'] as { id: number }[];
      return entries.some(({ id }) => id === bad) ? { status: 403, body: '<html><title>Forbidden</title></html>' } : slots(request, ({ id }) => ({ id }));
    });
    const many = Array.from({ length: 12 }, (_, at) => update(at + 1));
    // Once it may be for the number of requests.
    await expect(channel.push('card', many, run)).rejects.toBeInstanceOf(Throttled);
    await expect(channel.push('card', many, run)).rejects.toBeInstanceOf(Throttled);
    await channel.peek(['K-1'], ['title'], run);
    const outcomes = await channel.push('card', many, run);
    expect(outcomes.flatMap((outcome, at) => (outcome.kind === 'accepted' ? [] : [[at + 1, outcome]]))).toMatchObject([
      [bad, { kind: 'refused', diagnostics: [{ code: 'woocommerce.turned-away' }] }],
    ]);
    expect(requests.length).toBeLessThan(15);
  });

  it('with an answer that lacks items is unsure, and told as a changed API', async () => {
    const { channel } = site(() => ({ body: { update: [{ id: 1 }] } }));
    expect((await channel.push('stock', [update(1), update(2)], run)).map(({ kind }) => kind)).toEqual(['unsure', 'unsure']);
  });

  it('makes a category that is not there, under its parent, and takes one that somebody else made', async () => {
    const { channel, requests } = site((request) => {
      if (request.path !== '/products/categories') return slots(request, ({ id }) => ({ id }));
      return request.body['name'] === 'Кухня'
        ? { status: 201, body: { id: 70 } }
        : { status: 400, body: { code: 'term_exists', message: 'есть', data: { status: 400, resource_id: 71 } } };
    });
    const outcomes = await channel.push('card', [update(1, { category: 'Дом & сад / Чайники' }), update(2, { category: 'Кухня / Чай' })], run);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['accepted', 'accepted']);
    expect(requests.map(({ path, body }) => [path, body])).toEqual([
      ['/products/categories', { name: 'Кухня' }],
      ['/products/categories', { name: 'Чай', parent: 70 }],
      [
        '/products/batch',
        {
          update: [
            { id: 1, name: 'N1', categories: [{ id: 17 }] },
            { id: 2, name: 'N2', categories: [{ id: 71 }] },
          ],
        },
      ],
    ]);
  });

  it('refuses only the card whose category the site does not take', async () => {
    const { channel } = site((request) =>
      request.path === '/products/categories' ? { status: 400, body: { code: 'invalid_name', message: 'нет' } } : slots(request, ({ id }) => ({ id })),
    );
    const outcomes = await channel.push('card', [update(1, { category: '???' }), update(2)], run);
    expect(outcomes).toMatchObject([{ kind: 'refused', diagnostics: [{ path: 'category' }] }, { kind: 'accepted' }]);
  });
});

describe('what variations share', () => {
  const part = (fields: object, offer: string) => ({
    parent: 200,
    fields: { attributes: [{ name: 'Размер', option: offer }] },
    group: {
      id: 200,
      fields,
      member: { sku: `TEE-1-${offer}`, edit: { set: { Материал: [{ text: 'Лён' }] }, drop: [], offer: { Размер: [{ text: offer }] } } },
      live: liveGroup()['attributes'],
      noted: {},
    },
  });

  it('goes once, with every option that one of them needs, before the variations', async () => {
    const { channel, requests } = site((request) => slots(request, ({ id }) => ({ id })));
    const outcomes = await channel.push('card', [update(201, part({ name: 'Майка' }, 'L')), update(202, part({ name: 'Майка' }, 'XL'))], run);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['accepted', 'accepted']);
    expect(requests.map(({ path }) => path)).toEqual(['/products/batch', '/products/200/variations/batch']);
    expect(requests[0]?.body).toEqual({
      update: [
        {
          id: 200,
          name: 'Майка',
          attributes: [
            { name: 'Размер', position: 0, visible: true, variation: true, options: ['S', 'M', 'L', 'XL'] },
            { name: 'Материал', position: 1, visible: true, variation: false, options: ['Лён'] },
          ],
          meta_data: [{ key: '_etalon_values', value: JSON.stringify({ 'TEE-1-L': { Материал: ['Лён'] }, 'TEE-1-XL': { Материал: ['Лён'] } }) }],
        },
      ],
    });
  });

  it('is refused for the one that wants something else', async () => {
    const { channel, requests } = site((request) => slots(request, ({ id }) => ({ id })));
    const outcomes = await channel.push('card', [update(201, part({ name: 'Майка' }, 'L')), update(202, part({ name: 'Футболка' }, 'XL'))], run);
    expect(outcomes).toMatchObject([{ kind: 'accepted' }, { kind: 'refused', diagnostics: [{ path: 'title', code: 'woocommerce.variants-disagree' }] }]);
    expect(requests[1]?.body).toMatchObject({ update: [{ id: 201 }] });
  });
});

describe('making products', () => {
  const create = (sku: string, size?: string, text = 'Из хлопка.'): PushCall => ({
    item: item({ key: sku }),
    body: {
      sku,
      fields: { status: 'publish', description: text, ...(size === undefined ? { type: 'simple', name: sku } : { attributes: [{ name: 'Размер', option: size }] }) },
      ...(size === undefined
        ? {}
        : {
            group: {
              sku: 'TEE-1',
              fields: { type: 'variable', name: 'Футболка', description: 'Из хлопка.' },
              attributes: { set: {}, drop: [], offer: { Размер: [{ text: size }] } },
            },
          }),
    },
  });

  it('makes the group first, with all options, and variations that inherit its text', async () => {
    const { channel, requests } = site((request) => {
      if (request.method === 'GET') return page([]);
      return slots(request, (entry, at) => ({ id: 300 + at, ...entry }));
    });
    const outcomes = await channel.push('create', [create('K-1'), create('TEE-1-S', 'S'), create('TEE-1-M', 'M', 'Другой текст.')], run);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['accepted', 'accepted', 'accepted']);
    expect(requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /products',
      'GET /products',
      'POST /products/batch',
      'POST /products/batch',
      'POST /products/300/variations/batch',
    ]);
    expect(requests[3]?.body).toMatchObject({
      create: [
        {
          sku: 'TEE-1',
          type: 'variable',
          attributes: [{ name: 'Размер', variation: true, options: ['S', 'M'] }],
          meta_data: [{ key: '_etalon_lead', value: 'TEE-1-S' }, { key: '_etalon_values' }],
        },
      ],
    });
    expect(requests[4]?.body).toEqual({
      create: [
        { sku: 'TEE-1-S', status: 'publish', attributes: [{ name: 'Размер', option: 'S' }] },
        { sku: 'TEE-1-M', status: 'publish', attributes: [{ name: 'Размер', option: 'M' }], description: 'Другой текст.' },
      ],
    });
  });

  it('widens a group that is there by the option it lacks, out of the trash too', async () => {
    const { channel, requests } = site((request) => {
      if (request.method === 'GET') return page(request.query['status'] === 'trash' ? [liveGroup({ status: 'trash' })] : []);
      return slots(request, (entry) => ({ ...liveGroup(), ...entry }));
    });
    await channel.push('create', [create('TEE-1-L', 'L')], run);
    expect(requests[2]?.body).toMatchObject({ update: [{ id: 200, status: 'publish', attributes: [{ name: 'Размер', options: ['S', 'M', 'L'] }, { name: 'Материал' }] }] });
    expect(requests[3]).toMatchObject({ path: '/products/200/variations/batch' });
  });

  it('chooses what the group lists, letter by letter', async () => {
    const { channel, requests } = site((request) => (request.method === 'GET' ? page([liveGroup()]) : slots(request, (entry) => ({ id: 300, ...entry }))));
    await channel.push('create', [create('TEE-1-m', 'm')], run);
    expect(requests.at(-1)?.body).toMatchObject({ create: [{ sku: 'TEE-1-m', attributes: [{ name: 'Размер', option: 'M' }] }] });
  });

  it('does not touch a product of another kind that has the code of the model', async () => {
    const { channel, requests } = site(() => page([liveProduct({ sku: 'TEE-1' })]));
    expect(await channel.push('create', [create('TEE-1-L', 'L')], run)).toMatchObject([{ kind: 'refused', diagnostics: [{ code: 'woocommerce.sku-of-another-kind' }] }]);
    expect(requests.every(({ method }) => method === 'GET')).toBe(true);
  });

  it.each(['product_invalid_sku', 'woocommerce_rest_product_not_created'])('looks at a SKU that is there already instead of giving up: %s', async (code) => {
    const { channel } = site((request) => slots(request, () => ({ id: 0, ...failed(code, { resource_id: 7 }) })));
    expect(await channel.push('create', [create('K-1')], run)).toMatchObject([{ kind: 'unsure' }]);
  });
});

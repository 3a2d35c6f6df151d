import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { wooWorld, type Goods, type Refusal, type Slot, type WooWorld } from './sandbox-woocommerce-world.js';

interface Variation extends Goods {
  image: { id: number; src: string } | null;
  gallery_image_ids?: number[];
}
interface Chosen {
  attributes: { name: string; option: string }[];
}
interface Attribute {
  id: number;
  name: string;
  slug: string;
}

let world: WooWorld;
beforeAll(async () => {
  world = await wooWorld({ limits: 'off', cron_seconds: [30, 30] });
}, 60_000);
afterAll(() => world.close());

const figures = async (): Promise<{ attachments: number }> => (await world.control<{ attachments: number }>('/stats')).body;

describe('goods in variations', () => {
  it('take prices, stock and one picture each, under the parent only', async () => {
    const parent = await world.create({ name: 'Футболка', type: 'variable', sku: 'V-1', attributes: [{ name: 'Размер', variation: true, visible: true, options: ['S', 'M'] }] });
    const path = `/products/${parent.id}/variations`;
    const small = await world.api<Variation & Chosen>(path, {
      body: { sku: 'V-1-S', regular_price: '500', stock_quantity: 2, attributes: [{ name: 'Размер', option: 'S' }], image: { src: world.picture('small') } },
    });
    expect([small.status, small.body.type, small.body.attributes[0]?.option, small.body.image !== null]).toEqual([201, 'variation', 'S', true]);
    // Nobody asks whether the parent lists it; what the parent does not have is left out.
    const odd = await world.api<Chosen>(path, {
      body: {
        sku: 'V-1-X',
        regular_price: '400',
        attributes: [
          { name: 'Размер', option: 'XXL' },
          { name: 'Цвет', option: 'белый' },
        ],
      },
    });
    expect([odd.status, odd.body.attributes.map(({ name, option }) => [name, option])]).toEqual([201, [['Размер', 'XXL']]]);
    const whole = (await world.api(`/products/${parent.id}`)).body;
    expect([whole.price, whole.regular_price, whole.variations]).toEqual(['400', '', [small.body.id, (odd.body as unknown as Goods).id]]);
    expect((await world.api<Refusal>(`/products/${small.body.id}`, { method: 'PUT', body: { regular_price: '1' } })).status).toBe(404);
    expect((await world.api<Refusal>('/products', { body: { name: 'x', sku: 'V-1-S' } })).body.data.resource_id).toBe(small.body.id);
    expect((await world.api<Goods[]>('/products?sku=V-1-S')).body[0]).toMatchObject({ type: 'variation', parent_id: parent.id, price: '500' });
  });

  it('change together in a batch of one parent, and move its date', async () => {
    const [parent] = (await world.api<Goods[]>('/products?sku=V-1')).body;
    const list = (await world.api<Variation[]>(`/products/${parent?.id}/variations?orderby=id&order=asc`)).body;
    await world.jump(10);
    const { status, body } = await world.api<{ update: Slot<Variation>[]; delete: Slot<Variation>[] }>(`/products/${parent?.id}/variations/batch`, {
      body: {
        update: [
          { id: list[0]?.id, manage_stock: 'parent' },
          { id: 5, regular_price: '1' },
        ],
        delete: [list[1]?.id],
      },
    });
    expect(status).toBe(200);
    expect(body.update.map((slot) => slot.error?.code ?? slot.manage_stock)).toEqual(['parent', 'woocommerce_rest_product_variation_invalid_id']);
    const after = (await world.api(`/products/${parent?.id}`)).body;
    expect(after.variations).toEqual([list[0]?.id]);
    expect(Date.parse(after.date_modified) - Date.parse(parent?.date_modified ?? '')).toBeGreaterThanOrEqual(10_000);
  });

  it('show the picture of their product where they have none, and go to the trash with it', async () => {
    const parent = await world.create({
      ...{ name: 'Майка', type: 'variable', sku: 'V-2', images: [{ src: world.picture('front') }] },
      attributes: [{ name: 'Размер', variation: true, options: ['S', 'M'] }],
    });
    const path = `/products/${parent.id}/variations`;
    for (const size of ['S', 'M']) await world.api(path, { body: { sku: `V-2-${size}`, regular_price: '5', attributes: [{ name: 'Размер', option: size }] } });
    const [bare] = (await world.api<Variation[]>(path)).body;
    expect((bare?.image as { id: number } | null)?.id).toBe(parent.images[0]?.id);
    expect((await world.api<Variation>(`${path}/${bare?.id}?context=edit`)).body.image).toBeNull();

    await world.api(`/products/${parent.id}`, { method: 'DELETE' });
    expect((await world.api<Goods[]>('/products?status=trash&sku=V-2,V-2-S')).body.map(({ type, status }) => [type, status])).toEqual([
      ['variation', 'trash'],
      ['variable', 'trash'],
    ]);
    expect((await world.api(`/products/${parent.id}`)).body.variations).toEqual([]);
    expect((await world.api<Variation[]>(path)).body).toEqual([]);
    expect((await world.api<Variation[]>(`${path}?status=trash`)).body).toHaveLength(2);
    // Published by the API the product comes back without them; from its own page the shop brings them along.
    await world.api(`/products/${parent.id}`, { method: 'PUT', body: { status: 'publish' } });
    expect((await world.api(`/products/${parent.id}`)).body.variations).toEqual([]);
    await world.api(`${path}/${bare?.id}`, { method: 'PUT', body: { status: 'publish' } });
    expect((await world.api(`/products/${parent.id}`)).body.variations).toEqual([bare?.id]);
  });

  it('have galleries in release 11', async () => {
    const [parent] = (await world.api<Goods[]>('/products?sku=V-1')).body;
    const one = `/products/${parent?.id}/variations/${parent?.variations[0]}`;
    expect((await world.api<Variation>(one)).body.gallery_image_ids).toEqual([]);
    await world.control('/seed', { cabinet: { release: 9 } });
    expect((await world.api<Variation>(one)).body).not.toHaveProperty('gallery_image_ids');
    await world.control('/seed', { cabinet: { release: 11 } });
  });
});

describe('shelves and attributes', () => {
  it('refuse a name that is there, with its number; count what lies in them', async () => {
    const made = await world.api<{ id: number; slug: string }>('/products/categories', { body: { name: 'Кружки и чашки' } });
    expect(made.status).toBe(201);
    expect(decodeURIComponent(made.body.slug)).toBe('кружки-и-чашки');
    const twin = await world.api<Refusal>('/products/categories', { body: { name: 'Кружки и чашки' } });
    expect([twin.status, twin.body.code, twin.body.data.resource_id]).toEqual([400, 'term_exists', made.body.id]);
    const goods = await world.create({ name: 'Кружка', categories: [{ id: made.body.id }, { id: 4_000_000 }] });
    expect(goods.categories.map((one) => one.id)).toEqual([made.body.id]);
    expect((await world.api<{ count: number }>(`/products/categories/${made.body.id}`)).body.count).toBe(1);
    const emptied = await world.api(`/products/${goods.id}`, { method: 'PUT', body: { categories: [] } });
    expect(emptied.body.categories.map((one) => one.name)).toEqual(['Uncategorized']);
  });

  it('want a short slug for a long Cyrillic name, and grow values as goods name them', async () => {
    const long = await world.api<Refusal>('/products/attributes', { body: { name: 'Гарантийный срок' } });
    expect([long.status, long.body.code]).toEqual([400, 'woocommerce_rest_cannot_create']);
    const { body: attribute } = await world.api<Attribute>('/products/attributes', { body: { name: 'Гарантийный срок', slug: 'warranty' } });
    expect(attribute.slug).toBe('pa_warranty');
    const goods = await world.create({ name: 'Чайник', attributes: [{ id: attribute.id, options: ['1 год', '2 года'] }] });
    expect(goods.attributes).toMatchObject([{ id: attribute.id, name: 'Гарантийный срок', options: ['1 год', '2 года'] }]);
    const terms = await world.api<{ name: string }[]>(`/products/attributes/${attribute.id}/terms`);
    expect(terms.body.map((term) => term.name)).toEqual(['1 год', '2 года']);
    expect((await world.api<Refusal>('/products/tags', { body: {} })).body).toMatchObject({ code: 'rest_missing_callback_param', data: { params: ['name'] } });
  });
});

describe('pictures', () => {
  it('are fetched into the library, each time anew, and kept by number', async () => {
    const goods = await world.create({ name: 'С картинками', images: [{ src: world.picture('one'), alt: 'Раз' }, { src: `${world.picture('two')}?v=5` }] });
    const [one, two] = goods.images;
    expect([one?.alt, one?.src.startsWith(`${world.url}/woocommerce/wp-content/uploads/`), one?.src.endsWith(`/${one.name}`)]).toEqual(['Раз', true, true]);
    expect([one?.name, two?.name]).toEqual([expect.stringMatching(/^one-\d+\.jpg$/), expect.stringMatching(/^two-\d+\.jpg$/)]);
    expect((await fetch(one?.src ?? '')).headers.get('content-type')).toBe('image/jpeg');
    const before = (await figures()).attachments;
    const reordered = await world.api(`/products/${goods.id}`, { method: 'PUT', body: { images: [{ id: two?.id }, { id: one?.id }] } });
    expect(reordered.body.images.map((image) => image.id)).toEqual([two?.id, one?.id]);
    expect((await figures()).attachments).toBe(before);
    const again = await world.api(`/products/${goods.id}`, { method: 'PUT', body: { images: [{ src: world.picture('one') }] } });
    expect(again.body.images[0]?.id).not.toBe(one?.id);
    expect((await figures()).attachments).toBe(before + 1);
    expect((await world.api(`/products/${goods.id}`, { method: 'PUT', body: { images: [] } })).body.images).toEqual([]);
  });

  it('that cannot be had keep the whole product from being made', async () => {
    for (const src of [world.picture('broken'), world.picture('x').replace('.png', ''), 'file:///a.png']) {
      const { status, body } = await world.api<Refusal>('/products', { body: { name: 'Без', sku: 'IMG-1', images: [{ src }] } });
      expect([status, body.code]).toEqual([400, 'woocommerce_product_image_upload_error']);
    }
    expect((await world.api<Goods[]>('/products?sku=IMG-1')).body).toEqual([]);
    expect((await world.api<Refusal>('/products', { body: { name: 'Без', images: [{ id: 4_000_000 }] } })).body.code).toBe('woocommerce_product_invalid_image_id');
    await world.control('/seed', { cabinet: { private_media: false } });
    expect((await world.api<Refusal>('/products', { body: { name: 'Без', images: [{ src: world.picture('one') }] } })).body.code).toBe('woocommerce_product_image_upload_error');
    await world.control('/seed', { cabinet: { private_media: true } });
  });
});

describe('orders', () => {
  it('take stock when they are paid and give it back when they are cancelled', async () => {
    const { id } = await world.create({ name: 'Продаётся', sku: 'O-1', regular_price: '99.90', stock_quantity: 10 });
    const order = await world.api<{ id: number; total: string; line_items: { price: number; total: string; sku: string }[] }>('/orders', {
      body: { line_items: [{ product_id: id, quantity: 3 }] },
    });
    expect([order.status, order.body.total, order.body.line_items[0]]).toMatchObject([201, '299.70', { price: 99.9, total: '299.70', sku: 'O-1' }]);
    const stock = async (): Promise<number | null> => (await world.api(`/products/${id}`)).body.stock_quantity;
    expect(await stock()).toBe(10);
    await world.api(`/orders/${order.body.id}`, { method: 'PUT', body: { status: 'processing' } });
    expect(await stock()).toBe(7);
    await world.api(`/orders/${order.body.id}`, { method: 'PUT', body: { status: 'completed' } });
    expect(await stock()).toBe(7);
    await world.api(`/orders/${order.body.id}`, { method: 'PUT', body: { status: 'cancelled' } });
    expect(await stock()).toBe(10);
    await world.control('/cards/O-1/order', {});
    expect(await stock()).toBe(9);
    expect((await world.api<{ status: string }[]>('/orders?status=processing,on-hold')).body.map((one) => one.status)).toEqual(['processing']);
  });
});

describe('webhooks', () => {
  interface Hook {
    id: number;
    status: string;
  }
  const subscribe = async (topic: string): Promise<number> =>
    (await world.api<Hook>('/webhooks', { body: { name: topic, topic, delivery_url: world.hooks.url, secret: 'tell nobody' } })).body.id;
  const came = (): { topic: unknown; body: Partial<Goods> }[] =>
    world.hooks.received.flatMap(({ headers, text }) => (headers['x-wc-webhook-topic'] ? [{ topic: headers['x-wc-webhook-topic'], body: JSON.parse(text) as Goods }] : []));

  it('say hello without a signature, then tell signed what is true by then, once for many changes', async () => {
    const id = await subscribe('product.updated');
    await world.jump(0);
    expect(world.hooks.received.map(({ text, headers }) => [text, headers['x-wc-webhook-signature']])).toEqual([[`webhook_id=${id}`, undefined]]);
    const goods = await world.create({ name: 'Раз', sku: 'W-1' });
    await world.api(`/products/${goods.id}`, { method: 'PUT', body: { name: 'Два' } });
    await world.api(`/products/${goods.id}`, { method: 'PUT', body: { name: 'Три' } });
    expect(came()).toEqual([]);
    await world.jump(31);
    expect(came()).toMatchObject([{ topic: 'product.updated', body: { id: goods.id, name: 'Три' } }]);
    const { headers, text } = world.hooks.received[1] ?? { headers: {}, text: '' };
    expect(headers['x-wc-webhook-signature']).toBe(createHmac('sha256', 'tell nobody').update(text).digest('base64'));
    expect([headers['x-wc-webhook-resource'], headers['x-wc-webhook-event'], headers['x-wc-webhook-id'], headers['user-agent']]).toEqual([
      'product',
      'updated',
      String(id),
      'WooCommerce/11.0.1 Hookshot (WordPress/7.1)',
    ]);
    world.hooks.received.length = 0;
  });

  it('name a variation by itself, share a delivery id within a second', async () => {
    const [parent] = (await world.api<Goods[]>('/products?sku=V-1')).body;
    const [other] = (await world.api<Goods[]>('/products?sku=W-1')).body;
    await world.api(`/products/${parent?.id}/variations/${parent?.variations[0]}`, { method: 'PUT', body: { regular_price: '501' } });
    await world.api(`/products/${other?.id}`, { method: 'PUT', body: { name: 'Четыре' } });
    await world.jump(31);
    expect(
      came()
        .map(({ body }) => [body.id, body.type])
        .sort(),
    ).toEqual(
      [
        [parent?.variations[0], 'variation'],
        [other?.id, 'simple'],
      ].sort(),
    );
    expect(new Set(world.hooks.received.map(({ headers }) => headers['x-wc-webhook-delivery-id'])).size).toBe(1);
    world.hooks.received.length = 0;
  });

  it('are never repeated, and end after more than five failures in a row', async () => {
    const id = await subscribe('product.created');
    world.hooks.answerWith(500);
    const state = async (): Promise<string> => (await world.api<Hook>(`/webhooks/${id}`)).body.status;
    for (let i = 0; i < 6; i++) {
      expect([i, await state()]).toEqual([i, 'active']);
      await world.create({ name: `Потеря ${i}` });
      await world.jump(31);
    }
    expect(await state()).toBe('disabled');
    world.hooks.answerWith(200);
    expect(came().filter(({ topic }) => topic === 'product.created')).toHaveLength(6);
    expect((await world.api<Refusal>('/webhooks', { body: { topic: 'moon.rises', delivery_url: world.hooks.url } })).body.code).toBe('woocommerce_rest_shop_webhook_invalid_topic');
  });

  it('never come to a site that nobody visits', async () => {
    world.hooks.received.length = 0;
    await world.control('/seed', { cabinet: { cron: 'off' } });
    const [goods] = (await world.api<Goods[]>('/products?sku=W-1')).body;
    await world.api(`/products/${goods?.id}`, { method: 'PUT', body: { name: 'Тихо' } });
    await world.jump(3600);
    expect(came()).toEqual([]);
  });
});

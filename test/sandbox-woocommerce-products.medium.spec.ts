import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { wooWorld, type Goods, type Refusal, type Slot, type WooWorld } from './sandbox-woocommerce-world.js';

let world: WooWorld;
beforeAll(async () => {
  world = await wooWorld();
}, 60_000);
afterAll(() => world.close());

const put = <T = Goods>(id: number, body: object) => world.api<T>(`/products/${id}`, { method: 'PUT', body });
const priced = async (regular_price: unknown, more: object = {}) => {
  const { id } = await world.create({ name: 'Цена' });
  return put<Goods & Refusal>(id, { regular_price, ...more });
};

describe('prices', () => {
  it('are text: a number is refused by name', async () => {
    const { status, body } = await priced(100.5);
    expect([status, body.code, body.data.details?.['regular_price']?.code]).toEqual([400, 'rest_invalid_param', 'rest_invalid_type']);
    expect(body.data.params).toHaveProperty('regular_price');
  });

  it.each([
    ['100,50', '10050'],
    ['100.50', '100.50'],
    ['100.559', '100.559'],
    ['1 990.00', '1990.00'],
    ['1.990.00', '1990.00'],
    ['', ''],
  ])('%j becomes %j', async (sent, kept) => {
    const { body } = await priced(sent);
    expect([body.regular_price, body.price, body.purchasable]).toEqual([kept, kept, kept !== '']);
  });

  it('take a comma where the shop is set to one', async () => {
    await world.control('/seed', { cabinet: { decimal_separator: ',' } });
    expect((await priced('100,50')).body.regular_price).toBe('100.50');
    await world.control('/seed', { cabinet: { decimal_separator: '.' } });
  });

  it('drop a sale that is none, keep one to come', async () => {
    const dear = await priced('100', { sale_price: '100' });
    expect([dear.body.sale_price, dear.body.price]).toEqual(['', '100']);
    const later = await priced('100', { sale_price: '90', date_on_sale_from_gmt: '2027-01-01T00:00:00' });
    expect([later.body.sale_price, later.body.price, later.body.on_sale]).toEqual(['90', '100', false]);
    const now = await priced('100', { sale_price: '90' });
    expect([now.body.price, now.body.on_sale]).toEqual(['90', true]);
  });
});

describe('stock and sizes', () => {
  it('turns management on by a quantity, takes less than nothing, refuses fractions', async () => {
    const { id } = await world.create({ name: 'Остаток' });
    const five = await put(id, { stock_quantity: 5 });
    expect([five.body.manage_stock, five.body.stock_quantity, five.body.stock_status]).toEqual([true, 5, 'instock']);
    expect((await put(id, { stock_quantity: -3 })).body.stock_status).toBe('outofstock');
    expect((await put<Refusal>(id, { stock_quantity: 1.5 })).body.data.details?.['stock_quantity']?.code).toBe('rest_invalid_type');
    expect((await put<Refusal>(id, { weight: 1.2, dimensions: { length: 10 } })).body.data.params).toEqual({
      weight: 'weight is not of type string.',
      dimensions: 'dimensions[length] is not of type string.',
    });
    expect((await put(id, { manage_stock: false })).body.stock_quantity).toBeNull();
  });
});

describe('a shop that does not count', () => {
  it('drops every figure and keeps whether there is something', async () => {
    await world.control('/seed', { cabinet: { manage_stock: false } });
    const { id } = await world.create({ name: 'Без учёта', manage_stock: true, stock_quantity: 5 });
    const { body } = await put(id, { manage_stock: true, stock_quantity: 7, stock_status: 'outofstock' });
    expect([body.manage_stock, body.stock_quantity, body.stock_status]).toEqual([false, null, 'outofstock']);
    const settings = (await world.api<{ id: string; value: string }[]>('/settings/products')).body;
    expect(settings.find((one) => one.id === 'woocommerce_manage_stock')?.value).toBe('no');
    await world.control('/seed', { cabinet: { manage_stock: true } });
  });
});

describe('texts', () => {
  it('keep tags of a post, lose scripts and handlers, spell a lone ampersand', async () => {
    const made = await world.create({ name: 'Мыло & <b>щётка</b><script>x</script>', description: '<p onclick="x()">Раз</p><script>y</script> & два' });
    expect(made.name).toMatch(/^Мыло &amp; <b>щётка<\/b>/);
    expect(made.name).not.toContain('script');
    expect(made.description).toBe('<p>Раз</p>y &amp; два');
  });

  it('lose backslashes, of which two stand for one', async () => {
    const { name, description } = await world.create({ name: 'a\\b', description: 'C:\\\\d' });
    expect([name, description]).toEqual(['ab', 'C:\\d']);
  });

  it('are shown in paragraphs, and raw to who edits', async () => {
    const { id } = await world.create({ name: 'Абзацы', description: 'Первый\nстрока\n\nВторой' });
    expect((await world.api(`/products/${id}`)).body.description).toBe('<p>Первый<br />\nстрока</p>\n<p>Второй</p>\n');
    expect((await world.api(`/products/${id}?context=edit`)).body.description).toBe('Первый\nстрока\n\nВторой');
  });

  it('travel with everything outside ASCII escaped', async () => {
    const { id } = await world.create({ name: 'Ёж' });
    const { text } = await world.api(`/products/${id}?_fields=id,name`);
    expect(text).toBe(`{"id":${id},"name":"\\u0401\\u0436"}`);
  });
});

describe('articles', () => {
  it('are taken once, over goods and variations', async () => {
    const { id } = await world.create({ name: 'Первый', sku: 'A-1' });
    const again = await world.api<Refusal>('/products', { body: { name: 'Второй', sku: 'A-1' } });
    expect([again.status, again.body.code, again.body.data]).toEqual([400, 'product_invalid_sku', { status: 400, resource_id: id, unique_sku: 'A-1-1' }]);
    const all = await Promise.all(Array.from({ length: 6 }, () => world.api<Refusal>('/products', { body: { name: 'Гонка', sku: 'A-2' } })));
    expect(all.filter(({ status }) => status === 201)).toHaveLength(1);
  });

  it('stay with goods in the trash, which come back by being published', async () => {
    const { id } = await world.create({ name: 'В корзину', sku: 'T-1' });
    expect((await world.api(`/products/${id}`, { method: 'DELETE' })).body.status).toBe('publish');
    expect((await world.api(`/products/${id}`)).body.status).toBe('trash');
    expect((await world.api<Refusal>(`/products/${id}`, { method: 'DELETE' })).body).toMatchObject({ code: 'woocommerce_rest_already_trashed', data: { status: 410 } });
    expect((await world.api<Goods[]>('/products?sku=T-1')).body).toEqual([]);
    expect((await world.api<Refusal>('/products', { body: { name: 'Снова', sku: 'T-1' } })).body.code).toBe('woocommerce_rest_product_not_created');
    expect((await put(id, { status: 'publish' })).body.status).toBe('publish');
    expect((await world.api<Goods[]>('/products?sku=T-1')).body.map((one) => one.id)).toEqual([id]);
  });

  it('takes GTINs of digits and hyphens only, each once', async () => {
    const { id } = await world.create({ name: 'Код', global_unique_id: '460-1' });
    expect((await world.create({ name: 'Буквы', global_unique_id: '460A' })).global_unique_id).toBe('');
    const twin = await world.api<Refusal>('/products', { body: { name: 'Двойник', global_unique_id: '460-1' } });
    expect([twin.status, twin.body.code, twin.body.data.resource_id]).toEqual([400, 'product_invalid_global_unique_id', id]);
  });
});

describe('members of a patch', () => {
  it('leaves what is not named, replaces lists whole, merges meta by key, ignores the unknown', async () => {
    const { id } = await world.create({
      name: 'Правка',
      sku: 'P-1',
      regular_price: '10',
      attributes: [{ name: 'Цвет', options: ['белый'] }],
      meta_data: [{ key: '_hub', value: '1' }],
    });
    const { body } = await put(id, {
      attributes: [{ name: 'Вес', options: ['1|2'] }],
      meta_data: [
        { key: '_hub', value: '2' },
        { key: 'other', value: { a: 1 } },
      ],
      nonsense: true,
    });
    expect([body.name, body.regular_price]).toEqual(['Правка', '10']);
    expect(body.attributes.map(({ name, options }) => [name, options])).toEqual([['Вес', ['1', '2']]]);
    expect(body.meta_data.map(({ key, value }) => [key, value])).toEqual([
      ['_hub', '2'],
      ['other', { a: 1 }],
    ]);
    expect((await put(id, { meta_data: [{ key: '_hub', value: null }] })).body.meta_data.map(({ key }) => key)).toEqual(['other']);
    expect(body).not.toHaveProperty('nonsense');
  });

  it('refuses an unknown status, an unknown id, broken JSON', async () => {
    expect((await world.api<Refusal>('/products', { body: { name: 'x', status: 'gone' } })).body.data.details?.['status']?.code).toBe('rest_not_in_enum');
    expect((await put<Refusal>(999_999, {})).body).toMatchObject({ code: 'woocommerce_rest_product_invalid_id', data: { status: 404 } });
    expect((await world.api<Refusal>('/products', { body: '{"name":' })).body.code).toBe('rest_invalid_json');
    expect((await world.api<Refusal>('/nothing')).body.code).toBe('rest_no_route');
  });
});

describe('batches', () => {
  it('succeed even when every item fails, each in its place', async () => {
    const { id } = await world.create({ name: 'Занят', sku: 'B-1' });
    const { status, body } = await world.api<Record<string, Slot<{ id: number | null }>[]>>('/products/batch', {
      body: { create: [{ name: 'x', sku: 'B-1' }], update: [{ id: 999_999, name: 'y' }, { name: 'z' }], delete: [888_888] },
    });
    expect(status).toBe(200);
    expect(body['create']?.map((slot) => [slot.id, slot.error?.code, slot.error?.data.resource_id])).toEqual([[0, 'product_invalid_sku', id]]);
    expect(body['update']?.map((slot) => [slot.id, slot.error?.code])).toEqual([
      [999_999, 'woocommerce_rest_product_invalid_id'],
      [null, 'woocommerce_rest_product_invalid_id'],
    ]);
    expect(body['delete']?.map((slot) => slot.id)).toEqual([888_888]);
  });

  it('go on after what failed, delete for good, take a hundred in all', async () => {
    const mixed = await world.api<{ create: Slot<Goods>[] }>('/products/batch', {
      body: {
        create: [
          { name: 'x', regular_price: 5 },
          { name: 'Годный', sku: 'B-2' },
        ],
      },
    });
    expect(mixed.body.create.map((slot) => slot.error?.code ?? slot.sku)).toEqual(['rest_invalid_param', 'B-2']);
    const id = mixed.body.create[1]?.id ?? 0;
    await world.api('/products/batch', { body: { delete: [id] } });
    expect((await world.api(`/products/${id}`)).status).toBe(404);
    const much = await world.api<Refusal>('/products/batch', { body: { update: Array.from({ length: 60 }, () => ({ id: 1 })), delete: Array.from({ length: 41 }, () => 1) } });
    expect([much.status, much.body.code]).toEqual([413, 'woocommerce_rest_request_entity_too_large']);
  });
});

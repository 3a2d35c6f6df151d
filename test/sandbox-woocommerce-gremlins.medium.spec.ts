import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { describeMarket } from '../apps/sandbox/describe-market.js';
import { GREMLIN_KINDS } from '../apps/sandbox/gremlins/kinds.js';
import { wooWorld, type Goods, type WooWorld } from './sandbox-woocommerce-world.js';

interface Injected {
  offer_id: string;
  kind: string;
  facet: string;
  restored: boolean;
  stayed: boolean;
}
interface Scrambled {
  injected: Injected[];
  echoes: { offer_id: string; echoes: string[] }[];
}
interface Ledger {
  entries: { key: string; method: string; offer_id: string; facets: { facet: string; changed: boolean; needless: boolean }[] }[];
}
interface Truth {
  product_id: number;
  variation_id: number | null;
  facets: Record<string, { value: unknown; digest: string }>;
  buyer_view: { title: string; price: string; buyable: boolean; found: boolean; page: string };
}

let world: WooWorld;
beforeAll(async () => {
  world = await wooWorld();
}, 60_000);
afterAll(() => world.close());
const anew = async (): Promise<void> => {
  await world.control('/reset', { seed: 'g', cabinet: { limits: 'off' } });
  await world.control('/seed', { cards: 200, seed: 'g' });
};
beforeEach(anew);

const scramble = async (order: object): Promise<Scrambled> => (await world.control<Scrambled>('/gremlins', order)).body;
const ledger = async (): Promise<Ledger['entries']> => (await world.control<Ledger>('/ledger?limit=10000')).body.entries;
const injected = async (): Promise<Injected[]> => (await world.control<{ injected: Injected[] }>('/injected')).body.injected;
const truth = async (key: string): Promise<Truth> => (await world.control<Truth>(`/cards/${encodeURIComponent(key)}`)).body;
async function digests(): Promise<Map<string, Record<string, string>>> {
  const { body } = await world.control<{ cards: { offer_id: string; digests: Record<string, string> }[] }>('/cards?limit=5000');
  return new Map(body.cards.map((one) => [one.offer_id, one.digests]));
}
const goodsOf = async (sku: string): Promise<Goods | undefined> => (await world.api<Goods[]>(`/products?sku=${sku}&context=edit`)).body[0];

describe('gremlins of a shop', () => {
  it('change one facet of each promised card and nothing else; echoes change nothing', async () => {
    const before = await digests();
    const done = await scramble({ seed: 7, cards: 78, echo_cards: 40, at_least_each: 4 });
    expect(done.injected).toHaveLength(78);
    const one = GREMLIN_KINDS.filter((kind) => kind !== 'missing' && kind !== 'orphan');
    expect(one.filter((kind) => done.injected.filter((strike) => strike.kind === kind).length < 4)).toEqual([]);
    expect(done.echoes).toHaveLength(40);
    const changed = new Map(done.injected.map((strike) => [strike.offer_id, strike.facet]));
    const after = await digests();
    for (const [key, was] of before) {
      const differing = Object.keys(was).filter((facet) => was[facet] !== after.get(key)?.[facet]);
      expect([key, differing]).toEqual([key, changed.has(key) ? [changed.get(key)] : []]);
    }
  });

  it('go past the date of the last change about as often as not', async () => {
    const start = new Map((await world.walk(100)).map((goods) => [goods.sku, goods.date_modified]));
    await world.jump(60);
    const done = await scramble({ seed: 3, cards: 60, kinds: ['text-changed', 'price', 'photo-lost'] });
    const moved = (await world.walk(100)).filter((goods) => start.get(goods.sku) !== goods.date_modified).map((goods) => goods.sku);
    const struck = new Set(done.injected.map((strike) => strike.offer_id));
    expect(moved.filter((sku) => !struck.has(sku))).toEqual([]);
    expect(moved.length).toBeGreaterThan(10);
    expect(moved.length).toBeLessThan(50);
  });

  it('repeat with the same seed', async () => {
    const essence = ({ injected: list, echoes }: Scrambled): unknown => [list.map((strike) => [strike.offer_id, strike.kind, strike.facet]), echoes];
    const first = essence(await scramble({ seed: 's', cards: 30, echo_cards: 10 }));
    await anew();
    expect(essence(await scramble({ seed: 's', cards: 30, echo_cards: 10 }))).toEqual(first);
  });

  it('make goods vanish and appear, and are told when they are made anew', async () => {
    const done = await scramble({ seed: 1, cards: 4, kinds: ['missing', 'orphan'], at_least_each: 2 });
    const gone = done.injected.find((strike) => strike.kind === 'missing')?.offer_id ?? '';
    const orphan = done.injected.find((strike) => strike.kind === 'orphan')?.offer_id ?? '';
    expect(await goodsOf(gone)).toBeUndefined();
    const extra = await goodsOf(orphan);
    await world.create({ name: 'Снова', sku: gone });
    await world.api(`/products/${extra?.id}`, { method: 'DELETE' });
    const now = await injected();
    expect([gone, orphan].map((key) => now.find((strike) => strike.offer_id === key)?.restored)).toEqual([true, true]);
  });

  it('are put right by a patch of one field; the same once more is needless', async () => {
    const sku = 'SYN-000001';
    const before = await goodsOf(sku);
    await scramble({ seed: 2, cards: 1, kinds: ['text-changed'], offer_ids: [sku] });
    const [strike] = await injected();
    const body = strike?.facet === 'title' ? { name: before?.name } : { description: before?.description };
    for (const key of ['A', 'B'] as const) await world.api(`/products/${before?.id}`, { method: 'PUT', body, key });
    expect(await injected()).toMatchObject([{ offer_id: sku, restored: true, stayed: true }]);
    const writes = (await ledger()).filter((entry) => entry.offer_id === sku);
    expect(writes.map(({ key, method }) => [key, method])).toEqual([
      ['gremlin', 'text-changed'],
      ['A', 'PUT /products/{id}'],
      ['B', 'PUT /products/{id}'],
    ]);
    expect(writes.map((entry) => entry.facets.some((facet) => facet.needless))).toEqual([false, false, true]);
  });
});

describe('one card', () => {
  it('is trashed, restored, hidden, released by a person, and shown to buyers', async () => {
    const key = 'SYN-000002';
    expect((await truth(key)).buyer_view).toMatchObject({ buyable: true, found: true });
    await world.control(`/cards/${key}/trash`, {});
    expect((await truth(key)).facets['presence']?.value).toBe('trashed');
    await world.control(`/cards/${key}/restore`, {});
    await world.control(`/cards/${key}/hide`, {});
    expect((await truth(key)).buyer_view).toMatchObject({ buyable: false, found: false });
    await world.control(`/cards/${key}/release`, {});
    const { buyer_view: view } = await truth(key);
    const page = await (await fetch(world.url + view.page)).text();
    expect(page).toContain(view.title);
    expect(page).toContain(`${view.price} ₽`);
    expect((await world.control('/cards/NOBODY/trash', {})).status).toBe(404);
  });

  it('comes back from the trash by the API, which is no word about who may see it', async () => {
    const key = 'SYN-000003';
    await world.control(`/cards/${key}/trash`, {});
    const { product_id: id } = await truth(key);
    await world.api(`/products/${id}`, { method: 'PUT', body: { status: 'publish' } });
    expect((await ledger()).at(-1)).toMatchObject({ key: 'A', offer_id: key, facets: [{ facet: 'presence', changed: true, needless: false }] });
  });

  it('of a variation is its own, broken and put right alone', async () => {
    const key = 'SYN-000008-M';
    const before = await digests();
    const { product_id: parent, variation_id: id, facets } = await truth(key);
    const price = facets['price']?.value as { regular_price: string };
    await scramble({ seed: 5, cards: 1, kinds: ['price'], offer_ids: [key] });
    expect(await injected()).toMatchObject([{ offer_id: key, facet: 'price', restored: false }]);
    const after = await digests();
    expect([...after].filter(([one, now]) => JSON.stringify(now) !== JSON.stringify(before.get(one))).map(([one]) => one)).toEqual([key]);
    await world.api(`/products/${parent}/variations/${id}`, { method: 'PUT', body: { regular_price: price.regular_price, sale_price: '' } });
    expect(await injected()).toMatchObject([{ offer_id: key, restored: true }]);
    expect((await ledger()).at(-1)).toMatchObject({ key: 'A', offer_id: key, facets: [{ facet: 'price', changed: true }] });
    expect(before.has('SYN-000008')).toBe(false);
    expect((await truth('SYN-000008')).product_id).toBe(parent);
  });

  it('has other bytes behind the same address after a repaint', async () => {
    const goods = await goodsOf('SYN-000004');
    const bytes = async (): Promise<Buffer> => Buffer.from(await (await fetch(goods?.images[0]?.src ?? '')).arrayBuffer());
    const before = await bytes();
    await world.control('/cards/SYN-000004/repaint', {});
    expect((await goodsOf('SYN-000004'))?.images[0]?.src).toBe(goods?.images[0]?.src);
    expect((await bytes()).equals(before)).toBe(false);
  });
});

it('goes on after a kill with goods, terms, files, orders, scrambles, webhooks and what is on its way', async () => {
  const category = await world.api<{ id: number }>('/products/categories', { body: { name: 'Осталась' } });
  const goods = await world.create({
    name: 'Осталось',
    sku: 'KEPT-1',
    categories: [{ id: category.body.id }],
    images: [{ src: world.picture('kept') }],
    regular_price: '10',
    stock_quantity: 3,
  });
  await world.api('/webhooks', { body: { topic: 'product.updated', delivery_url: world.hooks.url, secret: 's' } });
  await world.api('/orders', { body: { status: 'processing', line_items: [{ product_id: goods.id, quantity: 1 }] } });
  await world.api(`/products/${goods.id}`, { method: 'PUT', body: { name: 'Осталось и изменилось' } });
  await scramble({ seed: 4, cards: 10, echo_cards: 3 });
  const state = async (): Promise<unknown> => [await digests(), await injected(), await ledger()];
  const before = await state();
  await world.killed();
  expect(await state()).toEqual(before);
  expect((await world.api<unknown[]>('/orders')).body).toHaveLength(1);
  world.hooks.received.length = 0;
  await world.jump(600);
  expect(world.hooks.received.map(({ headers }) => headers['x-wc-webhook-topic'])).toContain('product.updated');
  const next = await world.create({ name: 'Следующее', images: [{ id: goods.images[0]?.id }] });
  expect(next.id).toBeGreaterThan(goods.id);
  expect((await fetch(next.images[0]?.src.replace(/^http:\/\/[^/]+/, world.url) ?? '')).status).toBe(200);
});

it('is described by its document', async () => {
  const saved: unknown = JSON.parse(readFileSync(new URL('../apps/sandbox/woocommerce/control.openapi.json', import.meta.url), 'utf8'));
  expect(await describeMarket('woocommerce')).toEqual(saved);
});

import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { woocommerce } from '#channels/woocommerce';
import { checkFacetRules } from '#reconcile';
import { MarketAccount } from './market-account.js';
import { wooWorld, type Goods, type WooWorld } from './sandbox-woocommerce-world.js';

/** The whole loop over the WooCommerce adapter and the simulated shop: a catalog becomes products and variations, and what others do to them is put right. */
export function describeAccount(release: 9 | 11): void {
  let world: WooWorld;
  let account: MarketAccount;
  let simple: string[];
  let variants: { sku: string; code: string }[];
  beforeAll(async () => {
    world = await wooWorld({ limits: 'off', release });
    account = await MarketAccount.open(woocommerce, world, {
      products: 12,
      // While the shop answers that it has made something, the walks of the sweep already see it.
      through: (request, opened) => async (call) => {
        const answer = await request(call);
        if (call.writes && (call.body as { create?: unknown }).create !== undefined) await opened().runner.nudge('sweep', true);
        return answer;
      },
    });
    const { rows } = await account.pool.query<{ sku: string; code: string | null }>(
      'SELECT p.sku, m.code FROM product p LEFT JOIN product_model m ON m.id = p.model_id ORDER BY p.id',
    );
    simple = rows.filter((row) => row.code === null).map((row) => row.sku);
    variants = rows.flatMap(({ sku, code }) => (code === null ? [] : [{ sku, code }]));
  }, 60_000);
  afterAll(() => account.close());

  const goods = async (sku: string): Promise<Goods> => {
    const { body } = await world.api<Goods[]>(`/products?sku=${encodeURIComponent(sku)}`, { key: 'B' });
    const [one] = body;
    if (one === undefined) throw new Error(`${sku} is not in the shop`);
    return one;
  };
  const attachments = async (): Promise<number> => {
    const { attachments: number } = (await world.control<{ attachments?: number }>('/stats')).body;
    if (number === undefined) throw new Error('the shop does not count its attachments');
    return number;
  };

  describe(`an account on WooCommerce ${release}`, () => {
    afterEach(async () => {
      expect(await checkFacetRules(account.pool)).toEqual([]);
    });

    it('makes a product of every product, and one product with variations of every model', async () => {
      expect(variants.length).toBeGreaterThan(1);
      await account.until(() => account.inSync(), 'first sync');
      expect(await account.drifts()).toEqual([]);
      const codes = [...new Set(variants.map(({ code }) => code))];
      expect((await world.control<{ cards: number }>('/health')).body.cards).toBe(simple.length + variants.length);
      for (const code of codes) {
        const group = await goods(code);
        const skus = variants.filter((variant) => variant.code === code).map(({ sku }) => sku);
        expect(group).toMatchObject({ type: 'variable', status: 'publish', name: (await account.products.read.get(skus[0] ?? ''))?.document.model?.title });
        expect(group.variations).toHaveLength(skus.length);
        for (const sku of skus) expect(await goods(sku)).toMatchObject({ type: 'variation', parent_id: group.id, purchasable: true });
      }
    }, 90_000);

    it('puts right what gremlins do', async () => {
      const scrambled = await world.control<{ injected: { kind: string }[] }>('/gremlins', { seed: 3, cards: 6 });
      expect(scrambled.body.injected.length).toBeGreaterThan(0);
      await account.until(async () => (await account.restored()) && (await account.inSync()), 'repair');
    }, 120_000);

    it('brings back a whole model that somebody threw away: the shop keeps its variations in the trash and names them no more', async () => {
      const [{ sku = '', code = '' } = {}] = variants;
      const skus = variants.filter((variant) => variant.code === code).map((variant) => variant.sku);
      const ids = (await Promise.all(skus.map(goods))).map(({ id }) => id);
      await account.act(sku, 'trash');
      for (let left = 3; left > 0; left -= 1) await account.round();
      expect((await account.drifts()).filter((drift) => drift.startsWith('presence'))).not.toContainEqual(expect.stringMatching(/missing/));
      await account.until(() => account.inSync(), 'recovery');
      const back = await Promise.all(skus.map(goods));
      expect(back.map(({ id, status }) => [id, status])).toEqual(ids.map((id) => [id, 'publish']));
    }, 60_000);

    it('takes no picture in twice, although the answers are lost', async () => {
      const [one = '', ...others] = simple;
      const media = async (sku: string) => (await account.products.read.get(sku))?.document.media ?? [];
      const own = await media(one);
      const foreign = new Map((await Promise.all(others.map(media))).flat().map((picture) => [picture.digest, picture]));
      const fresh = [...foreign.values()].filter(({ digest }) => own.every((picture) => picture.digest !== digest)).slice(0, 3);
      expect(fresh).toHaveLength(3);
      const wanted = [...own.slice(0, 1), ...fresh];
      const before = await attachments();
      await world.control('/faults', { rules: [{ match: { path: 'PUT /products/{id}' }, kind: 'lost_answer', count: 2 }] });
      const current = await account.products.read.get(one);
      await account.products.patch(one, { basedOn: current?.revision ?? 0, patch: { media: wanted }, author: 'test', cause: { kind: 'person' } });
      await account.until(async () => (await goods(one)).images.length === wanted.length && (await account.inSync()), 'the pictures');
      expect((await world.control<{ rules: { fired: number }[] }>('/faults')).body.rules[0]?.fired).toBe(2);
      expect(await attachments()).toBe(before + fresh.length);
      await world.control('/faults', { rules: [] });
    }, 90_000);

    // What no release does in a way of its own is looked at once.
    if (release !== 11) return;

    it('writes nothing while nothing changes', async () => {
      const before = await account.lastWrite();
      for (let left = 4; left > 0; left -= 1) await account.round();
      expect(await account.lastWrite()).toBe(before);
    }, 60_000);

    it('brings back what somebody threw away or hid', async () => {
      const [thrown = '', hidden = ''] = simple;
      await account.act(thrown, 'trash');
      await account.act(hidden, 'hide');
      await account.until(async () => (await account.inSync()) && (await account.drifts()).filter((drift) => /^presence .* healed$/.test(drift)).length >= 2, 'recovery');
      expect([(await goods(thrown)).status, (await goods(hidden)).status]).toEqual(['publish', 'publish']);
    }, 60_000);

    it('brings an edit of the master: exact kopecks, counted stock, and no picture twice', async () => {
      const [sku = ''] = simple;
      const current = await account.products.read.get(sku);
      const [first, ...others] = current?.document.media ?? [];
      const before = await attachments();
      const patch = {
        title: 'Новое имя & прочее',
        price: { minor: 10_050, currency: 'RUB' },
        oldPrice: null,
        minPrice: null,
        stock: { main: 3 },
        media: [...others, ...(first === undefined ? [] : [first])],
      };
      await account.products.patch(sku, { basedOn: current?.revision ?? 0, patch, author: 'test', cause: { kind: 'person' } });
      await account.until(async () => (await goods(sku)).regular_price === '100.5' && (await account.inSync()), 'the edit');
      expect(await goods(sku)).toMatchObject({ name: 'Новое имя &amp; прочее', price: '100.5', sale_price: '', stock_quantity: 3, manage_stock: true });
      expect(await attachments()).toBe(before);
    }, 60_000);

    it('sees an order within a minute and never raises what was sold', async () => {
      const [sku = ''] = simple;
      await account.act(sku, 'order');
      await account.until(() => account.inSync(), 'the order');
      for (let left = 3; left > 0; left -= 1) await account.round();
      expect((await goods(sku)).stock_quantity).toBe(2);
    }, 60_000);
  });
}

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { item, runSandbox, type TestSandbox } from '../apps/sandbox/testing/running.js';

interface Row {
  offer_id: string;
  updated: boolean;
  errors: { code: string }[];
}
interface Info {
  items: { id: number; price: string; stocks: { stocks: { present: number; reserved: number }[] }; statuses: { status_name: string }; images: string[]; primary_image: string[] }[];
}

const WAREHOUSE = 22142605386000;
const FLAGS = { auto_action_enabled: 'UNKNOWN', auto_add_to_ozon_actions_list_enabled: 'UNKNOWN', price_strategy_enabled: 'UNKNOWN' };
let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await runSandbox();
});
afterAll(() => sandbox.close());

async function created(offerId: string, over: object = {}): Promise<void> {
  const { body } = await sandbox.api<{ result: { task_id: number } }>('/v3/product/import', { items: [item(offerId, over)] });
  await sandbox.finish(body.result.task_id);
  await sandbox.jump(601);
}
const price = async (offerId: string, over: object): Promise<Row> => {
  const { body } = await sandbox.api<{ result: Row[] }>('/v1/product/import/prices', { prices: [{ offer_id: offerId, ...FLAGS, ...over }] });
  if (!body.result[0]) throw new Error('no row');
  return body.result[0];
};
const stock = async (offerId: string, amount: number, warehouse = WAREHOUSE): Promise<Row> => {
  const { body } = await sandbox.api<{ result: Row[] }>('/v2/products/stocks', { stocks: [{ offer_id: offerId, stock: amount, warehouse_id: warehouse }] });
  if (!body.result[0]) throw new Error('no row');
  return body.result[0];
};
const info = async (offerId: string): Promise<Info['items'][number]> => {
  const { body } = await sandbox.api<Info>('/v3/product/info/list', { offer_id: [offerId] });
  if (!body.items[0]) throw new Error('no card');
  return body.items[0];
};
const listed = async (visibility: string): Promise<string[]> => {
  const { body } = await sandbox.api<{ result: { items: { offer_id: string }[] } }>('/v3/product/list', { filter: { visibility }, limit: 1000 });
  return body.result.items.map((i) => i.offer_id);
};

describe('prices', () => {
  it.each([
    [{ price: '300', old_price: '315' }, 'discount_for_low_price_is_too_small'],
    [{ price: '1000', old_price: '1040' }, 'discount_for_average_price_is_too_small'],
    [{ price: '1000', old_price: '10001' }, 'discount_too_big'],
    [{ price: '1000', old_price: '900' }, 'old_price_less_than_price'],
    [{ price: '1000', old_price: '0', min_price: '400' }, 'min_auto_price_too_small'],
    [{ price: '1000', old_price: '0', min_price: '1000' }, 'min_auto_price_too_big'],
    [{ price: '0', old_price: '0' }, 'price_negative'],
  ])('%j is refused with %s', async (over, code) => {
    const offerId = `PR-${code.length}-${(over.price ?? '').length}`;
    await created(offerId);
    const row = await price(offerId, over);
    expect([row.updated, row.errors.map((e) => e.code)]).toEqual([false, [code]]);
    expect((await info(offerId)).price).toBe('1000.00');
  });

  it('jumping by more than half puts the card in quarantine until somebody releases it', async () => {
    await created('Q-1');
    await stock('Q-1', 4);
    expect(await listed('IN_SALE')).toContain('Q-1');
    expect((await price('Q-1', { price: '400', old_price: '0' })).updated).toBe(true);
    expect(await listed('QUARANTINE')).toEqual(['Q-1']);
    expect(await listed('IN_SALE')).not.toContain('Q-1');
    await sandbox.control('/cards/Q-1/release', {});
    expect(await listed('IN_SALE')).toContain('Q-1');
  });

  it('change at most ten times an hour for one product', async () => {
    await created('H-1');
    const rows = [];
    for (let i = 0; i < 11; i++) rows.push((await price('H-1', { price: String(1000 + i), old_price: '0' })).updated);
    expect(rows).toEqual([...Array<boolean>(10).fill(true), false]);
    await sandbox.jump(3601);
    expect((await price('H-1', { price: '1001' })).updated).toBe(true);
  });
});

describe('stock', () => {
  it('cannot be set before moderation is over, in a closed warehouse, or twice in 30 seconds', async () => {
    const { body } = await sandbox.api<{ result: { task_id: number } }>('/v3/product/import', { items: [item('ST-1')] });
    await sandbox.finish(body.result.task_id);
    expect((await stock('ST-1', 1)).errors[0]?.code).toBe('product_is_not_created');
    await sandbox.jump(601);
    expect((await stock('ST-1', 1, WAREHOUSE + 1)).errors[0]?.code).toBe('WAREHOUSE_NOT_FOUND');
    expect((await stock('ST-1', 3)).updated).toBe(true);
    expect((await stock('ST-1', 4)).errors[0]?.code).toBe('TOO_MANY_REQUESTS');
    await sandbox.jump(30);
    expect((await stock('ST-1', 4)).updated).toBe(true);
    expect((await info('ST-1')).stocks.stocks).toEqual([expect.objectContaining({ present: 4, reserved: 0 })]);
  });

  it('is refused for an archived card, which no list but ARCHIVED shows', async () => {
    await created('AR-1');
    await sandbox.api('/v1/product/archive', { product_id: [(await info('AR-1')).id] });
    expect((await stock('AR-1', 1)).errors[0]?.code).toBe('PRODUCT_IS_ARCHIVED');
    expect(await listed('ALL')).not.toContain('AR-1');
    expect(await listed('ARCHIVED')).toEqual(['AR-1']);
  });
});

describe('pictures', () => {
  it('are fetched once, served as JPEG from the CDN, kept by address and by CDN address, and reported when they fail', async () => {
    const [one, two] = [sandbox.picture('one'), sandbox.picture('two')];
    await created('PI-1', { images: [one, two] });
    const first = await info('PI-1');
    const urls = [...first.primary_image, ...first.images];
    expect(urls).toHaveLength(2);
    expect(urls.every((u) => u.startsWith(`${sandbox.url}/ozon-cdn/`))).toBe(true);
    const jpeg = await fetch(String(urls[0]));
    expect(jpeg.headers.get('content-type')).toBe('image/jpeg');
    expect(Buffer.from(await jpeg.arrayBuffer()).subarray(0, 2)).toEqual(Buffer.from([0xff, 0xd8]));
    const asked = sandbox.pictureRequests();
    const send = async (images: string[]): Promise<{ status: string; errors: { code: string }[] } | undefined> => {
      const { body } = await sandbox.api<{ task_id: number }>('/v2/product/pictures/import', { items: [{ offer_id: 'PI-1', images }] });
      const [result] = await sandbox.finish(body.task_id);
      await sandbox.jump(601);
      return result;
    };
    expect((await send([one, two]))?.status).toBe('skipped');
    expect((await send([String(urls[0]), two]))?.status).toBe('skipped');
    expect(sandbox.pictureRequests()).toBe(asked);
    const partly = await send([two, sandbox.picture('broken')]);
    expect([partly?.status, partly?.errors.map((e) => e.code)]).toEqual(['imported', ['some_image_failed']]);
    const after = await info('PI-1');
    expect([...after.primary_image, ...after.images]).toEqual([urls[1]]);
    const pictures = await sandbox.api<{ items: { errors: { url: string }[] }[] }>('/v2/product/pictures/info', { product_id: [String(after.id)] });
    expect(pictures.body.items[0]?.errors.map((e) => e.url)).toEqual([sandbox.picture('broken')]);
    expect((await send([sandbox.picture('broken')]))?.status).toBe('failed');
  });
});

describe('floors and orders', () => {
  it('hold a floor against promotions for thirty days, and longer when it is renewed', async () => {
    await created('FLOOR-1');
    const holds = async (): Promise<boolean | undefined> => {
      const { id } = await info('FLOOR-1');
      const { body } = await sandbox.api<{ statuses: { min_price_for_auto_actions_enabled: boolean }[] }>('/v1/product/action/timer/status', { product_ids: [String(id)] });
      return body.statuses[0]?.min_price_for_auto_actions_enabled;
    };
    expect(await holds()).toBe(false);
    expect((await price('FLOOR-1', { price: '1000', old_price: '0', min_price: '800', min_price_for_auto_actions_enabled: true })).updated).toBe(true);
    await sandbox.jump(29 * 86_400);
    expect(await holds()).toBe(true);
    await sandbox.api('/v1/product/action/timer/update', { product_ids: [String((await info('FLOOR-1')).id)] });
    await sandbox.jump(2 * 86_400);
    expect(await holds()).toBe(true);
    await sandbox.jump(29 * 86_400);
    expect(await holds()).toBe(false);
    expect((await info('FLOOR-1')).price).toBe('1000.00');
  });

  it('keep what an order holds back out of what can be sold, until it is cancelled', async () => {
    await created('HELD-1');
    await stock('HELD-1', 5);
    await sandbox.control('/cards/HELD-1/reserve', {});
    expect((await info('HELD-1')).stocks.stocks).toMatchObject([{ present: 5, reserved: 1 }]);
    await sandbox.control('/cards/HELD-1/unreserve', {});
    expect((await info('HELD-1')).stocks.stocks).toMatchObject([{ present: 5, reserved: 0 }]);
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ANALYTICS, CONTENT, LONG, MARKETPLACE, PRICES, wildberriesWorld, type ListedCard, type WildberriesWorld } from './sandbox-wildberries-world.js';

let world: WildberriesWorld;
let cards: ListedCard[];
let warehouse: number;
beforeAll(async () => {
  world = await wildberriesWorld();
  await world.control('/seed', { cabinet: { limits: 'off' } });
  cards = await world.create('OFFER-1', 'OFFER-2', 'OFFER-3', 'OFFER-4', 'OFFER-5', 'OFFER-6');
  warehouse = (await world.api<{ id: number }[]>(`${MARKETPLACE}/warehouses`)).body[0]?.id ?? 0;
});
afterAll(() => world.close());

const card = (at: number): ListedCard => cards[at] as ListedCard;
const chrt = (at: number): number => card(at).sizes[0]?.chrtID ?? 0;

interface Envelope<T> {
  data: T;
  error: boolean;
  errorText: string;
}
const send = (data: object[], kind = '') => world.api<Envelope<{ id: number; alreadyExists: boolean }>>(`${PRICES}/upload/task${kind}`, { body: { data } });
const state = (id: number) => world.api<Envelope<{ status: number; overAllGoodsNumber: number; successGoodsNumber: number } | null>>(`${PRICES}/history/tasks?uploadID=${id}`);
const items = async (id: number): Promise<{ nmID: number; status: number; errorText: string }[]> =>
  (await world.api<{ data: { historyGoods: { nmID: number; status: number; errorText: string }[] } }>(`${PRICES}/history/goods/task?limit=1000&uploadID=${id}`)).body.data
    .historyGoods;
interface Goods {
  nmID: number;
  sizes: { sizeID: number; price: number; discountedPrice: number; clubDiscountedPrice: number }[];
  discount: number;
  isBadTurnover?: boolean;
}
const goods = async (at: number): Promise<Goods | undefined> =>
  (await world.api<Envelope<{ listGoods: Goods[] }>>(`${PRICES}/list/goods/filter`, { body: { nmList: [card(at).nmID] } })).body.data.listGoods[0];
const priced = async (at: number, price: number, discount = 0): Promise<number> => {
  const { body } = await send([{ nmID: card(at).nmID, price, discount }]);
  await world.jump(LONG);
  return body.data.id;
};

describe('prices', () => {
  it('are a task that ends as 3, and are exact to the kopeck', async () => {
    const sent = await send([{ nmID: card(0).nmID, price: 500, discount: 30 }]);
    expect([sent.status, sent.body.data.alreadyExists]).toEqual([200, false]);
    expect((await state(sent.body.data.id)).body.data).toBeNull();
    const again = await send([{ nmID: card(0).nmID, price: 500, discount: 30 }]);
    expect([again.status, again.body.data, again.body.errorText]).toEqual([208, { id: sent.body.data.id, alreadyExists: true }, 'This task already exists']);
    await world.jump(LONG);
    expect((await state(sent.body.data.id)).body.data).toMatchObject({ status: 3, overAllGoodsNumber: 1, successGoodsNumber: 1 });
    await send([{ nmID: card(0).nmID, clubDiscount: 5 }], '/club-discount');
    await world.jump(LONG);
    expect((await goods(0))?.sizes[0]).toMatchObject({ sizeID: chrt(0), price: 500, discountedPrice: 350, clubDiscountedPrice: 332.5 });
  });

  it('that are set already are refused with a 400', async () => {
    await priced(1, 900, 10);
    const again = await send([{ nmID: card(1).nmID, price: 900, discount: 10 }]);
    expect([again.status, again.body.errorText]).toEqual([400, 'The specified prices and discounts are already set']);
    const mixed = await send([
      { nmID: card(1).nmID, price: 900, discount: 10 },
      { nmID: 5, price: 1 },
    ]);
    expect([mixed.status, mixed.body.errorText]).toEqual([400, 'All item Nos. are specified incorrectly, or the specified prices and discounts are already set']);
  });

  it('three times lower than the present one are held back, and the old one stays', async () => {
    await priced(2, 3000, 0);
    const id = await priced(2, 1000, 0);
    expect((await state(id)).body.data?.status).toBe(6);
    expect((await items(id))[0]).toMatchObject({ status: 3, errorText: 'The new price is several times lower than the current price. Item has been moved to Price Quarantine' });
    expect((await goods(2))?.sizes[0]?.price).toBe(3000);
    const held = await world.api<Envelope<{ quarantineGoods: object[] }>>(`${PRICES}/quarantine/goods?limit=10`);
    expect(held.body.data.quarantineGoods).toEqual([
      { nmID: card(2).nmID, sizeID: null, techSizeName: '', currencyIsoCode4217: 'RUB', newPrice: 1000, oldPrice: 3000, newDiscount: 0, oldDiscount: 0, priceDiff: -2000 },
    ]);
    await priced(2, 1001, 0);
    expect((await goods(2))?.sizes[0]?.price).toBe(1001);
    expect((await world.api<Envelope<{ quarantineGoods: object[] }>>(`${PRICES}/quarantine/goods?limit=10`)).body.data.quarantineGoods).toEqual([]);
  });

  it('are refused while the market sells the goods off; other goods of the upload pass', async () => {
    await priced(3, 1000, 0);
    await world.control('/cards/OFFER-4/force-sale', {});
    const { body } = await send([
      { nmID: card(3).nmID, price: 990, discount: 0 },
      { nmID: card(4).nmID, price: 990 },
    ]);
    await world.jump(LONG);
    expect((await state(body.data.id)).body.data?.status).toBe(5);
    expect((await items(body.data.id)).map((one) => [one.status, one.errorText])).toEqual([
      [3, "You can't change the item price. Item was added to the Sale due to high inventory"],
      [2, ''],
    ]);
    expect((await goods(3))?.isBadTurnover).toBe(true);
  });

  it('by size are taken only where the goods may have them, and know no quarantine', async () => {
    const bySize = async (price: number): Promise<string | undefined> => {
      const { body } = await send([{ nmID: card(4).nmID, sizeID: chrt(4), price }], '/size');
      await world.jump(LONG);
      return (await items(body.data.id))[0]?.errorText;
    };
    expect(await bySize(950)).not.toBe('');
    await world.control('/cards/OFFER-5/price-by-size', {});
    expect(await bySize(100)).toBe('');
    expect((await goods(4))?.sizes[0]?.price).toBe(100);
  });

  it.each([
    ['nothing', [], 'Empty data'],
    ['no price', [{ nmID: 5 }], 'Price and discount not specified'],
    ['kopecks', [{ nmID: 5, price: 9.5 }], 'Price should be a whole number'],
    ['zero', [{ nmID: 5, price: 0 }], 'Invalid price value'],
    ['a whole discount', [{ nmID: 5, discount: 100 }], 'Invalid discount value'],
    [
      'twice the same',
      [
        { nmID: 5, price: 1 },
        { nmID: 5, price: 2 },
      ],
      'Duplicate item Nos.',
    ],
    ['too many', Array.from({ length: 1001 }, (_, i) => ({ nmID: i + 1, price: 1 })), 'Upload limit exceeded: You can upload a maximum of 1 000 items'],
  ])('of %s are refused at once', async (_what, data, errorText) => {
    const { status, body } = await send(data);
    expect([status, body]).toEqual([400, { data: null, error: true, errorText }]);
  });
});

describe('stocks', () => {
  const put = (stocks: object[], id = warehouse) => world.api<{ code: string } & { code: string }[]>(`${MARKETPLACE}/stocks/${id}`, { method: 'PUT', body: { stocks } });
  const read = async (...chrtIds: number[]) =>
    (await world.api<{ stocks: { chrtId: number; amount: number }[] }>(`${MARKETPLACE}/stocks/${warehouse}`, { body: { chrtIds } })).body.stocks;

  it('are written by chrtId and read back', async () => {
    expect((await put([{ chrtId: chrt(0), amount: 7 }])).status).toBe(204);
    expect(await read(chrt(0), chrt(1))).toEqual([{ chrtId: chrt(0), amount: 7 }]);
    await world.control('/cards/OFFER-1/order', {});
    expect(await read(chrt(0))).toEqual([{ chrtId: chrt(0), amount: 6 }]);
  });

  it('are passed over in silence under a wrong name or an unknown size', async () => {
    expect((await put([{ chrtID: chrt(1), amount: 9 }])).status).toBe(204);
    expect((await put([{ chrtId: 12, amount: 9 }])).status).toBe(204);
    expect(await read(chrt(1), 12)).toEqual([]);
  });

  it('by barcode are refused, as are too many and those of an unknown warehouse', async () => {
    expect((await put([{ sku: '4600000000017', amount: 1 }])).body.code).toBe('SKUUploadDisabled');
    const much = await put([{ chrtId: chrt(1), amount: 100_001 }]);
    expect([much.status, much.body]).toEqual([409, [{ code: 'UploadDataLimit', message: 'Upload limit exceeded.', data: [{ chrtId: chrt(1), amount: 100_001 }] }]]);
    expect((await put([{ chrtId: chrt(1), amount: 1 }], 5)).status).toBe(404);
  });

  it('are deleted for good', async () => {
    await put([{ chrtId: chrt(2), amount: 3 }]);
    expect((await world.api(`${MARKETPLACE}/stocks/${warehouse}`, { method: 'DELETE', body: { chrtIds: [chrt(2)] } })).status).toBe(204);
    expect(await read(chrt(2))).toEqual([]);
  });

  it('stand in the report of the seller’s warehouses', async () => {
    const { status, body } = await world.api<{ data: { items: object[] } }>(`${ANALYTICS}/analytics/v1/stocks-report/seller-warehouses`, { body: { nmIds: [card(0).nmID] } });
    expect([status, body.data.items]).toEqual([200, [expect.objectContaining({ chrtId: chrt(0), warehouseId: warehouse, quantity: 6 })]]);
  });
});

describe('what hides a card', () => {
  const rating = () =>
    world.api<{ data: { items: { nmId: number; isShadowed: boolean }[] } }>(`${ANALYTICS}/analytics/v2/item-rating`, {
      body: { currentPeriod: { start: '2026-11-01', end: '2026-11-20' }, onlyShadowedNms: true, orderBy: { field: 'feedbackCount', mode: 'desc' }, limit: 1000, offset: 0 },
    });
  const blocked = () => world.api<{ report: { vendorCode: string; reason: string }[] }>(`${ANALYTICS}/v1/analytics/banned-products/blocked?sort=nmId&order=asc`);

  it('is told by the reports, until the cabinet lifts it', async () => {
    await world.control('/cards/OFFER-1/shadow', {});
    await world.control('/cards/OFFER-2/block', {});
    expect((await rating()).body.data.items).toEqual([expect.objectContaining({ nmId: card(0).nmID, isShadowed: true })]);
    expect((await blocked()).body.report).toEqual([expect.objectContaining({ vendorCode: 'OFFER-2', reason: 'Контактные данные на фотографии товара' })]);
    for (const article of ['OFFER-1', 'OFFER-2']) await world.control(`/cards/${article}/release`, {});
    expect([(await rating()).body.data.items, (await blocked()).body.report]).toEqual([[], []]);
  });

  it('asks for the words it needs', async () => {
    const { status, body } = await world.api<{ detail: string }>(`${ANALYTICS}/v1/analytics/banned-products/blocked`);
    expect([status, body.detail]).toEqual([400, 'missing sort']);
  });
});

describe('the trash', () => {
  const move = (what: string, ...nmIDs: number[]) => world.api(`${CONTENT}/cards/${what}`, { body: { nmIDs } });

  it('gives a new imtID, and recovery keeps it; the card goes on selling meanwhile', async () => {
    const before = card(5);
    await move('delete/trash', before.nmID);
    expect(await world.find('OFFER-6')).toBeUndefined();
    const trash = await world.api<{ cards: { nmID: number }[]; cursor: { total: number } }>(`${CONTENT}/get/cards/trash`, { body: { settings: { cursor: { limit: 100 } } } });
    expect([trash.body.cards.map((one) => one.nmID), trash.body.cursor.total]).toEqual([[before.nmID], 1]);
    await move('recover', before.nmID);
    const after = await world.find('OFFER-6');
    expect(after?.imtID).not.toBe(before.imtID);
    expect((await move('delete/trash', 77)).status).toBe(400);
  });

  it('is emptied of what has lain there for thirty days with nothing to sell', async () => {
    await world.api(`${MARKETPLACE}/stocks/${warehouse}`, { method: 'PUT', body: { stocks: [{ chrtId: chrt(4), amount: 2 }] } });
    await move('delete/trash', card(4).nmID, card(5).nmID);
    await world.jump(31 * 86_400);
    await world.jump(86_400);
    expect((await world.control<{ facets: { presence: { value: string } } }>('/cards/OFFER-5')).body.facets.presence.value).toBe('trashed');
    expect((await world.control('/cards/OFFER-6')).status).toBe(404);
  });
});

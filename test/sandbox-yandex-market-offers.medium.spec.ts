import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { BUSINESS, LONG, SECOND_STORE, STORE, yandexMarketWorld, type YandexMarketWorld } from './sandbox-yandex-market-world.js';

let world: YandexMarketWorld;
beforeAll(async () => {
  world = await yandexMarketWorld();
}, 60_000);
afterAll(() => world.close());
beforeEach(async () => {
  await world.control('/reset', { seed: 'offers', cabinet: { limits: 'off' } });
  await world.control('/seed', { cards: 3 });
  await world.create('A-1');
});

const price = async (offerId = 'A-1') =>
  (await world.business<{ result: { offers: { price: Record<string, unknown> }[] } }>('/offer-prices', { offerIds: [offerId] })).result.offers[0]?.price;
const held = async () => (await world.business<{ result: { offers: { offerId: string; verdicts: { type: string; params: object[] }[] }[] } }>('/price-quarantine')).result.offers;
const refusal = async (path: string, body: unknown, method = 'POST') => {
  const { status, body: answer } = await world.api<{ errors: { message: string }[] }>(path, { method, body });
  return [status, answer.errors?.[0]?.message];
};
const priced = (value: number, more: object = {}) => ({ offers: [{ offerId: 'A-1', price: { value, currencyId: 'RUR', ...more } }] });

describe('a price', () => {
  it('shows later, and loses its discount when none is sent with it', async () => {
    expect(await world.business('/offer-prices/updates', priced(3500, { minimumForBestseller: 3000 }))).toEqual({ status: 'OK' });
    expect(await price()).toMatchObject({ value: 3990, discountBase: 4990 });
    await world.jump(LONG);
    expect(await price()).toMatchObject({ value: 3500, minimumForBestseller: 3000, currencyId: 'RUR' });
    expect(await price()).not.toHaveProperty('discountBase');
    await world.business('/offer-prices/updates', priced(3499.5));
    await world.jump(LONG);
    expect(await price()).toEqual(expect.objectContaining({ value: 3499.5 }));
    expect(await price()).not.toHaveProperty('minimumForBestseller');
  });

  it('that jumps is taken with OK and goes to the quarantine, until it is confirmed', async () => {
    expect(await world.business('/offer-prices/updates', priced(1000))).toEqual({ status: 'OK' });
    await world.jump(LONG);
    expect(await price()).toMatchObject({ value: 3990 });
    expect(await held()).toEqual([
      {
        offerId: 'A-1',
        verdicts: [
          {
            type: 'PRICE_CHANGE',
            params: [
              { name: 'CURRENT_PRICE', value: '1000' },
              { name: 'LAST_VALID_PRICE', value: '3990' },
              { name: 'CURRENCY', value: 'RUR' },
            ],
          },
        ],
      },
    ]);
    await world.business('/price-quarantine/confirm', { offerIds: ['A-1'] });
    await world.jump(LONG);
    expect([await price(), await held()]).toEqual([expect.objectContaining({ value: 1000 }), []]);
  });

  it('leaves the quarantine by a right one, and jumps as the cabinet says', async () => {
    await world.business('/offer-prices/updates', priced(1000));
    await world.jump(LONG);
    await world.business('/offer-prices/updates', priced(3900));
    await world.jump(LONG);
    expect([(await price())?.['value'], await held()]).toEqual([3900, []]);
    await world.control('/seed', { cabinet: { quarantine_percent: 10 } });
    await world.business('/offer-prices/updates', priced(3400));
    await world.jump(LONG);
    expect(await held()).toHaveLength(1);
  });

  it('that is wrong makes the whole request a 400', async () => {
    const path = `/v2/businesses/${BUSINESS}/offer-prices/updates`;
    expect(await refusal(path, priced(1000, { discountBase: 900 }))).toEqual([400, "discountBase is less than value: offerId = 'A-1'"]);
    expect((await refusal(path, priced(1000, { discountBase: 1010 })))[1]).toContain('should have valid discount value');
    expect((await refusal(path, priced(0)))[0]).toBe(400);
    expect((await refusal(path, { offers: [...priced(1000).offers, ...priced(900).offers] }))[1]).toBe("Duplicate offer in request: offerId = 'A-1'");
    expect((await refusal(path, { offers: [{ offerId: 'A-1', price: { value: 1000, currencyId: 'USD' } }] }))[1]).toContain('USD');
    await world.jump(LONG);
    expect(await price()).toMatchObject({ value: 3990 });
  });

  it('of a store is locked while stores have none of their own', async () => {
    const path = `/v2/campaigns/${STORE}/offer-prices/updates`;
    expect(await refusal(path, priced(3800))).toEqual([423, 'Partner use only default price']);
    await world.control('/seed', { cabinet: { only_default_price: false } });
    expect(await refusal(path, priced(3800, { vat: 7 }))).toEqual([400, "Unrecognized vat: '7': offerId = 'A-1'"]);
    await world.campaign('/offer-prices/updates', priced(3800, { vat: 14 }));
    await world.jump(LONG);
    expect((await world.campaign<{ result: object }>('/offer-prices')).result).toMatchObject({ offers: [{ offerId: 'A-1', price: { value: 3800, vat: 14 } }] });
    expect(await price()).toMatchObject({ value: 3990 });
  });
});

describe('stock', () => {
  const stocks = async (offerIds: string[]) =>
    (await world.campaign<{ result: { warehouses: { warehouseId: number; offers: { offerId: string; stocks: object[] }[] }[] } }>('/offers/stocks', { offerIds })).result
      .warehouses;
  const put = (sku: string, count: number, updatedAt?: string) =>
    world.api<unknown>(`/v2/campaigns/${STORE}/offers/stocks`, { method: 'PUT', body: { skus: [{ sku, items: [{ count, ...(updatedAt ? { updatedAt } : {}) }] }] } });

  it('is what can be ordered; reserved pieces come on top; nobody tells of an unknown article', async () => {
    expect((await put('A-1', 14)).body).toEqual({ status: 'OK' });
    expect((await put('nobody', 14)).body).toEqual({ status: 'OK' });
    await world.jump(LONG);
    await world.control('/cards/A-1/order', {});
    const reserved = [
      { type: 'FIT', count: 14 },
      { type: 'FREEZE', count: 1 },
      { type: 'AVAILABLE', count: 13 },
    ];
    expect(await stocks(['A-1', 'nobody'])).toEqual([{ warehouseId: 555_001, offers: [expect.objectContaining({ offerId: 'A-1', stocks: reserved })] }]);
    await put('A-1', 20);
    await world.jump(LONG);
    expect((await stocks(['A-1']))[0]?.offers[0]?.stocks).toContainEqual({ type: 'AVAILABLE', count: 20 });
  });

  it('of the future or older than a day is a 400', async () => {
    expect((await put('A-1', 1, '2026-11-30T00:00:00+03:00')).body).toMatchObject({ errors: [{ message: "Stock for 'A-1' should not be in the future" }] });
    expect((await put('A-1', 1, '2026-11-01T00:00:00+03:00')).body).toMatchObject({ errors: [{ message: "Stock for 'A-1' should not be older than a day" }] });
    expect((await put('A-1', 1, '2026-11-22T08:59:00+03:00')).status).toBe(200);
  });

  it('is written by warehouse too, where warehouses form no group; in a group it holds for all', async () => {
    const update = (partnerWarehouseId: number) =>
      world.api<unknown>(`/v3/businesses/${BUSINESS}/offers/stocks/update`, { body: { skuItems: [{ sku: 'A-1', partnerWarehouseId, count: 7 }] } });
    expect((await update(555_002)).body).toEqual({ status: 'OK' });
    expect((await update(1)).body).toMatchObject({ errors: [{ code: 'INVALID_WAREHOUSE_ID' }] });
    await world.jump(LONG);
    const read = await world.api<{ result: object }>(`/v3/businesses/${BUSINESS}/offers/stocks`, { body: { partnerWarehouseId: 555_002 } });
    expect(read.body.result).toMatchObject({ partnerWarehouseId: 555_002, offers: [{ offerId: 'A-1' }] });
    await world.control('/seed', { cabinet: { warehouse_groups: true } });
    expect((await update(555_002)).body).toMatchObject({ errors: [{ code: 'GROUPED_WAREHOUSE' }] });
    await put('A-1', 5);
    await world.jump(LONG);
    const { body } = await world.control<{ facets: { stock: { value: Record<string, { fit: number }> } } }>('/cards/A-1');
    expect(Object.values(body.facets.stock.value).map((one) => one.fit)).toEqual([5, 5]);
  });
});

describe('a store', () => {
  const status = async (offerId: string, campaign = STORE) => (await world.find(offerId))?.offer.campaigns?.find((one) => one.campaignId === campaign)?.status;

  it('shows what has stock, a price and a card, and hides what the seller hides', async () => {
    expect([await status('A-1'), await status('SYN-000001'), await status('SYN-000001', SECOND_STORE)]).toEqual(['NO_STOCKS', 'PUBLISHED', 'NO_STOCKS']);
    await world.campaign('/hidden-offers', { hiddenOffers: [{ offerId: 'SYN-000001' }] });
    expect(await status('SYN-000001')).toBe('PUBLISHED');
    await world.jump(LONG);
    expect([await status('SYN-000001'), await status('SYN-000001', SECOND_STORE)]).toEqual(['DISABLED_BY_PARTNER', 'NO_STOCKS']);
    const list = await world.api<{ result: { hiddenOffers: object[] } }>(`/v2/campaigns/${STORE}/hidden-offers`);
    expect(list.body.result.hiddenOffers).toEqual([{ offerId: 'SYN-000001' }]);
    await world.campaign('/hidden-offers/delete', { hiddenOffers: [{ offerId: 'SYN-000001' }] });
    await world.jump(LONG);
    expect(await status('SYN-000001')).toBe('PUBLISHED');
    expect(await refusal(`/v2/campaigns/${STORE}/hidden-offers`, { hiddenOffers: [{ offerId: 'X' }, { offerId: 'X' }] })).toEqual([
      400,
      "Duplicate offerId='X' at positions '0, 1'.",
    ]);
  });

  it('lists only what is in it, with what keeps it from being sold', async () => {
    await world.control('/cards/SYN-000002/block', {});
    await world.campaign('/offers/delete', { offerIds: ['SYN-000003'] });
    await world.jump(LONG);
    const { result } = await world.campaign<{ result: { offers: { offerId: string; status: string; errors?: object[] }[] } }>('/offers');
    expect(result.offers.map((one) => [one.offerId, one.status])).toEqual([
      ['SYN-000001', 'PUBLISHED'],
      ['SYN-000002', 'DISABLED_AUTOMATICALLY'],
      ['A-1', 'NO_STOCKS'],
    ]);
    expect(result.offers[1]?.errors).toHaveLength(1);
    await world.campaign('/offers/update', { offers: [{ offerId: 'SYN-000003', vat: 5 }] });
    await world.jump(LONG);
    expect(await status('SYN-000003')).toBe('PUBLISHED');
  });

  it('has nothing of the archive for sale; whom it could not archive, restore or delete it tells', async () => {
    expect(await world.business('/offer-mappings/archive', { offerIds: ['SYN-000001', 'nobody'] })).toEqual({
      status: 'OK',
      result: { notArchivedOffers: [{ offerId: 'nobody', error: 'UNKNOWN' }] },
    });
    await world.jump(LONG);
    expect(await status('SYN-000001')).toBe('ARCHIVED');
    expect(await world.business('/offer-mappings/unarchive', { offerIds: ['SYN-000001'] })).toEqual({ status: 'OK', result: {} });
    await world.jump(LONG);
    expect(await status('SYN-000001')).toBe('PUBLISHED');
    expect(await world.business('/offer-mappings/delete', { offerIds: ['SYN-000001', 'nobody'] })).toEqual({ status: 'OK', result: { notDeletedOfferIds: ['nobody'] } });
    await world.jump(LONG);
    expect(await world.find('SYN-000001')).toBeUndefined();
  });
});

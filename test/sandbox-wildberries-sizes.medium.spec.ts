import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { COLOUR, CONTENT, LONG, MARKETPLACE, PRICES, edited, variant, wildberriesWorld, type ListedCard, type WildberriesWorld } from './sandbox-wildberries-world.js';

const SKIRTS = 1063;

let world: WildberriesWorld;
let warehouse: number;
let required: { id: number; value: string[] }[];
beforeAll(async () => {
  world = await wildberriesWorld();
  await world.control('/seed', { cabinet: { limits: 'off' } });
  warehouse = (await world.api<{ id: number }[]>(`${MARKETPLACE}/warehouses`)).body[0]?.id ?? 0;
  const { body } = await world.api<{ data: { charcID: number; required: boolean }[] }>(`${CONTENT}/object/charcs/${SKIRTS}?locale=ru`);
  required = body.data.filter((one) => one.required).map((one) => ({ id: one.charcID, value: ['женский'] }));
  await make('SKIRT', [size('S', '44', 2500, '4600000000111'), size('M', '46', 2600, '4600000000128')]);
});
afterAll(() => world.close());

const size = (techSize: string, wbSize: string, price: number, ...skus: string[]) => ({ techSize, wbSize, price, skus });
async function make(vendorCode: string, sizes: object[]): Promise<void> {
  const characteristics = [{ id: COLOUR, value: ['белый'] }, ...required];
  await world.api(`${CONTENT}/cards/upload`, { body: [{ subjectID: SKIRTS, variants: [variant(vendorCode, { characteristics, sizes })] }] });
  await world.jump(LONG);
}
const card = async (article = 'SKIRT'): Promise<ListedCard> => (await world.find(article)) as ListedCard;
const named = async () => (await card()).sizes.map(({ techSize, wbSize, skus }) => [techSize, wbSize, skus]);
const update = async (over: object): Promise<void> => {
  await world.api(`${CONTENT}/cards/update`, { body: [edited(await card(), over)] });
  await world.jump(LONG);
};
const drafts = async (): Promise<string[]> => {
  const { body } = await world.api<{ data: { items: { errors: Record<string, string[]> }[] } }>(`${CONTENT}/cards/error/list`, { body: { cursor: { limit: 100 } } });
  return body.data.items.flatMap(({ errors }) => errors['SKIRT'] ?? []);
};
const prices = async (): Promise<Record<string, number>> => {
  const { nmID } = await card();
  const { body } = await world.api<{ data: { listGoods: { sizes: { techSizeName: string; price: number }[] }[] } }>(`${PRICES}/list/goods/filter`, { body: { nmList: [nmID] } });
  return Object.fromEntries(body.data.listGoods.flatMap((goods) => goods.sizes.map((one) => [one.techSizeName, one.price])));
};

describe('a card with several sizes', () => {
  it('has them all from its creation, each with its own id, barcodes and price', async () => {
    expect(await named()).toEqual([
      ['S', '44', ['4600000000111']],
      ['M', '46', ['4600000000128']],
    ]);
    expect(new Set((await card()).sizes.map((one) => one.chrtID)).size).toBe(2);
    expect(await prices()).toEqual({ S: 2500, M: 2600 });
  });

  it('gets a new one that comes without an id, with its price, and keeps those that an update leaves out', async () => {
    const before = (await card()).sizes;
    await update({ sizes: [size('L', '48', 2700, '4600000000135')] });
    const after = (await card()).sizes;
    expect(after.slice(0, 2)).toEqual(before);
    expect(after[2]).toMatchObject({ techSize: 'L', wbSize: '48', skus: ['4600000000135'] });
    expect(Math.max(...before.map((one) => one.chrtID))).toBeLessThan(after[2]?.chrtID ?? 0);
    expect(await prices()).toEqual({ S: 2500, M: 2600, L: 2700 });
  });

  it('costs nothing where a new size came without a price, and takes no price of a size that is there', async () => {
    const { sizes } = await card();
    await update({ sizes: [...sizes.map((one) => ({ ...one, price: 1 })), { techSize: 'XL', skus: ['4600000000142'] }] });
    expect(await prices()).toEqual({ S: 2500, M: 2600, L: 2700, XL: 0 });
  });

  it('stays as it was where a new size has a barcode of another, or the name of one that is there', async () => {
    const before = await named();
    await update({ sizes: [...(await card()).sizes, size('XXL', '52', 2500, '4600000000111')] });
    expect(await drafts()).toEqual([expect.stringContaining('4600000000111')]);
    await update({ sizes: [size('M', '46', 2500)] });
    expect(await drafts()).toEqual([expect.stringContaining('размером уже существует')]);
    expect(await named()).toEqual(before);
  });

  it('has one price by the usual upload, and counts the pieces of each size', async () => {
    const { nmID, sizes } = await card();
    await world.api(`${PRICES}/upload/task`, { body: { data: [{ nmID, price: 2400, discount: 10 }] } });
    await world.jump(LONG);
    expect(await prices()).toEqual({ S: 2400, M: 2400, L: 2400, XL: 2400 });
    const rows = sizes.map((one, at) => ({ chrtId: one.chrtID, amount: at + 1 }));
    expect((await world.api(`${MARKETPLACE}/stocks/${warehouse}`, { method: 'PUT', body: { stocks: rows } })).status).toBe(204);
    const { body } = await world.api<{ stocks: object[] }>(`${MARKETPLACE}/stocks/${warehouse}`, { body: { chrtIds: sizes.map((one) => one.chrtID) } });
    expect(body.stocks).toEqual(rows);
  });

  it('has prices by size only where it is let in for them, and one discount all the same', async () => {
    const { nmID, sizes } = await card();
    const bySize = async (): Promise<void> => {
      await world.api(`${PRICES}/upload/task/size`, { body: { data: [{ nmID, sizeID: sizes[1]?.chrtID, price: 3000 }] } });
      await world.jump(LONG);
    };
    await bySize();
    expect(await prices()).toEqual({ S: 2400, M: 2400, L: 2400, XL: 2400 });
    await world.control('/cards/SKIRT/price-by-size', {});
    await bySize();
    expect(await prices()).toEqual({ S: 2400, M: 3000, L: 2400, XL: 2400 });
  });

  it('goes to the trash and comes back whole', async () => {
    const { nmID } = await card();
    await world.api(`${CONTENT}/cards/delete/trash`, { body: { nmIDs: [nmID] } });
    await world.jump(1);
    const { body } = await world.api<{ cards: ListedCard[] }>(`${CONTENT}/get/cards/trash`, { body: { settings: { cursor: { limit: 100 } } } });
    expect(body.cards.map((one) => one.sizes.length)).toEqual([4]);
    await world.api(`${CONTENT}/cards/recover`, { body: { nmIDs: [nmID] } });
    await world.jump(LONG);
    expect(await named()).toHaveLength(4);
  });
});

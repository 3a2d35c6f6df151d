import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { wildberries } from '#channels/wildberries';
import { setRules } from '#listings';
import { checkFacetRules, inTransaction, stockToWithdraw } from '#reconcile';
import { MarketAccount } from './market-account.js';
import { MARKETPLACE, wildberriesWorld, type WildberriesWorld } from './sandbox-wildberries-world.js';

const CARDS = 2;
const KAZAN = 218;

let world: WildberriesWorld;
let account: MarketAccount;
let skus: readonly string[] = [];
let [first, second] = ['', ''];

beforeAll(async () => {
  world = await wildberriesWorld();
  const { body } = await world.api<{ id: number }>(`${MARKETPLACE}/warehouses`, { body: { name: 'Второй склад', officeId: KAZAN } });
  second = String(body.id);
  account = await MarketAccount.open(wildberries, world, { products: CARDS });
  skus = (await account.pool.query<{ sku: string }>('SELECT sku FROM product ORDER BY id')).rows.map((row) => row.sku);
  for (const sku of skus) await edit(sku, { main: 4, reserve: 7 });
  await account.until(() => settled(), 'first sync');
  first = Object.keys((await stocks(skus[0] ?? '')) ?? {})[0] ?? '';
}, 180_000);
afterAll(() => account.close());

async function edit(sku: string, stock: Readonly<Record<string, number>>): Promise<void> {
  const current = await account.products.read.get(sku);
  await account.products.patch(sku, { basedOn: current?.revision ?? 0, patch: { stock }, author: 'owner', cause: { kind: 'person' } });
}

const rules = (warehouses: Readonly<Record<string, string>>) => inTransaction(account.pool, (client) => setRules(client, account.accountId, { warehouses }));

/** Pieces of a card on the market by warehouse and size. */
async function stocks(sku: string): Promise<Readonly<Record<string, Readonly<Record<string, number>>>>> {
  return (await world.control<{ facets: { stock: { value: Record<string, Record<string, number>> } } }>(`/cards/${sku}`)).body.facets.stock.value;
}

/** Pieces in both warehouses, card by card; undefined where there never were any. */
async function live(): Promise<(readonly (number | undefined)[])[]> {
  const pieces = (sizes: Readonly<Record<string, number>> | undefined) => Object.values(sizes ?? {})[0];
  return Promise.all(
    skus.map(async (sku) => {
      const held = await stocks(sku);
      return [pieces(held[first]), pieces(held[second])];
    }),
  );
}

/** Somebody else, with a key of their own, writes to the second warehouse. */
async function fill(sku: string, amount: number): Promise<void> {
  const chrtId = Number(Object.keys((await stocks(sku))[first] ?? {})[0]);
  const { status } = await world.api(`${MARKETPLACE}/stocks/${second}`, { method: 'PUT', key: 'B', body: { stocks: [{ chrtId, amount }] } });
  expect(status).toBe(204);
}

/** Every card is there, and nothing is open but warehouses that are none of our business. */
async function settled(): Promise<boolean> {
  const { cards } = (await world.control<{ cards: number }>('/health')).body;
  return cards === CARDS && (await account.open()).every((row) => row.endsWith(' stock ignored not-wanted'));
}

const until = (pieces: readonly (number | undefined)[], what: string) =>
  account.until(async () => (await settled()) && (await live()).every((one) => JSON.stringify(one) === JSON.stringify(pieces)), what);

async function rowsOf(warehouse: string): Promise<string[]> {
  const { rows } = await account.pool.query<{ row: string }>(`SELECT DISTINCT concat_ws(' ', state, reason) AS row FROM listing_facet WHERE facet = 'stock' AND part = $1`, [
    warehouse,
  ]);
  return rows.map(({ row }) => row);
}

describe('stock of a Wildberries seller with two FBS warehouses', () => {
  it('goes to the first of them while the rules say nothing', async () => {
    expect(wildberries.choices?.warehouses?.list(account.context.references.get).map(({ id }) => id)).toEqual([first, second]);
    expect(await live()).toEqual([
      [11, undefined],
      [11, undefined],
    ]);
  });

  it('goes where the table leads it, and is left at that', async () => {
    await rules({ main: first, reserve: second });
    await until([4, 7], 'stock in both');
    const before = await account.lastWrite();
    for (let left = 2; left > 0; left -= 1) await account.round();
    expect(await account.lastWrite()).toBe(before);
    expect(await account.drifts()).toEqual([]);
    expect(await checkFacetRules(account.pool)).toEqual([]);
  }, 60_000);

  it('is put right in the second one too', async () => {
    await fill(skus[0] ?? '', 90);
    await account.until(async () => (await account.drifts()).length > 0, 'the change is seen');
    await until([4, 7], 'the second warehouse is put right');
    expect(await account.drifts()).toEqual(['stock stock healed']);
  }, 60_000);

  it('arrives in both though one of them is at work for a while', async () => {
    await world.control('/faults', { rules: [{ match: { path: '/api/v3/stocks/{warehouseId}' }, kind: 'warehouse_busy', count: 1 }] });
    for (const sku of skus) await edit(sku, { main: 5, reserve: 8 });
    await until([5, 8], 'new stock in both');
    expect(await checkFacetRules(account.pool)).toEqual([]);
  }, 60_000);

  it('is taken back from the one that the rules leave, told beforehand, and that one is let go', async () => {
    const places = wildberries.stockPlaces?.({ categories: {}, attributes: {}, currency: 'RUB', warehouses: { main: first } }, account.context.references.get);
    expect(places).toEqual({ managed: [first], others: [second] });
    expect(await stockToWithdraw(account.pool, account.accountId, places ?? { managed: [], others: [] })).toEqual([{ warehouse: second, cards: CARDS, pieces: 8 * CARDS }]);
    await rules({ main: first });
    await until([5, 0], 'the second warehouse is emptied');
    await account.until(async () => (await rowsOf(second)).join() === 'ignored not-wanted', 'the second warehouse is let go');
    await fill(skus[0] ?? '', 12);
    const before = await account.lastWrite();
    for (let left = 3; left > 0; left -= 1) await account.round();
    expect([await account.lastWrite(), (await live())[0]]).toEqual([before, [5, 12]]);
    expect(await checkFacetRules(account.pool)).toEqual([]);
  }, 90_000);

  it('goes on being read and sent to the one that is left when the other is taken away', async () => {
    await rules({ main: first, reserve: second });
    await until([5, 8], 'stock in both again');
    await world.api(`${MARKETPLACE}/warehouses/${second}`, { method: 'DELETE', key: 'B' });
    for (const sku of skus) await edit(sku, { main: 6, reserve: 9 });
    await account.until(async () => (await live()).every(([pieces]) => pieces === 6), 'new stock in the one that is left');
    // What was refused is told of the warehouse that is gone alone, once the other was looked at.
    await account.until(async () => (await account.open()).length === CARDS, 'the stock in the one that is left is proven');
    expect(await rowsOf(second)).toEqual(['failing refused']);
    expect(await rowsOf(first)).toEqual(['in_sync']);
    expect(await checkFacetRules(account.pool)).toEqual([]);
  }, 90_000);
});

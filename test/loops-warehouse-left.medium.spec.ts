import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadAccount, setMode, setRules } from '#listings';
import { inTransaction, stockToWithdraw } from '#reconcile';
import { ozon } from '#channels/ozon';
import { AccountWorld } from './account-world.js';

const CARDS = 6;
const [FIRST, SECOND] = [71001, 71002];
const PIECES = 7;

describe('a warehouse that the rules of an account leave', () => {
  let world: AccountWorld;
  let skus: string[] = [];
  beforeAll(async () => {
    world = await AccountWorld.open({
      products: CARDS,
      quiet: true,
      cabinet: {
        warehouses: [
          { id: FIRST, name: 'Первый', active: true },
          { id: SECOND, name: 'Второй', active: true },
        ],
      },
    });
    skus = (await world.skus()).slice(0, 2);
    for (const sku of skus) await world.edit(sku, { stock: { main: 4, reserve: PIECES } });
    await rules({ main: FIRST, reserve: SECOND });
    await world.untilInSync(CARDS);
  }, 180_000);
  afterAll(() => world.close());

  const rules = (warehouses: Readonly<Record<string, number>>) =>
    inTransaction(world.pool, (client) =>
      setRules(client, world.accountId, { warehouses: Object.fromEntries(Object.entries(warehouses).map(([name, id]) => [name, String(id)])) }),
    );

  /** Pieces on the market itself. */
  async function live(sku: string, warehouse: number): Promise<number | undefined> {
    const answer = (await world.otherIntegration('/v2/product/info/stocks-by-warehouse/fbs', { offer_id: [sku], limit: 100 })) as {
      products: { warehouse_id: number; present: number }[];
    };
    return answer.products.find((row) => row.warehouse_id === warehouse)?.present;
  }

  async function fill(sku: string, stock: number): Promise<void> {
    await world.jump(60);
    await world.otherIntegration('/v2/products/stocks', { stocks: [{ offer_id: sku, stock, warehouse_id: SECOND }] });
    await world.jump(60);
  }

  async function partOf(sku: string): Promise<{ state: string; reason: string | null } | undefined> {
    const { rows } = await world.pool.query<{ state: string; reason: string | null }>(
      `SELECT f.state, f.reason FROM listing_facet f WHERE f.listing_id = $1 AND f.facet = 'stock' AND f.part = $2`,
      [await world.listingId(sku), String(SECOND)],
    );
    return rows[0];
  }

  const emptied = async () => (await Promise.all(skus.map((sku) => live(sku, SECOND)))).every((pieces) => pieces === 0);

  it('is told beforehand with its pieces', async () => {
    expect(await live(skus[0] ?? '', SECOND)).toBe(PIECES);
    const account = await loadAccount(world.pool, world.accountId);
    const places = ozon.stockPlaces?.({ ...account?.rules, categories: {}, attributes: {}, currency: 'RUB', warehouses: { main: String(FIRST) } }, world.context.references.get);
    expect(places).toEqual({ managed: [String(FIRST)], others: [String(SECOND)] });
    expect(await stockToWithdraw(world.pool, world.accountId, places ?? { managed: [], others: [] })).toEqual([{ warehouse: String(SECOND), cards: 2, pieces: 2 * PIECES }]);
  });

  it('is held by a mode that sends nothing, and so says the card', async () => {
    await inTransaction(world.pool, (client) => setMode(client, world.accountId, 'stock', 'approve'));
    await rules({ main: FIRST });
    await world.rounds(3);
    expect(await partOf(skus[0] ?? '')).toEqual({ state: 'held', reason: 'approval' });
    expect(await live(skus[0] ?? '', SECOND)).toBe(PIECES);
    await inTransaction(world.pool, (client) => setMode(client, world.accountId, 'stock', 'auto'));
    await rules({ main: FIRST, reserve: SECOND });
    await world.untilInSync(CARDS);
  }, 60_000);

  it('is emptied on the market, once a card, with the proof on record', async () => {
    const from = await world.ledgerEnd();
    await rules({ main: FIRST });
    await world.until(emptied, 'the left warehouse is empty');
    await world.until(async () => (await partOf(skus[1] ?? ''))?.state === 'ignored', 'the left warehouse is let go');
    await world.rounds(3);
    expect((await world.ledger(from, 'A')).map((entry) => entry.offer_id).sort()).toEqual([...skus].sort());
    expect(await live(skus[0] ?? '', FIRST)).toBe(4);
    expect(await partOf(skus[0] ?? '')).toEqual({ state: 'ignored', reason: 'not-wanted' });
    const { rows } = await world.pool.query<{ kind: string }>(
      `SELECT DISTINCT e.kind FROM evidence e JOIN evidence_body b USING (account_id, seq) WHERE e.listing_id = $1 AND b.body LIKE $2 ORDER BY 1`,
      [await world.listingId(skus[0] ?? ''), `%stock/${SECOND}%`],
    );
    expect(rows.map((row) => row.kind)).toEqual(['push.intent', 'push.verified']);
    expect(await world.drifts()).toEqual([]);
    expect(await world.breaches()).toEqual([]);
  }, 90_000);

  it('belongs to whoever fills it afterwards', async () => {
    const from = await world.ledgerEnd();
    await fill(skus[0] ?? '', 12);
    await world.rounds(3);
    await world.edit(skus[0] ?? '', { description: 'Другое описание товара, которое заставит пересчитать карточку.' });
    await world.rounds(4);
    expect(await live(skus[0] ?? '', SECOND)).toBe(12);
    expect((await world.ledger(from, 'A')).filter((entry) => JSON.stringify(entry).includes('stocks'))).toEqual([]);
    expect(await world.drifts()).toEqual([]);
    expect(await world.breaches()).toEqual([]);
  }, 60_000);

  it('is filled again when the rules name it again', async () => {
    await rules({ main: FIRST, reserve: SECOND });
    await world.until(async () => (await live(skus[1] ?? '', SECOND)) === PIECES, 'the warehouse is filled again');
    await world.untilInSync(CARDS);
    expect(await world.breaches()).toEqual([]);
  }, 60_000);
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freezeListing } from '#reconcile';
import { AccountWorld } from './account-world.js';

const CARDS = 20;

describe('stock that moves on the channel', () => {
  let world: AccountWorld;
  let sku = '';
  let warehouse = 0;
  let wanted = 0;
  beforeAll(async () => {
    world = await AccountWorld.open({ products: CARDS, quiet: true });
    await world.untilInSync(CARDS);
    const { rows } = await world.pool.query<{ key: string; part: string; body: number }>(
      `SELECT l.key, d.part, d.body FROM observed_document d JOIN listing l ON l.id = d.listing_id WHERE d.facet = 'stock' AND (d.body::text)::integer > 20 ORDER BY l.key LIMIT 1`,
    );
    sku = rows[0]?.key ?? '';
    warehouse = Number(rows[0]?.part);
    wanted = Number(rows[0]?.body);
  }, 120_000);
  afterAll(() => world.close());

  async function becomes(stock: number): Promise<void> {
    await world.jump(60);
    await world.otherIntegration('/v2/products/stocks', { stocks: [{ offer_id: sku, stock, warehouse_id: warehouse }] });
    await world.jump(60);
  }

  const live = async () => JSON.stringify((await world.card(sku)).facets.stock.value);
  const master = async (stock: number) => {
    const document = (await world.products.read.get(sku))?.document;
    await world.edit(sku, { stock: Object.fromEntries(Object.keys(document?.stock ?? {}).map((code, at) => [code, at === 0 ? stock : 0])) });
  };

  it('down is consumption: shown, never raised again', async () => {
    const from = await world.ledgerEnd();
    await becomes(wanted - 3);
    await world.rounds(2);
    await becomes(wanted - 5);
    await world.rounds(3);
    expect(await world.counts()).toEqual({ in_sync: CARDS });
    expect(await world.ledger(from, 'A')).toEqual([]);
    expect(await world.drifts()).toEqual([]);
  }, 60_000);

  it('up is corrected down to what was verified, not to what was wanted once', async () => {
    await becomes(wanted + 100);
    await world.untilInSync(CARDS);
    expect(await live()).toContain(String(wanted - 5));
    expect(await world.drifts()).toMatchObject([{ key: sku, facet: 'stock', kind: 'stock', state: 'healed' }]);
  }, 60_000);

  it('up and then down below what was verified raises nothing', async () => {
    const from = await world.ledgerEnd();
    const id = await world.listingId(sku);
    await freezeListing(world.pool, id, new Date(world.by.now + 3_600_000), world.by);
    await becomes(wanted + 50);
    await world.round();
    expect(await world.facet(sku, 'stock')).toMatchObject({ state: 'drifted', reason: 'frozen' });
    await becomes(wanted - 9);
    await world.rounds(2);
    await freezeListing(world.pool, id, null, world.by);
    await world.rounds(2);
    expect(await world.counts()).toEqual({ in_sync: CARDS });
    expect(await world.ledger(from, 'A')).toEqual([]);
  }, 60_000);

  it('by a master edit is pushed, and a sale on the way is no drift', async () => {
    const before = (await world.drifts()).length;
    await world.jump(60);
    await master(wanted + 30);
    await world.lane('plan');
    for (let tries = 0; tries < 20 && !(await live()).includes(String(wanted + 30)); tries++) {
      await world.lane('repair');
      await world.jump(5);
    }
    expect(await live()).toContain(String(wanted + 30));
    await becomes(wanted + 29);
    await world.untilInSync(CARDS);
    expect(await live()).toContain(String(wanted + 29));
    expect(await world.drifts()).toHaveLength(before);
    expect(await world.breaches()).toEqual([]);
  }, 60_000);
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { approveDrift, approveListing, freezeListing, pauseAccount, resumeAccount, setPolicy, setQuietHours } from '#reconcile';
import { AccountWorld } from './account-world.js';

const CARDS = 20;

describe('guards between a difference and a call', () => {
  let world: AccountWorld;
  let skus: string[] = [];
  beforeAll(async () => {
    world = await AccountWorld.open({ products: CARDS, quiet: true });
    await world.untilInSync(CARDS);
    skus = await world.skus();
  }, 120_000);
  afterAll(() => world.close());

  const priceOf = async (sku: string) => (await world.products.read.get(sku))?.document.price?.minor ?? 0;

  /** Somebody else moves a live price by some kopecks. */
  async function spoilPrice(sku: string, by: number): Promise<void> {
    const price = ((await priceOf(sku)) + by) / 100;
    await world.otherIntegration('/v1/product/import/prices', { prices: [{ offer_id: sku, price: String(price), old_price: '0', currency_code: 'RUB' }] });
    await world.jump(90);
  }

  it('quiet hours: nothing leaves before they end', async () => {
    const sku = skus[0] ?? '';
    const now = new Date(world.by.now);
    const clock = (hours: number) => new Date(now.getTime() + hours * 3_600_000).toISOString().slice(11, 16);
    await setQuietHours(world.pool, world.accountId, { from: clock(-1), to: clock(3) }, world.by);
    const from = await world.ledgerEnd();
    await world.edit(sku, { title: 'Ночью не отправлять' });
    await world.rounds(3);
    expect(await world.facet(sku, 'title')).toMatchObject({ state: 'pending', reason: 'quiet-hours' });
    expect(await world.ledger(from, 'A')).toEqual([]);
    await world.jump(4 * 3600);
    await world.untilInSync(CARDS);
    expect(await world.ledger(from, 'A')).toHaveLength(1);
    await setQuietHours(world.pool, world.accountId, null, world.by);
  }, 60_000);

  it('freeze: this card waits, others do not', async () => {
    const [, frozen = '', free = ''] = skus;
    await freezeListing(world.pool, await world.listingId(frozen), new Date(world.by.now + 7_200_000), world.by);
    const from = await world.ledgerEnd();
    for (const sku of [frozen, free]) await world.edit(sku, { title: `Заморозка ${sku}` });
    await world.rounds(3);
    expect(await world.facet(frozen, 'title')).toMatchObject({ state: 'pending', reason: 'frozen' });
    expect((await world.ledger(from, 'A')).map((entry) => entry.offer_id)).toEqual([free]);
    await world.jump(7_200);
    await world.untilInSync(CARDS);
  }, 60_000);

  it('pause: holds until resumed, or until its end has come', async () => {
    const sku = skus[3] ?? '';
    await pauseAccount(world.pool, world.accountId, 'инвентаризация', null, world.by);
    const from = await world.ledgerEnd();
    await world.edit(sku, { title: 'Пауза первая' });
    await world.rounds(2);
    expect(await world.facet(sku, 'title')).toMatchObject({ state: 'held', reason: 'paused' });
    await resumeAccount(world.pool, world.accountId, world.by);
    await world.untilInSync(CARDS);
    await pauseAccount(world.pool, world.accountId, 'инвентаризация', new Date(world.by.now + 3_600_000), world.by);
    await world.edit(sku, { title: 'Пауза вторая' });
    await world.rounds(2);
    expect(await world.facet(sku, 'title')).toMatchObject({ state: 'pending', reason: 'paused' });
    expect(await world.ledger(from, 'A')).toHaveLength(1);
    await world.jump(3_600);
    await world.untilInSync(CARDS);
    expect((await world.pool.query<{ state: string }>('SELECT state FROM channel_account')).rows).toEqual([{ state: 'active' }]);
  }, 60_000);

  it('approval: lasts through a wait, and for one call only', async () => {
    const sku = skus[4] ?? '';
    await setPolicy(world.pool, world.accountId, { title: 'approve' }, world.by);
    await world.edit(sku, { title: 'Ждёт согласования' });
    await world.rounds(1);
    expect(await world.facet(sku, 'title')).toMatchObject({ state: 'held', reason: 'approval' });
    await freezeListing(world.pool, await world.listingId(sku), new Date(world.by.now + 1_800_000), world.by);
    await approveListing(world.pool, await world.listingId(sku), 'title', world.by);
    await world.rounds(2);
    expect(await world.facet(sku, 'title')).toMatchObject({ state: 'pending', reason: 'approved' });
    await world.jump(1_800);
    await world.untilInSync(CARDS);
    await world.edit(sku, { title: 'Ждёт ещё раз' });
    await world.rounds(2);
    expect(await world.facet(sku, 'title')).toMatchObject({ state: 'held', reason: 'approval' });
    await setPolicy(world.pool, world.accountId, { title: 'auto' }, world.by);
    await world.untilInSync(CARDS);
  }, 60_000);

  it('a repair that is moderated waits for the next day, a price repair of the same card does not', async () => {
    const sku = skus[6] ?? '';
    const from = await world.ledgerEnd();
    await world.foreignWrite(sku, { 4180: 'Чужое название' });
    await world.untilInSync(CARDS);
    await world.foreignWrite(sku, { 4180: 'Снова чужое название' });
    await spoilPrice(sku, 1_000);
    await world.until(async () => (await world.facet(sku, 'price')).state === 'in_sync', 'the price is repaired');
    expect(await world.facet(sku, 'title')).toMatchObject({ state: 'drifted', reason: 'moderated-today' });
    expect((await world.ledger(from, 'A')).map((entry) => entry.method)).toEqual(['/v1/product/attributes/update', '/v1/product/import/prices']);
    await world.jump(24 * 3600);
    await world.untilInSync(CARDS);
  }, 60_000);

  it('flap: after three repairs a day a case is opened and nothing more is sent', async () => {
    const sku = skus[5] ?? '';
    const from = await world.ledgerEnd();
    for (let time = 1; time <= 3; time++) {
      await spoilPrice(sku, time * 1_000);
      await world.untilInSync(CARDS);
    }
    expect(await world.ledger(from, 'A')).toHaveLength(3);
    await spoilPrice(sku, 9_000);
    await world.rounds(3);
    expect(await world.facet(sku, 'price')).toMatchObject({ state: 'held', reason: 'flap' });
    await world.jump(30 * 3600);
    await world.rounds(2);
    expect(await world.ledger(from, 'A')).toHaveLength(3);
    const { rows } = await world.pool.query<{ code: string }>(`SELECT code FROM case_file WHERE state = 'open'`);
    expect(rows).toEqual([{ code: 'flap' }]);

    const { rows: held } = await world.pool.query<{ id: string }>(`SELECT drift_id AS id FROM listing_facet WHERE state = 'held' AND reason = 'flap'`);
    await approveDrift(world.pool, held[0]?.id ?? '', world.by);
    await world.untilInSync(CARDS);
    const { rows: told } = await world.pool.query<{ kind: string }>(`SELECT kind FROM evidence WHERE kind LIKE 'case.%' ORDER BY seq`);
    expect(told.map(({ kind }) => kind)).toEqual(['case.opened', 'case.closed']);
    expect(await world.breaches()).toEqual([]);
  }, 60_000);
});

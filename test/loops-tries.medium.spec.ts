import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { retryFailing } from '#reconcile';
import { AccountWorld } from './account-world.js';

const CARDS = 20;

describe('a change that never shows', () => {
  let world: AccountWorld;
  let skus: string[] = [];
  beforeAll(async () => {
    world = await AccountWorld.open({ products: CARDS, quiet: true });
    await world.untilInSync(CARDS);
    skus = await world.skus();
  }, 120_000);
  afterAll(() => world.close());
  afterEach(() => world.faults([]));

  /** Calls recorded for one card since an evidence entry. */
  async function calls(sku: string, after = '0'): Promise<number> {
    const { rows } = await world.pool.query<{ n: number }>(`SELECT count(*)::integer AS n FROM evidence WHERE kind = 'push.intent' AND listing_id = $1 AND seq > $2`, [
      await world.listingId(sku),
      after,
    ]);
    return rows[0]?.n ?? 0;
  }
  const head = async () => (await world.pool.query<{ seq: string }>('SELECT seq FROM evidence_head WHERE account_id = $1', [world.accountId])).rows[0]?.seq ?? '0';

  it('is sent three times, further and further apart, then fails; no other card waits for it', async () => {
    const [bad = '', ...others] = skus;
    const since = await head();
    await world.faults([{ match: { offer_ids: [bad] }, kind: 'fail_item' }]);
    for (const sku of [bad, ...others.slice(0, 5)]) await world.edit(sku, { title: `Три попытки ${sku}` });
    await world.until(async () => (await world.counts())['in_sync'] === CARDS - 1, 'the others', 15);
    expect(await world.facet(bad, 'title')).not.toMatchObject({ state: 'failing' });
    await world.rounds(30, 600);
    expect(await world.facet(bad, 'title')).toMatchObject({ state: 'failing', attempts: 3 });
    expect(await calls(bad, since)).toBe(3);
    const { rows } = await world.pool.query<{ at: Date }>(`SELECT at FROM evidence WHERE kind = 'push.intent' AND listing_id = $1 AND seq > $2 ORDER BY seq`, [
      await world.listingId(bad),
      since,
    ]);
    const gaps = rows.slice(1).map((row, index) => row.at.getTime() - (rows[index]?.at.getTime() ?? 0));
    expect(gaps[1]).toBeGreaterThan(gaps[0] ?? Infinity);
    await world.jump(2 * 86_400);
    await world.rounds(3);
    expect(await calls(bad, since)).toBe(3);
    expect(await world.counts()).toEqual({ in_sync: CARDS - 1, failing: 1 });
    expect(await world.breaches()).toEqual([]);
  }, 60_000);

  it('goes again when a person asks, or when its master is edited', async () => {
    const bad = skus[0] ?? '';
    await retryFailing(world.pool, { listingId: await world.listingId(bad) }, world.by);
    await world.untilInSync(CARDS);
    expect(JSON.stringify((await world.card(bad)).facets.title.value)).toContain('Три попытки');

    await world.faults([{ match: { offer_ids: [bad] }, kind: 'fail_item' }]);
    await world.edit(bad, { title: 'Снова не доходит' });
    await world.rounds(30, 600);
    expect(await world.facet(bad, 'title')).toMatchObject({ state: 'failing' });
    await world.faults([]);
    await world.edit(bad, { title: 'А эта правка доходит' });
    await world.untilInSync(CARDS);
    expect(JSON.stringify((await world.card(bad)).facets.title.value)).toContain('А эта правка доходит');
    expect(await world.breaches()).toEqual([]);
  }, 60_000);

  it('refused outright, it is sent once, and the batch it came in goes on', async () => {
    const [bad = '', ...others] = skus;
    const since = await head();
    const from = await world.ledgerEnd();
    await world.faults([{ match: { offer_ids: [bad] }, kind: 'decline_moderation' }]);
    await world.edit(bad, { description: 'Это описание отклонят.', weight: 4_321 });
    for (const sku of others.slice(0, 5)) await world.edit(sku, { title: `После отказа ${sku}` });
    await world.until(async () => (await world.counts())['in_sync'] === CARDS - 1, 'the others', 40);
    expect(await calls(bad, since)).toBe(1);
    const shown = JSON.stringify((await world.card(others[0] ?? '')).facets.title.value);
    expect(shown).toContain('После отказа');
    const touched = new Set((await world.ledger(from, 'A')).map((entry) => entry.offer_id));
    for (const sku of others.slice(0, 5)) expect(touched).toContain(sku);
    expect(await world.breaches()).toEqual([]);
  }, 60_000);
});

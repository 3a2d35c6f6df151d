import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { AccountWorld } from './account-world.js';

const CARDS = 20;

describe('values the channel will not have', () => {
  let world: AccountWorld;
  let skus: string[] = [];
  beforeAll(async () => {
    world = await AccountWorld.open({ products: CARDS, quiet: true });
    await world.untilInSync(CARDS);
    skus = await world.skus();
  }, 120_000);
  afterAll(() => world.close());
  afterEach(() => world.faults([]));

  it('one bad card in a batch blocks no other', async () => {
    const bad = skus[0] ?? '';
    await world.faults([{ match: { offer_ids: [bad] }, kind: 'fail_item' }]);
    for (const sku of skus.slice(0, 6)) await world.edit(sku, { title: `Правка ${sku}` });
    await world.until(async () => (await world.counts())['in_sync'] === CARDS - 1, 'the others', 20);
    await world.faults([]);
    await world.untilInSync(CARDS);
    expect(await world.breaches()).toEqual([]);
  }, 60_000);

  it('declined by moderation: shown with a case, not fought, and a new revision goes again', async () => {
    const sku = skus[1] ?? '';
    const from = await world.ledgerEnd();
    await world.faults([{ match: { offer_ids: [sku] }, kind: 'decline_moderation' }]);
    await world.edit(sku, { description: 'Это описание модератор не пропустит.' });
    await world.rounds(8, 900);
    const tries = (await world.ledger(from, 'A')).filter((entry) => entry.offer_id === sku);
    expect(tries).toHaveLength(1);
    expect(await world.counts()).toEqual({ in_sync: CARDS - 1, failing: 1 });
    expect(await world.facet(sku, 'description')).toMatchObject({ state: 'failing', reason: 'refused' });
    const { rows } = await world.pool.query<{ code: string }>(`SELECT code FROM case_file WHERE listing_id = $1`, [await world.listingId(sku)]);
    expect(rows).toEqual([{ code: 'moderation-declined' }]);
    expect(await world.breaches()).toEqual([]);
    await world.faults([]);
    await world.edit(sku, { description: 'А это описание в порядке.' });
    await world.until(async () => (await world.counts())['in_sync'] === CARDS, 'the new revision', 90);
    expect(await world.breaches()).toEqual([]);
  }, 60_000);

  it('a refused attribute is remembered through other edits and forgotten when its category changes', async () => {
    const { rows } = await world.pool.query<{ values: { attributes: Record<string, { id?: string; text: string }[]> }; key: string }>(
      `SELECT l.key, r.values FROM listing_render r JOIN listing l ON l.id = r.listing_id ORDER BY l.id DESC, r.revision DESC LIMIT 1`,
    );
    expect(Object.keys(rows[0]?.values.attributes ?? {}).length).toBeGreaterThan(3);
    const key = rows[0]?.key ?? '';
    const id = Object.keys(rows[0]?.values.attributes ?? {}).find((one) => rows[0]?.values.attributes[one]?.[0]?.id !== undefined && one !== '85') ?? '';
    const refused = await world.pool.query<{ n: number }>('SELECT count(*)::integer AS n FROM refused_path');
    expect(refused.rows[0]?.n).toBe(0);
    await world.pool.query(`INSERT INTO refused_path (listing_id, path, code, since, revision) VALUES ($1, $2, 'test', now(), 1)`, [
      await world.listingId(key),
      `attributes.${id}`,
    ]);
    await world.edit(key, { title: 'Правка другого' });
    await world.untilInSync(CARDS);
    expect((await world.pool.query('SELECT 1 FROM refused_path')).rowCount).toBe(1);
    await world.edit(key, { category: (await world.products.read.get(skus[2] ?? ''))?.document.category ?? '' });
    await world.lane('plan');
    expect((await world.pool.query('SELECT 1 FROM refused_path')).rowCount).toBe(0);
  }, 60_000);
});

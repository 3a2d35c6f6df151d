import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { AccountWorld } from './account-world.js';
import type { LedgerEntry } from './market-side.js';

const CARDS = 30;

describe('a marketplace that answers badly', () => {
  let world: AccountWorld;
  let skus: string[] = [];
  let serial = 0;
  beforeAll(async () => {
    world = await AccountWorld.open({ products: CARDS, quiet: true, timeoutMs: 1_500 });
    await world.untilInSync(CARDS);
    skus = await world.skus();
  }, 120_000);
  afterAll(() => world.close());
  afterEach(() => world.faults([]));

  /** Changes every kind of facet on some cards. */
  async function editSome(): Promise<void> {
    serial += 1;
    for (const [at, sku] of skus.slice(0, 12).entries()) {
      const document = (await world.products.read.get(sku))?.document;
      if (!document) continue;
      if (at % 4 === 0) await world.edit(sku, { title: `Название номер ${serial} для ${sku}` });
      if (at % 4 === 1) await world.edit(sku, { price: { minor: (document.price?.minor ?? 0) - 100, currency: 'RUB' } });
      if (at % 4 === 2) await world.edit(sku, { stock: Object.fromEntries(Object.keys(document.stock).map((code) => [code, 40 + serial])) });
      if (at % 4 === 3) await world.edit(sku, { weight: (document.weight ?? 0) + 10 * serial });
    }
  }

  const changes = (entries: readonly LedgerEntry[]) => entries.filter((entry) => entry.facets.some((facet) => facet.changed)).length;

  const WRITES = ['/v3/product/import', '/v1/product/attributes/update', '/v1/product/import/prices', '/v2/products/stocks'];

  it('loses the answers of writes that were applied: each is read back, none is sent twice', async () => {
    const from = await world.ledgerEnd();
    await world.faults(WRITES.map((path) => ({ match: { path, key: 'A' }, kind: 'lost_answer', count: 1 })));
    await editSome();
    await world.untilInSync(CARDS);
    expect(await world.faultsFired()).toEqual([1, 1, 1, 1]);
    const entries = await world.ledger(from, 'A');
    expect(entries).toHaveLength(12);
    expect(changes(entries)).toBe(12);
    const { rows } = await world.pool.query<{ n: number }>(`SELECT count(*)::integer AS n FROM evidence WHERE kind = 'push.readback'`);
    expect(rows[0]?.n).toBeGreaterThanOrEqual(12);
    expect(await world.breaches()).toEqual([]);
  }, 60_000);

  it.each(['bad_json', 'html_200', 'http_500', 'http_503', 'hang'])(
    'answers %s to some calls of every kind: all edits arrive, nothing is sent twice',
    async (kind) => {
      const from = await world.ledgerEnd();
      await world.faults([{ match: { key: 'A' }, kind, probability: 0.25, count: 8 }]);
      await editSome();
      await world.until(async () => (await world.counts())['in_sync'] === CARDS, kind, 120);
      expect((await world.faultsFired())[0]).toBeGreaterThan(0);
      const entries = await world.ledger(from, 'A');
      expect(changes(entries)).toBe(12);
      expect(entries.flatMap((entry) => entry.facets.filter((facet) => facet.needless))).toEqual([]);
      expect(await world.drifts()).toEqual([]);
      expect(await world.breaches()).toEqual([]);
    },
    60_000,
  );

  it('is never asked faster than it allows', async () => {
    const stats = await world.control<{ refused: Record<string, number> }>('GET', '/stats');
    expect(stats.refused).toMatchObject({ rate: 0, method: 0, items: 0, circle: 0 });
  });

  it.each(['rate_429', 'items_429', 'circle_open'])(
    'throttles by %s: everything waits, then arrives',
    async (kind) => {
      const path = kind === 'items_429' ? { path: '/v3/product/import' } : kind === 'circle_open' ? { path: '/v1/product/import/prices' } : {};
      await world.faults([{ match: { key: 'A', ...path }, kind, count: 3 }]);
      await editSome();
      await world.untilInSync(CARDS);
      expect((await world.faultsFired())[0]).toBeGreaterThan(0);
      expect(await world.drifts()).toEqual([]);
      expect(await world.breaches()).toEqual([]);
    },
    60_000,
  );
});

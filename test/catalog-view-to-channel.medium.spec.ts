import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { TemplateStore } from '#catalog';
import { AccountWorld } from './account-world.js';

const CARDS = 20;
let world: AccountWorld;
beforeAll(async () => {
  world = await AccountWorld.open({ products: CARDS });
  await world.untilInSync(CARDS);
}, 120_000);
afterAll(() => world.close());

/** Offers whose cards were written since, each with the facets that changed. */
async function writtenSince(from: number): Promise<Map<string, string>> {
  await world.round();
  await world.untilInSync(CARDS);
  const entries = await world.ledger(from, 'A');
  return new Map(
    entries.map((entry) => [
      entry.offer_id ?? '',
      entry.facets
        .filter((facet) => facet.changed)
        .map((facet) => facet.facet)
        .join(),
    ]),
  );
}

it('a template reaches exactly the cards of its category, without a revision, and goes again when it is removed', async () => {
  const { rows } = await world.pool.query<{ category: string; skus: string[] }>(
    'SELECT category, array_agg(sku ORDER BY sku) AS skus FROM product GROUP BY category ORDER BY count(*), category LIMIT 1',
  );
  const { category = '', skus = [] } = rows[0] ?? {};
  const revisions = async () => (await world.pool.query('SELECT sku, revision FROM product ORDER BY sku')).rows;
  const before = await revisions();
  const templates = new TemplateStore(world.pool);

  const from = await world.ledgerEnd();
  expect(await templates.set({ channel: 'ozon', category, field: 'title', pattern: '{title} в подарок' }, 'anna')).toBe(skus.length);
  expect(await writtenSince(from)).toEqual(new Map(skus.map((sku) => [sku, 'title'])));

  const later = await world.ledgerEnd();
  expect(await templates.remove({ channel: 'ozon', category, field: 'title' })).toBe(skus.length);
  expect([...(await writtenSince(later)).keys()].sort()).toEqual(skus);
  expect(await revisions()).toEqual(before);
  expect(await world.breaches()).toEqual([]);
}, 120_000);

it('stock told to one channel reaches it as a ceiling, and archiving told to one decides where a product is sold', async () => {
  const [sku = ''] = await world.skus();
  const model = await world.products.read.get(sku);
  const [[warehouse = '', pieces = 0] = []] = Object.entries(model?.document.stock ?? {}).filter(([, count]) => count > 1);
  expect(pieces).toBeGreaterThan(1);
  const from = await world.ledgerEnd();
  await world.edit(sku, { overrides: { ozon: { stock: { [warehouse]: pieces - 1 } } } });
  expect([...(await writtenSince(from))]).toEqual([[sku, 'stock']]);
  await world.edit(sku, { overrides: { ozon: { stock: { [warehouse]: pieces + 5 } } } });
  await world.round();
  const [snapshot] = await world.products.snapshots([model?.id ?? ''], { channel: 'ozon' });
  expect(snapshot?.stock[warehouse]).toBe(pieces);

  const listed = async () => (await world.pool.query<{ key: string }>(`SELECT key FROM listing WHERE key LIKE 'TOLD-%' ORDER BY key`)).rows.map(({ key }) => key);
  const goods = { ...model?.document, title: 'Лейка садовая', barcodes: [], model: undefined, overrides: undefined };
  const anna = { author: 'anna', cause: { kind: 'person' } } as const;
  await world.products.create({ ...goods, sku: 'TOLD-ELSEWHERE', overrides: { ozon: { archived: true } } }, anna);
  await world.products.create({ ...goods, sku: 'TOLD-HERE', archived: true, overrides: { ozon: { archived: false } } }, anna);
  await world.products.create({ ...goods, sku: 'TOLD-NOWHERE', archived: true }, anna);
  await world.round();
  expect(await listed()).toEqual(['TOLD-HERE']);
  await world.edit('TOLD-ELSEWHERE', { overrides: { ozon: null } });
  await world.round();
  expect(await listed()).toEqual(['TOLD-ELSEWHERE', 'TOLD-HERE']);
  await world.untilInSync(CARDS + 2);
  expect(await world.breaches()).toEqual([]);
}, 120_000);

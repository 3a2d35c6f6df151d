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

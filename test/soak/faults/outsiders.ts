import { newestEvidence } from '../hub-records.js';
import { MARKET_WAREHOUSE } from '../live-values.js';
import type { World } from '../world.js';

const MOST_AT_ONCE = 12;

/** The marketplace scrambles some cards, silently. */
export async function gremlins(world: World, round: number): Promise<void> {
  const { dice, groups, market, tally, options } = world;
  const before = await newestEvidence(await world.database(), world.accountId);
  const cards = Math.min(MOST_AT_ONCE, Math.max(4, Math.round(options.cards / 12)));
  const { injected } = await market.scramble({ seed: options.seed * 1_000 + round, cards, offer_ids: [...groups.scrambled, ...dice.sample(groups.contested, 3)] });
  for (const { id } of injected) world.scrambledAfter.set(id, before);
  tally.fired('gremlin', injected.length);
}

/** Another program of the same seller writes cards with a key of its own. */
export async function secondProgram(world: World, round: number): Promise<void> {
  const { dice, groups, market, tally } = world;
  for (const sku of dice.sample([...groups.foreign, ...groups.contested], 4)) {
    const facet = dice.pick(['title', 'description', 'price', 'stock'] as const);
    const text = `Товар из другой программы, выпуск ${round}`;
    const document = world.originals.get(sku);
    if (document === undefined) continue;
    const written = await write(market.otherProgram.bind(market), sku, facet, text, document.price?.minor ?? 100_000);
    if (!written) continue;
    world.foreignWrites.push({ sku, facet });
    tally.fired('second program');
  }
}

async function write(
  call: (path: string, body: object) => Promise<boolean>,
  sku: string,
  facet: 'title' | 'description' | 'price' | 'stock',
  text: string,
  minor: number,
): Promise<boolean> {
  switch (facet) {
    case 'title':
      return call('/v1/product/attributes/update', { items: [{ offer_id: sku, attributes: [{ id: 4180, complex_id: 0, values: [{ value: text }] }] }] });
    case 'description':
      return call('/v1/product/attributes/update', { items: [{ offer_id: sku, attributes: [{ id: 4191, complex_id: 0, values: [{ value: `${text}. Описание заменено.` }] }] }] });
    case 'price':
      return call('/v1/product/import/prices', { prices: [{ offer_id: sku, price: String(Math.round(minor / 100) - 3), old_price: '0', min_price: '0' }] });
    case 'stock':
      return call('/v2/products/stocks', { stocks: [{ offer_id: sku, stock: 777, warehouse_id: MARKET_WAREHOUSE }] });
  }
}

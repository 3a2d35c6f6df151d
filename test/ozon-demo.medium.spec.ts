import { expect, it } from '@jest/globals';
import { generateDemo } from '#demo';
import type { ProductSnapshot } from '#channels/contract';
import { ozon } from '#channels/ozon';
import { KnownReferences, RULES } from './ozon-goods.js';
import { ozonWorld } from './ozon-world.js';

it('the demo catalog renders without an error, and every attribute finds its place', async () => {
  const world = await ozonWorld();
  try {
    const known = new KnownReferences(world);
    const found = new Set<string>();
    let rendered = 0;
    for await (const batch of generateDemo({ seed: 11, products: 300 })) {
      for (const { document } of batch.products) {
        const product = { revision: 1, archived: false, ...document } as unknown as ProductSnapshot;
        await known.prepare(product);
        for (const one of ozon.render(product, RULES, known.get).diagnostics) found.add(`${one.severity} ${one.path} ${one.code} ${JSON.stringify(one.params)}`);
        rendered += 1;
      }
    }
    expect(rendered).toBe(300);
    expect([...found]).toEqual([]);
  } finally {
    await world.close();
  }
}, 120_000);

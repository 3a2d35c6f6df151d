import { expect, it } from '@jest/globals';
import type { AccountRules, ProductSnapshot } from '#channels/contract';
import { wildberries } from '#channels/wildberries';
import { generateDemo } from '#demo';
import { conformanceGround } from './conformance-sandbox.js';

const RULES: AccountRules = { categories: {}, attributes: {}, currency: 'RUB' };
/** What Wildberries has no place for, and what it can hold only nearly. */
const TOLD = ['attributes.#Хештеги wildberries.attribute-unknown', 'price wildberries.old-price-rounded', 'price wildberries.price-rounded', 'title wildberries.title-cut'];

it('the demo catalog renders without an error, and every attribute finds its place or is told', async () => {
  const ground = await conformanceGround('wildberries', wildberries, { cards: 1, cabinet: { limits: 'off' } });
  try {
    const config = await ground.control<Record<string, string>>('GET', '/connection');
    const budget = { take: async () => undefined, block: () => undefined, learn: () => undefined };
    const { http, clock } = ground.shared;
    const channel = wildberries.connect(config, { http, budget, clock, onBrokenContract: () => undefined });
    const known = new Map<string, unknown>();
    const get = (key: string): unknown => known.get(key);
    const prepare = async (product: ProductSnapshot): Promise<void> => {
      for (;;) {
        const missing = wildberries.needs(product, RULES, get).filter((key) => !known.has(key));
        if (missing.length === 0) return;
        for (const [key, value] of await channel.references(missing, { signal: new AbortController().signal, priority: 3 })) known.set(key, value);
      }
    };
    const found = new Set<string>();
    let rendered = 0;
    for await (const batch of generateDemo({ seed: 11, products: 300 })) {
      for (const { document } of batch.products) {
        const product = { revision: 1, archived: false, ...document } as unknown as ProductSnapshot;
        await prepare(product);
        for (const one of wildberries.render(product, RULES, get).diagnostics) {
          if (one.severity === 'error') throw new Error(`${product.sku}: ${one.path} ${one.code} ${JSON.stringify(one.params)}`);
          found.add(`${one.path} ${one.code}`);
        }
        rendered += 1;
      }
    }
    expect(rendered).toBe(300);
    expect([...found].sort()).toEqual(TOLD);
  } finally {
    await ground.shared.close();
  }
}, 120_000);

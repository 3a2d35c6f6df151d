import type { AccountRules, ChannelModule, ProductSnapshot } from '#channels/contract';
import { generateDemo } from '#demo';
import type { MarketKind } from '../apps/sandbox/market.js';
import { conformanceGround } from './conformance-sandbox.js';

const RULES: AccountRules = { categories: {}, attributes: {}, currency: 'RUB' };

/** Renders goods of the demo catalog with the references of a simulated market: what is told of them, as sorted "path code". Throws on an error. */
export async function demoRendering(market: MarketKind, module: ChannelModule, products: number): Promise<{ readonly rendered: number; readonly told: readonly string[] }> {
  const ground = await conformanceGround(market, module, { cards: 1, cabinet: { limits: 'off' } });
  try {
    const config = await ground.control<Record<string, string>>('GET', '/connection');
    const budget = { take: async () => undefined, block: () => undefined, learn: () => undefined };
    const { http, clock } = ground.shared;
    const channel = module.connect(config, { http, budget, clock, onBrokenContract: () => undefined });
    const known = new Map<string, unknown>();
    const get = (key: string): unknown => known.get(key);
    const prepare = async (product: ProductSnapshot): Promise<void> => {
      for (;;) {
        const missing = module.needs(product, RULES, get).filter((key) => !known.has(key));
        if (missing.length === 0) return;
        for (const [key, value] of await channel.references(missing, { signal: new AbortController().signal, priority: 3 })) known.set(key, value);
      }
    };
    const told = new Set<string>();
    let rendered = 0;
    for await (const batch of generateDemo({ seed: 11, products })) {
      for (const { document } of batch.products) {
        const product = { revision: 1, archived: false, ...document } as unknown as ProductSnapshot;
        await prepare(product);
        for (const one of module.render(product, RULES, get).diagnostics) {
          if (one.severity === 'error') throw new Error(`${product.sku}: ${one.path} ${one.code} ${JSON.stringify(one.params)}`);
          told.add(`${one.path} ${one.code}`);
        }
        rendered += 1;
      }
    }
    return { rendered, told: [...told].sort() };
  } finally {
    await ground.shared.close();
  }
}

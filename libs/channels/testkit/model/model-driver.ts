import { wallClock } from '#kernel';
import type { ChannelModule } from '#channels/contract';
import type { Driver } from '../driver.js';
import { ModelMarket } from './model-market.js';
import { model, modelSignature } from './model.channel.js';

const TOKEN = 'model-very-secret-token';
const SECRET = 'model-secret-of-deliveries';
const CARDS = 11;

/** A model market with cards on it; `module` stands in for the model channel. */
export function modelDriver(module: ChannelModule = model): Driver {
  const market = new ModelMarket(TOKEN);
  const cards = Array.from({ length: CARDS }, (_, n) => `M-${String(n).padStart(2, '0')}`);
  for (const article of cards) {
    market.cards.set(article, {
      article,
      title: `Рубашка ${article}`,
      pictures: ['https://cdn.model.test/old.jpg'],
      extra: {},
      offers: { S: { price: 100_00, stock: 5 }, M: { price: 110_00, stock: 7 } },
      listed: true,
    });
  }
  const titled = (title: string) => ({ operation: 'card', values: { title } });
  return {
    module,
    config: { token: TOKEN },
    secrets: [TOKEN],
    http: market,
    clock: wallClock,
    budget: () => ({ take: () => Promise.resolve(), block: () => undefined, learn: () => undefined }),
    cards,
    nobody: 'M-nobody',
    applied: () => Promise.resolve(market.applied),
    settle: () => Promise.resolve(),
    change: (n) => titled(`Рубашка ${n}-я`),
    refused: { ...titled('о'.repeat(80)), facet: 'title' },
    throttles: [{ name: '429 Retry-After', answer: { status: 429, headers: { 'retry-after': '5' }, body: { message: 'slower' } } }],
    revoked: { status: 401, headers: {}, body: { message: 'unknown key' } },
    overwriting: {
      change: titled('Рубашка с документами'),
      plant: (key) => {
        const card = market.cards.get(key);
        if (card) card.extra['documents'] = ['declaration-17'];
        return Promise.resolve();
      },
      intact: (key) => Promise.resolve(JSON.stringify(market.cards.get(key)?.extra['documents']) === '["declaration-17"]'),
    },
    rehosting: {
      change: { operation: 'card', values: { media: ['red', 'green'] }, mediaUrls: ['https://seller.test/1.jpg', 'https://seller.test/2.jpg'] },
      digests: ['red', 'green'],
    },
    hints: {
      secret: SECRET,
      deliver: (article) => {
        const body = Buffer.from(JSON.stringify({ article }));
        return { headers: { 'x-model-signature': modelSignature(body, SECRET) }, body };
      },
    },
    pages: 'many',
    close: () => Promise.resolve(),
  };
}

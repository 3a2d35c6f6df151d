import { wildberries } from '#channels/wildberries';
import type { Driver } from '#channels/testkit';
import { AccountBudget } from '#reconcile';
import { ALL_SCOPES, tokenOf } from '../libs/channels/wildberries/fixtures/scripted-wildberries.js';
import { WaitedClock } from './waited-clock.js';
import { ModelWildberries } from './wildberries-model.js';

const START = Date.UTC(2026, 10, 22, 12);
/** More than a page of the walk over cards holds. */
const CARDS = 120;
const FOREIGN = { items: [{ id: 'd1', type: 3, number: 'РОСС RU.1' }], excludeDocuments: false };

const tooMuch = (headers: Record<string, string>) => ({ status: 429, headers, body: { title: 'too many requests', detail: 'limited by c122a060', status: 429 } });

/** Drives Wildberries over a model of it in memory. */
export async function wildberriesDriver(): Promise<Driver> {
  const token = tokenOf({ acc: 3, for: 'self', t: false, s: ALL_SCOPES, exp: START / 1000 + 100 * 86_400 });
  const clock = new WaitedClock(START);
  const market = new ModelWildberries(token, clock);
  const cards = Array.from({ length: CARDS }, (_, n) => `KETTLE-${String(n + 1).padStart(4, '0')}`);
  for (const article of cards) market.add(article);
  const title = (text: string) => ({ operation: 'card', values: { title: text } });
  return {
    module: wildberries,
    http: market,
    clock,
    budget: () => new AccountBudget(wildberries.descriptor.buckets, clock),
    config: { token, baseUrl: 'http://model.test' },
    secrets: [token, token.split('.')[1] ?? token],
    cards: cards.slice(0, 8),
    nobody: 'NOBODY-1',
    applied: async () => [...market.applied],
    settle: async () => {
      await clock.sleep(2 * 3_600_000);
      market.applyDue();
    },
    change: (n) => title(`Чайник номер ${n}`),
    refused: { ...title('Пишите на a@b.ru'), facet: 'title' },
    throttles: [
      { name: '429 X-Ratelimit-Retry', answer: tooMuch({ 'x-ratelimit-retry': '2', 'x-ratelimit-reset': '29', 'x-ratelimit-limit': '10' }) },
      { name: '429 without a header', answer: tooMuch({}) },
      { name: '409 of a warehouse at work', answer: { status: 409, headers: {}, body: [{ code: 'StoreIsProcessing', message: 'wait', data: [] }] } },
      { name: '406 works at the warehouse', answer: { status: 406, headers: {}, body: { code: 'WarehouseStocksUpdateBlock', message: 'works' } } },
    ],
    revoked: { status: 401, headers: {}, body: { title: 'unauthorized', detail: 'token withdrawn', status: 401 } },
    overwriting: {
      change: { operation: 'card', values: { dimensions: { length: 210, width: 160, height: 260, weight: 1300 } } },
      plant: async (key) => {
        const card = market.cards.get(key);
        if (card) card['documents'] = FOREIGN;
      },
      intact: async (key) => JSON.stringify(market.cards.get(key)?.['documents']) === JSON.stringify(FOREIGN),
    },
    rehosting: {
      change: { operation: 'media', values: { media: ['red', 'green'] }, mediaUrls: ['https://shop.test/red.jpg', 'https://shop.test/green.jpg'] },
      digests: ['red', 'green'],
    },
    pages: 'many',
    close: async () => undefined,
  };
}

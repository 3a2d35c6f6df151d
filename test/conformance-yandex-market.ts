import type { Driver } from '#channels/testkit';
import { yandexMarket } from '#channels/yandex-market';
import { yandexMarket as market } from '../apps/sandbox/yandex-market/index.js';
import { conformanceGround } from './conformance-sandbox.js';

/** More than a page of the walk over cards holds: two pages of offers at a time, 200 cards. */
const CARDS = 230;
const FLOOR = 777;

interface Connection {
  readonly apiKey: string;
  readonly businessId: string;
  readonly campaignId: string;
  readonly baseUrl: string;
}

const problem = (status: number, headers: Record<string, string>, message: string) => ({ status, headers, body: { status: 'ERROR', errors: [{ code: 'SOME', message }] } });

/** Drives Yandex Market over its simulated marketplace. */
export async function yandexMarketDriver(): Promise<Driver> {
  const ground = await conformanceGround(market, yandexMarket, { cards: CARDS, cabinet: { quarantine_percent: 99 } });
  const { apiKey, businessId, campaignId, baseUrl } = await ground.control<Connection>('GET', '/connection');
  const prices = async (path: string, body: unknown): Promise<unknown> => {
    const answer = await fetch(`${baseUrl}/v2/businesses/${businessId}/offer-prices${path}`, {
      method: 'POST',
      headers: { 'Api-Key': apiKey, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`offer-prices${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  const title = (text: string) => ({ operation: 'offer', values: { title: text } });
  const until = () => new Date(ground.shared.clock.now() + 2_000).toUTCString();
  return {
    ...ground.shared,
    config: { apiKey, businessId, campaignId, baseUrl },
    secrets: [apiKey, apiKey.split(':')[1] ?? apiKey],
    cards: Array.from({ length: 8 }, (_, n) => `SYN-${String(n + 1).padStart(6, '0')}`),
    nobody: 'NOBODY-1',
    change: (n) => title(`Дрель номер ${n}`),
    refused: { ...title('ы'.repeat(300)), facet: 'title' },
    throttles: [
      {
        name: '420 X-RateLimit-Resource-Until',
        answer: problem(420, { 'x-ratelimit-resource-until': until() }, 'Hit rate limit of 5000 items per 1 minute for resource UPDATE for businessId 9000001'),
      },
      { name: '420 of parallel requests', answer: problem(420, {}, 'Hit rate limit of 4 parallel requests for businessId 9000001') },
      { name: '420 without a header', answer: problem(420, {}, 'Hit rate limit') },
      { name: '423 of a migration', answer: problem(423, {}, 'Business is in migration') },
    ],
    revoked: problem(401, {}, 'Api-Key token is revoked'),
    overwriting: {
      change: { operation: 'prices', values: { price: { price: 1500_00, currency: 'RUB' } } },
      plant: async (key) => {
        await prices('/updates', { offers: [{ offerId: key, price: { value: 1400, currencyId: 'RUR', minimumForBestseller: FLOOR } }] });
        await ground.shared.settle();
      },
      intact: async (key) => JSON.stringify(await prices('', { offerIds: [key] })).includes(`"minimumForBestseller":${FLOOR}`),
    },
    rehosting: {
      change: { operation: 'offer', values: { media: ['red', 'green'] }, mediaUrls: [ground.picture('ff0000'), ground.picture('00ff00')] },
      digests: ['red', 'green'],
    },
    pages: 'many',
  };
}

import { wildberries } from '#channels/wildberries';
import type { Driver } from '#channels/testkit';
import { wildberries as market } from '../apps/sandbox/wildberries/index.js';
import { conformanceGround } from './conformance-sandbox.js';

/** More than a page of the walk over cards holds. */
const CARDS = 120;

interface Connection {
  readonly token: string;
  readonly baseUrl: string;
}

interface Truth {
  readonly facets: { readonly attributes: { readonly value: { readonly documents?: unknown } } };
}

const tooMuch = (headers: Record<string, string>) => ({ status: 429, headers, body: { title: 'too many requests', detail: 'limited by c122a060', status: 429 } });

/** Drives Wildberries over its simulated marketplace. */
export async function wildberriesDriver(): Promise<Driver> {
  const ground = await conformanceGround(market, wildberries, { cards: CARDS });
  const { token, baseUrl } = await ground.control<Connection>('GET', '/connection');
  const title = (text: string) => ({ operation: 'card', values: { title: text } });
  const documentsOf = async (key: string) => (await ground.control<Truth>('GET', `/cards/${key}`)).facets.attributes.value.documents;
  const planted = new Map<string, string>();
  return {
    ...ground.shared,
    config: { token, baseUrl },
    secrets: [token, token.split('.')[1] ?? token],
    cards: Array.from({ length: 8 }, (_, n) => `SYN-${String(n + 1).padStart(6, '0')}`),
    nobody: 'NOBODY-1',
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
        await ground.control('POST', `/cards/${key}/document`);
        planted.set(key, JSON.stringify(await documentsOf(key)));
      },
      intact: async (key) => planted.get(key) !== undefined && JSON.stringify(await documentsOf(key)) === planted.get(key),
    },
    rehosting: {
      change: { operation: 'media', values: { media: ['red', 'green'] }, mediaUrls: [ground.picture('ff0000'), ground.picture('00ff00')] },
      digests: ['red', 'green'],
    },
    pages: 'many',
  };
}

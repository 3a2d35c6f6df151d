import { ozon } from '#channels/ozon';
import type { Driver } from '#channels/testkit';
import { ozon as market } from '../apps/sandbox/ozon/index.js';
import { conformanceGround } from './conformance-sandbox.js';

const CONFIG = { clientId: '1000001', apiKey: 'sandbox-key-a' };
/** One more than a page of a sweep holds. */
const CARDS = 1001;
const ARTICLE_ATTRIBUTE = 9024;
const FOREIGN = 'ЧУЖОЕ-17';

const problem = (status: number, headers: Record<string, string>, body: object) => ({ status, headers, body });
const rate = { code: 8, message: 'You have reached request rate limit per second', details: [] };
const items = { code: 'RESOURCE_EXHAUSTED', message: 'You have reached operation items limits. Retry after 120 seconds. Remaining 10 items' };

/** Drives Ozon over its simulated marketplace. */
export async function ozonDriver(): Promise<Driver> {
  const ground = await conformanceGround(market, ozon, { cards: CARDS });
  const otherIntegration = async (path: string, body: unknown): Promise<void> => {
    const headers = { 'client-id': CONFIG.clientId, 'api-key': 'sandbox-key-b', 'content-type': 'application/json' };
    const answer = await fetch(`${ground.url}/ozon${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    await ground.shared.settle();
  };
  const price = (minor: number) => ({ operation: 'prices', values: { price: { price: minor, currency: 'RUB' } } });
  return {
    ...ground.shared,
    config: { ...CONFIG, baseUrl: `${ground.url}/ozon` },
    secrets: [CONFIG.apiKey],
    cards: Array.from({ length: 8 }, (_, n) => `SYN-${String(n + 1).padStart(6, '0')}`),
    nobody: 'NOBODY-1',
    change: (n) => price(1_000_00 + n * 10_00),
    refused: { ...price(0), facet: 'price' },
    throttles: [
      { name: '429 Retry-After', answer: problem(429, { 'retry-after': '2', 'ratelimit-remaining': '0' }, rate) },
      { name: '429 Item-Retry-After', answer: problem(429, { 'item-retry-after': '2', 'item-rate-limit-remaining': '10' }, items) },
      { name: '429 without a header', answer: problem(429, {}, rate) },
      { name: '429 circle open', answer: problem(429, { 'retry-after': '120' }, { ...rate, message: 'Circle is open' }) },
      { name: '409', answer: problem(409, {}, { code: 10, message: 'request is already being processed', details: [] }) },
    ],
    revoked: problem(403, {}, { code: 7, message: 'Api-key is deactivated, use another one or generate a new one', details: [] }),
    overwriting: {
      change: { operation: 'import', values: { dimensions: { length: 210, width: 160, height: 260, weight: 1300 } } },
      plant: (key) =>
        otherIntegration('/v1/product/attributes/update', { items: [{ offer_id: key, attributes: [{ id: ARTICLE_ATTRIBUTE, complex_id: 0, values: [{ value: FOREIGN }] }] }] }),
      intact: async (key) => JSON.stringify(await ground.control('GET', `/cards/${key}`)).includes(FOREIGN),
    },
    rehosting: {
      change: { operation: 'pictures', values: { media: ['red', 'green'] }, mediaUrls: [ground.picture('ff0000'), ground.picture('00ff00')] },
      digests: ['red', 'green'],
    },
    pages: 'many',
  };
}

import { createHmac } from 'node:crypto';
import type { Driver } from '#channels/testkit';
import { woocommerce } from '#channels/woocommerce';
import { woocommerce as market } from '../apps/sandbox/woocommerce/index.js';
import { conformanceGround } from './conformance-sandbox.js';

/** More products than a page of the walk holds; every eighth comes in sizes. */
const CARDS = 120;
const HOOK_SECRET = 'secret-of-deliveries';
const FOREIGN = 'ЧУЖОЕ-17';
const WALL = '<!DOCTYPE html><html><head><title>Just a moment...</title></head><body></body></html>';

interface Connection {
  readonly siteUrl: string;
  readonly consumerKey: string;
  readonly consumerSecret: string;
}
interface Product {
  readonly id: number;
  readonly global_unique_id: string;
  readonly attributes: readonly { readonly options: readonly string[] }[];
}

/** Drives WooCommerce over its simulated shop, as behind a proxy that ends TLS: Basic on https for the adapter, http on this machine. */
export async function woocommerceDriver(release: 9 | 11): Promise<Driver> {
  const ground = await conformanceGround(market, woocommerce, { cards: CARDS, cabinet: { tls: true, release } });
  const connection = await ground.control<Connection>('GET', '/connection');
  const anotherProgram = async (method: 'GET' | 'PUT', path: string, body?: unknown): Promise<unknown> => {
    const headers = { authorization: `Basic ${Buffer.from(`ck_${'b'.repeat(40)}:cs_${'b'.repeat(40)}`).toString('base64')}`, 'content-type': 'application/json' };
    const answer = await fetch(`${connection.siteUrl}/wp-json/wc/v3${path}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  const productOf = async (key: string) => {
    const { product_id: id } = await ground.control<{ readonly product_id: number }>('GET', `/cards/${key}`);
    return (await anotherProgram('GET', `/products/${id}`)) as Product;
  };
  const title = (text: string) => ({ operation: 'card', values: { title: text } });
  const taken = (await productOf('SYN-000007')).global_unique_id;
  return {
    ...ground.shared,
    http: { request: (call) => ground.shared.http.request({ ...call, url: call.url.replace(/^https:/, 'http:') }) },
    config: { ...connection, siteUrl: connection.siteUrl.replace(/^http:/, 'https:') },
    secrets: [connection.consumerKey, connection.consumerSecret],
    cards: ['SYN-000001', 'SYN-000002', 'SYN-000003', 'SYN-000004', 'SYN-000005', 'SYN-000006', 'SYN-000008-S', 'SYN-000008-M'],
    nobody: 'NOBODY-1',
    change: (n) => title(`Чайник номер ${n}`),
    refused: { operation: 'card', values: { barcodes: [taken] }, facet: 'barcodes' },
    throttles: [
      { name: '429 Retry-After', answer: { status: 429, headers: { 'retry-after': '2' }, body: WALL } },
      { name: '429 without a header', answer: { status: 429, headers: {}, body: WALL } },
      { name: '503 Retry-After while WordPress is updated', answer: { status: 503, headers: { 'retry-after': '2' }, body: WALL } },
      { name: '403 of a wall in front of the site', answer: { status: 403, headers: {}, body: WALL } },
    ],
    revoked: { status: 401, headers: {}, body: { code: 'woocommerce_rest_authentication_error', message: 'Consumer key is invalid.', data: { status: 401 } } },
    overwriting: {
      change: { operation: 'card', values: { attributes: { Цвет: [{ text: 'синий' }] } } },
      plant: async (key) => {
        const { id, attributes } = await productOf(key);
        await anotherProgram('PUT', `/products/${id}`, { attributes: [...attributes, { name: 'Примечание', options: [FOREIGN] }] });
      },
      intact: async (key) => (await productOf(key)).attributes.some(({ options }) => options.includes(FOREIGN)),
    },
    rehosting: {
      change: { operation: 'media', values: { media: ['red', 'green'] }, mediaUrls: [ground.picture('ff0000'), ground.picture('00ff00')] },
      digests: ['red', 'green'],
    },
    hints: {
      secret: HOOK_SECRET,
      deliver: (key, externalId) => {
        const body = Buffer.from(JSON.stringify({ id: Number(externalId), type: 'simple', sku: key, name: 'Чайник' }));
        const signature = createHmac('sha256', HOOK_SECRET).update(body).digest('base64');
        return { headers: { 'x-wc-webhook-topic': 'product.updated', 'x-wc-webhook-signature': signature }, body };
      },
    },
    pages: 'many',
  };
}

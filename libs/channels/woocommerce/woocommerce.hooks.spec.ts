import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Refused } from '#kernel';
import type { Delivery } from '#channels/contract';
import { scriptedRun, type ScriptedAnswer } from '#channels/testkit';
import { liveGroup, liveProduct, liveVariation, page, site, type Doc } from './fixtures/scripted-woocommerce.js';
import { readDelivery } from './woocommerce.hooks.js';

const SECRET = 'secret-of-the-site';
const URL = 'https://hub.test/api/hooks/7';

function delivery(doc: unknown, topic = 'product.updated'): Delivery {
  const body = Buffer.from(JSON.stringify(doc));
  return { headers: { 'x-wc-webhook-topic': topic, 'x-wc-webhook-signature': createHmac('sha256', SECRET).update(body).digest('base64') }, body };
}

describe('a delivery of the site', () => {
  it.each([
    ['a product', delivery(liveProduct()), [{ externalId: '101' }, { key: 'KETTLE-1' }]],
    ['a product without a SKU', delivery(liveProduct({ sku: '' })), [{ externalId: '101' }]],
    ['a variation', delivery(liveVariation()), [{ externalId: '201' }, { key: 'TEE-1-S' }]],
    ['a group', delivery(liveGroup()), [{ externalId: '200' }, { externalId: '201' }, { externalId: '202' }]],
    ['what was deleted', delivery({ id: 200 }, 'product.deleted'), [{ externalId: '200' }, { id: { name: 'group', value: '200' } }]],
  ])('names the cards of %s', (_what, told, cards) => {
    expect(readDelivery(told, SECRET)).toEqual({ kind: 'cards', cards });
  });

  it.each([
    ['an order', delivery({ id: 5, line_items: [] }, 'order.updated')],
    ['a product without a number', delivery({ id: '5; DROP' })],
    ['no object', delivery([1, 2])],
    ['the greeting of a new webhook', { headers: {}, body: Buffer.from('webhook_id=12') }],
  ])('is about nothing of ours: %s', (_what, told) => {
    expect(readDelivery(told, SECRET)).toEqual({ kind: 'nothing' });
  });

  it('is forged when a single bit of it is another, or the secret', () => {
    const genuine = delivery(liveProduct());
    fc.assert(
      fc.property(fc.nat(genuine.body.byteLength * 8 - 1), (bit) => {
        const body = Uint8Array.from(genuine.body);
        body[bit >> 3] = (body[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        return readDelivery({ headers: genuine.headers, body }, SECRET).kind === 'forged';
      }),
    );
    for (const signature of ['', 'AAAA', 'не base64', undefined]) {
      expect(readDelivery({ ...genuine, headers: { ...genuine.headers, 'x-wc-webhook-signature': signature } }, SECRET)).toEqual({ kind: 'forged' });
    }
    expect(readDelivery(genuine, 'another secret')).toEqual({ kind: 'forged' });
    expect(readDelivery({ headers: {}, body: Buffer.from('webhook_id=12&x=1') }, SECRET)).toEqual({ kind: 'forged' });
  });
});

describe('the webhooks of the hub', () => {
  const hook = (id: number, topic: string, status = 'active', delivery_url = URL): Doc => ({ id, topic, status, delivery_url, name: 'x' });
  const kept = [hook(1, 'product.created'), hook(2, 'product.updated'), hook(3, 'product.deleted'), hook(4, 'product.restored')];

  /** What was sent to change the hooks that the site has; every item answered by itself unless told otherwise. */
  async function changed(hooks: readonly Doc[], ask: 'keep' | 'renew' | 'remove', refuse?: Doc): Promise<{ told: unknown; sent: unknown[] }> {
    const shop = site(({ method, body }): ScriptedAnswer => {
      if (method === 'GET') return page(hooks);
      return { body: Object.fromEntries(Object.entries(body).map(([kind, list]) => [kind, (list as unknown[]).map(() => refuse ?? { id: 9 })])) };
    });
    const source = shop.channel.hints;
    if (source === undefined) throw new Error('the channel keeps no webhooks');
    const told = ask === 'remove' ? await source.remove(URL, scriptedRun()) : await source.keep({ url: URL, secret: SECRET }, ask === 'renew', scriptedRun());
    return { told, sent: shop.requests.filter(({ method }) => method !== 'GET').map(({ path, body }) => [path, body]) };
  }

  it('are made once, one a topic', async () => {
    const { told, sent } = await changed([hook(8, 'product.updated', 'active', 'https://other.test/')], 'keep');
    expect(told).toBe('kept');
    expect(sent).toEqual([
      [
        '/webhooks/batch',
        { create: ['created', 'updated', 'deleted', 'restored'].map((event) => expect.objectContaining({ topic: `product.${event}`, delivery_url: URL, secret: SECRET })) },
      ],
    ]);
    expect(await changed(kept, 'keep')).toEqual({ told: 'kept', sent: [] });
  });

  it('are switched on again when the site gave up, and left alone when a person paused them', async () => {
    const [created = {}, updated = {}, ...others] = kept;
    const hooks = [{ ...created, status: 'paused' }, { ...updated, status: 'disabled' }, ...others];
    expect(await changed(hooks, 'keep')).toEqual({ told: 'paused', sent: [['/webhooks/batch', { update: [{ id: 2, status: 'active' }] }]] });
  });

  it('are told a new secret, and lose their doubles', async () => {
    const { sent } = await changed([...kept, hook(11, 'product.updated')], 'renew');
    expect(sent).toEqual([['/webhooks/batch', { update: [1, 2, 3, 4].map((id) => ({ id, secret: SECRET })), delete: [11] }]]);
  });

  it('go all together, and nobody else’s with them', async () => {
    expect((await changed([...kept, hook(12, 'product.updated', 'active', 'https://other.test/')], 'remove')).sent).toEqual([['/webhooks/batch', { delete: [1, 2, 3, 4] }]]);
  });

  it('are refused item by item, although the batch was answered well', async () => {
    const refusal = { id: 0, error: { code: 'woocommerce_rest_shop_webhook_invalid_delivery_url', message: 'not valid', data: { status: 400 } } };
    await expect(changed([], 'keep', refusal)).rejects.toThrow(Refused);
  });
});

import { describe, expect, it } from '@jest/globals';
import { Refused, RetryLater, Throttled, Unsupported } from '#kernel';
import { type Answer, NOW, PERSONAL, clientOf, run, scripted, tokenOf } from './fixtures/scripted-wildberries.js';
import { WildberriesClient } from './wildberries.client.js';
import { BUCKETS, teachLimits } from './wildberries.limits.js';
import { readToken } from './wildberries.token.js';

const inOrder = (...answers: readonly Answer[]) => scripted((_request, at) => answers[at] ?? answers.at(-1) ?? {});

describe('the one way to Wildberries', () => {
  it('sends each category to its own host, test tokens to the sandbox hosts', async () => {
    const { ports, requests } = scripted(() => ({ body: [] }));
    const real = new WildberriesClient({ token: PERSONAL, baseUrl: '' }, readToken(PERSONAL), ports);
    await real.call('warehouses', {}, run());
    await real.call('goods', { query: { limit: 1000, offset: 0 } }, run());
    await real.call('characteristics', { id: '815', query: { locale: 'ru' } }, run());
    const token = tokenOf({ acc: 2, t: true, s: 30 });
    await new WildberriesClient({ token, baseUrl: '' }, readToken(token), ports).call('warehouses', {}, run());
    expect(requests.map((request) => request.url)).toEqual([
      'https://marketplace-api.wildberries.ru/api/v3/warehouses',
      'https://discounts-prices-api.wildberries.ru/api/v2/list/goods/filter?limit=1000&offset=0',
      'https://content-api.wildberries.ru/content/v2/object/charcs/815?locale=ru',
      'https://marketplace-api-sandbox.wildberries.ru/api/v3/warehouses',
    ]);
  });

  it('pays one unit for a request and nine more for an error of the marketplace hosts', async () => {
    const { ports, spent } = scripted(() => ({ status: 400, body: { code: 'IncorrectParameter', message: 'no' } }));
    await expect(clientOf(ports).call('setStocks', { id: '7', body: { stocks: [] } }, run())).rejects.toBeInstanceOf(Refused);
    expect(spent).toEqual([
      { bucket: 'stocks', cost: 1 },
      { bucket: 'stocks', cost: 9 },
    ]);
    const content = scripted(() => ({ status: 400, body: { errorText: 'no' } }));
    await expect(clientOf(content.ports).call('update', { body: [] }, run())).rejects.toBeInstanceOf(Refused);
    expect(content.spent).toEqual([{ bucket: 'update', cost: 1 }]);
  });

  it('closes the bucket for as long as a 429 says, and sends the same again, a write too: nothing of it was taken', async () => {
    const { ports, blocked, requests } = inOrder({ status: 429, headers: { 'x-ratelimit-retry': '6' } }, { body: { error: false } });
    await clientOf(ports).call('update', { body: [] }, run());
    expect(blocked).toEqual([{ bucket: 'update', until: NOW + 6000 }]);
    expect(requests).toHaveLength(2);
  });

  it('gives up after three 429 in a row', async () => {
    const { ports, requests } = inOrder({ status: 429, headers: { 'x-ratelimit-retry': '6' } });
    await expect(clientOf(ports).call('cards', { body: {} }, run())).rejects.toBeInstanceOf(Throttled);
    expect(requests).toHaveLength(3);
  });

  it('waits for the next unit when somebody else has emptied the bucket', async () => {
    const { ports, blocked } = inOrder({ headers: { 'X-Ratelimit-Remaining': '0' }, body: {} });
    await clientOf(ports).call('update', { body: [] }, run());
    expect(blocked).toEqual([{ bucket: 'update', until: NOW + 6000 }]);
  });

  it('asks again after trouble while it only reads, never after a write', async () => {
    const reads = inOrder({ status: 503 }, { body: {} });
    await clientOf(reads.ports).call('cards', { body: {} }, run());
    expect(reads.requests).toHaveLength(2);
    const writes = inOrder({ status: 503 });
    await expect(clientOf(writes.ports).call('update', { body: [] }, run())).rejects.toBeInstanceOf(RetryLater);
    expect(writes.requests).toHaveLength(1);
  });

  it('never repeats the token, though the answer does', async () => {
    const [, payload = ''] = PERSONAL.split('.');
    const { ports } = scripted(() => ({ status: 401, body: { title: 'unauthorized', detail: `token is malformed: ${PERSONAL}, ${payload}` } }));
    await expect(clientOf(ports).call('seller', {}, run())).rejects.toThrow('/api/v1/seller-info: HTTP 401: token is malformed: ***, ***');
  });

  it('does not ask what is closed to the type of the token', async () => {
    const token = tokenOf({ acc: 1, t: false, s: 30 });
    const { ports, requests } = scripted(() => ({}));
    await expect(clientOf(ports, token).call('rating', { body: {} }, run())).rejects.toBeInstanceOf(Unsupported);
    expect(requests).toHaveLength(0);
  });
});

describe('limits by type of token', () => {
  it('holds a burst and lets through one more an interval in the long run', () => {
    expect(BUCKETS.find((bucket) => bucket.name === 'cards')).toEqual({ name: 'cards', kind: 'rate', limit: 5, perMs: 3000 });
    expect(BUCKETS.find((bucket) => bucket.name === 'stocks')).toEqual({ name: 'stocks', kind: 'rate', limit: 20, perMs: 4000 });
  });

  it('teaches a Base token its slow figures, a test token one request a second, others nothing', () => {
    const { ports, learned } = scripted(() => ({}));
    teachLimits(ports.budget, 'personal');
    expect(learned).toEqual([]);
    teachLimits(ports.budget, 'base');
    expect(learned).toContainEqual({ bucket: 'prices', limit: 1, perMs: 900_000 });
    expect(learned.map((one) => one.bucket)).not.toContain('stocks');
    learned.length = 0;
    teachLimits(ports.budget, 'test');
    expect(learned).toEqual([{ bucket: 'sandbox', limit: 1, perMs: 1000 }]);
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PRIORITY, type HttpPort } from '#channels/contract';
import { woocommerce } from '#channels/woocommerce';
import { createHttpClient } from '#platform';
import { AccountBudget } from '#reconcile';
import { wooWorld, type WooWorld } from './sandbox-woocommerce-world.js';
import { WaitedClock } from './waited-clock.js';

let world: WooWorld;
const closers: (() => void)[] = [];
beforeAll(async () => {
  world = await wooWorld({ limits: 'off' });
}, 60_000);
afterAll(async () => {
  for (const close of closers) close();
  await world.close();
});

/** A channel that speaks https to something in front of the shop, which passes everything on over http. */
async function connected(passOn: (headers: Readonly<Record<string, string>>) => Readonly<Record<string, string>>) {
  const { body: connection } = await world.control<Record<string, string>>('/connection');
  const http = createHttpClient({ allowPrivate: [new URL(world.url).host] });
  closers.push(() => http.close());
  const statuses: number[] = [];
  const request: HttpPort['request'] = async (call) => {
    const answer = await http.request({ ...call, url: call.url.replace(/^https:/, 'http:'), headers: passOn(call.headers) });
    statuses.push(answer.status);
    return answer;
  };
  const clock = new WaitedClock(Date.now());
  const config = { ...connection, siteUrl: (connection['siteUrl'] ?? '').replace(/^http:/, 'https:') };
  const channel = woocommerce.connect(config, { http: { request }, budget: new AccountBudget(woocommerce.descriptor.buckets, clock), clock, onBrokenContract: () => undefined });
  const run = { signal: AbortSignal.timeout(30_000), priority: PRIORITY.sweep };
  return { health: async () => (await channel.health(run)).ok, statuses };
}

const withoutProof = (headers: Readonly<Record<string, string>>) => Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'Authorization'));

describe('a shop that does not take the key as it comes', () => {
  it('takes it at once where nothing is in the way', async () => {
    await world.control('/seed', { cabinet: { tls: true } });
    const { health, statuses } = await connected((headers) => headers);
    expect([await health(), statuses]).toEqual([true, [200, 200]]);
  });

  it('takes a signature where something strips the header', async () => {
    await world.control('/seed', { cabinet: { tls: true } });
    const { health, statuses } = await connected(withoutProof);
    expect([await health(), statuses]).toEqual([true, [401, 200, 200]]);
    expect([await health(), statuses.slice(3)]).toEqual([true, [200, 200]]);
  });

  it('takes a signature for http where it does not know of the TLS before it', async () => {
    await world.control('/seed', { cabinet: { tls: false } });
    const { health, statuses } = await connected((headers) => headers);
    expect([await health(), statuses]).toEqual([true, [401, 401, 200, 200]]);
  });
});

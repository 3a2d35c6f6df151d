import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { PRIORITY, type PushItem, type PushOutcome } from '#channels/contract';
import { woocommerce } from '#channels/woocommerce';
import { AccountBudget } from '#reconcile';
import { Killed, SmallHost, type Fate } from './small-host.js';
import { WaitedClock } from './waited-clock.js';

const PRODUCTS = 5_000;
const PICTURES = 2;
const MEDIA_AT_ONCE = woocommerce.descriptor.operations.find(({ id }) => id === 'media')?.batch ?? 1;

const digestOf = (n: number, at: number) => createHash('sha256').update(`${n}/${at}`).digest('hex');
const inParts = <T>(all: readonly T[], size: number) => Array.from({ length: Math.ceil(all.length / size) }, (_, at) => all.slice(at * size, (at + 1) * size));

/** Now and then an answer is lost, or the hub dies while it waits for one. */
const SHAKY = (upload: number): Fate => (upload % 97 === 96 ? 'answer-lost' : upload % 89 === 88 ? 'asker-killed' : 'done');

describe('the first push of five thousand products with pictures', () => {
  it('keeps to the pace of a small host, and takes no picture there twice, whatever becomes of the answers', async () => {
    const clock = new WaitedClock(Date.UTC(2026, 10, 22));
    let turnedAway = 0;
    const host = new SmallHost(clock, (upload) => (upload % 500 === 499 && (turnedAway += 1) % 2 === 1 ? 'turned-away' : SHAKY(upload)));
    const budget = new AccountBudget(woocommerce.descriptor.buckets, clock);
    const key = { siteUrl: 'https://shop.test', consumerKey: 'ck_0123456789', consumerSecret: 'cs_0123456789' };
    const started = () => woocommerce.connect(key, { http: host, budget, clock, onBrokenContract: () => undefined });
    let channel = started();
    const run = { signal: new AbortController().signal, priority: PRIORITY.content };

    const skus = Array.from({ length: PRODUCTS }, (_, n) => `SKU-${n}`);
    const ids: number[] = [];
    for (const part of inParts(skus, 100)) {
      const outcomes = await channel.push(
        'create',
        part.map((sku) => ({ item: { key: sku, ids: {}, values: {}, carry: {} }, body: { sku, fields: { type: 'simple', name: sku, status: 'publish' } } })),
        run,
      );
      ids.push(...outcomes.map((outcome) => Number(outcome.kind === 'accepted' ? (outcome.answer as { id: number }).id : 0)));
    }
    expect(new Set(ids).size).toBe(PRODUCTS);

    let nonce = 0;
    const mediaOf = (n: number): PushItem => {
      const media = Array.from({ length: PICTURES }, (_, at) => digestOf(n, at));
      const mediaUrls = media.map((digest) => `https://hub.test/media/${digest}-${(nonce += 1).toString(16).padStart(12, '0')}.jpg`);
      return { key: `SKU-${n}`, externalId: String(ids[n]), ids: {}, values: { media }, mediaUrls, carry: {}, document: { product: host.product(ids[n] ?? 0) } };
    };
    const wanted = (n: number) => Array.from({ length: PICTURES }, (_, at) => digestOf(n, at)).join();
    const push = async (numbers: readonly number[]): Promise<readonly PushOutcome[]> => {
      const calls = numbers.map(mediaOf).map((item) => ({ item, body: woocommerce.compose('media', item) }));
      try {
        return await channel.push('media', calls, run);
      } catch (error) {
        if (!(error instanceof Killed)) throw error;
        channel = started();
        return [];
      }
    };
    for (const numbers of inParts([...skus.keys()], MEDIA_AT_ONCE)) {
      for (let left = [...numbers]; left.length > 0;) {
        const outcomes = await push(left);
        // As the engine does it: what is not surely done is looked at, and composed anew unless it is right.
        left = left.filter((n, at) => outcomes[at]?.kind !== 'accepted' && shownBy(host, ids[n] ?? 0).join() !== wanted(n));
      }
    }

    expect(host.uploads.size).toBe(PRODUCTS * PICTURES);
    expect([...host.uploads.values()].every((count) => count === 1)).toBe(true);
    expect(ids.every((id, n) => shownBy(host, id).join() === wanted(n))).toBe(true);
    const [{ limit, perMs } = { limit: 0, perMs: 0 }] = woocommerce.descriptor.buckets.flatMap((bucket) => (bucket.kind === 'rate' ? [bucket] : []));
    expect(host.times.some((at, n) => (host.times[n + limit] ?? Infinity) - at < perMs)).toBe(false);
    expect(host.mostAtOnce).toBeLessThanOrEqual(3);
    // A request for each picture, one for each batch of products that notes which is which, and what trouble adds.
    expect(host.times.length).toBeLessThan(PRODUCTS * PICTURES * 1.2);
  }, 120_000);
});

function shownBy(host: SmallHost, id: number): readonly string[] {
  return (host.product(id)['images'] as { src: string }[]).map(({ src }) => src.split('/').at(-1)?.slice(0, 64) ?? '');
}

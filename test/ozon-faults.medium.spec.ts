import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { BrokenContract, RetryLater, Throttled, Unauthorised } from '#kernel';
import { ozon } from '#channels/ozon';
import type { ObservationPage, PushItem } from '#channels/contract';
import { bySource, collect, ozonWorld, run, type OzonWorld } from './ozon-world.js';

const CARDS = 1100;

describe('an Ozon that misbehaves', () => {
  let world: OzonWorld;
  beforeEach(async () => {
    world = await ozonWorld({ cards: CARDS });
  });
  afterEach(async () => world.close());

  const fault = (kind: string, path: string, count = 1) => world.control('POST', '/faults', { rules: [{ kind, match: { path }, count }] });
  const calm = () => world.control('POST', '/faults', { rules: [] });

  /** Reads on from the last cursor after each failure, as the engine does. */
  async function sweepToEnd(lane: string): Promise<ObservationPage[]> {
    const pages: ObservationPage[] = [];
    for (let attempt = 0; attempt < 5; attempt += 1) {
      try {
        for await (const page of world.channel.sweep(lane, pages.at(-1)?.cursor, run())) pages.push(page);
        return pages;
      } catch (error) {
        if (!(error instanceof RetryLater) && !(error instanceof BrokenContract)) throw error;
      }
    }
    throw new Error('the sweep never ended');
  }

  it.each([
    { kind: 'truncated_page', path: '/v3/product/list', lane: 'offers' },
    { kind: 'duplicate_page', path: '/v3/product/list', lane: 'offers' },
    { kind: 'http_503', path: '/v3/product/info/list', lane: 'offers' },
    { kind: 'rate_429', path: '/v4/product/info/stocks', lane: 'offers' },
    { kind: 'truncated_page', path: '/v4/product/info/attributes', lane: 'content' },
    { kind: 'duplicate_page', path: '/v4/product/info/attributes', lane: 'content' },
    { kind: 'http_500', path: '/v4/product/info/attributes', lane: 'content' },
    { kind: 'html_200', path: '/v4/product/info/attributes', lane: 'content' },
    { kind: 'bad_json', path: '/v4/product/info/attributes', lane: 'content' },
  ])('$kind in $lane: a sweep that ends has named no card twice', async ({ kind, path, lane }) => {
    await fault(kind, path);
    const found = bySource(await sweepToEnd(lane));
    const rules = await world.control<{ rules: { fired: number }[] }>('GET', '/faults');
    expect(rules.rules.map((rule) => rule.fired)).toEqual([1]);
    for (const [source, cards] of found) expect([source, cards.size <= CARDS]).toEqual([source, true]);
    await calm();
    const after = bySource(await sweepToEnd(lane));
    for (const [source, cards] of after) expect([source, cards.size]).toEqual([source, CARDS]);
  });

  it('a write whose answer was lost is unsure, was applied once and is not sent again', async () => {
    const [live] = (await world.channel.peek(['SYN-000001'], ozon.descriptor.facets, run())).cards;
    if (live === undefined) throw new Error('the card is not there');
    const item: PushItem = { key: live.key, externalId: live.externalId, ids: live.ids, values: { price: { price: 777_00, currency: 'RUB' } }, carry: live.values };
    await fault('lost_answer', '/v1/product/import/prices');
    const outcomes = await world.channel.push('prices', [{ item, body: ozon.compose('prices', item) }], run());
    expect(outcomes).toMatchObject([{ kind: 'unsure' }]);
    await calm();
    const ledger = await world.control<{ entries: { offer_id: string }[] }>('GET', '/ledger?limit=100');
    expect(ledger.entries.filter((entry) => entry.offer_id === live.key)).toHaveLength(1);
    const [after] = (await world.channel.peek([live.key], ['price'], run())).cards;
    expect(after?.values.price?.price).toBe(777_00);
  });

  it.each([
    { kind: 'items_429', type: Throttled },
    { kind: 'circle_open', type: Throttled },
    { kind: 'revoke_key', type: Unauthorised },
  ])('$kind on a write that did not happen is an error for the engine', async ({ kind, type }) => {
    const item: PushItem = { key: 'SYN-000001', externalId: '1', ids: {}, values: { title: 'Другое' }, carry: {} };
    await fault(kind, '/v1/product/attributes/update');
    await expect(world.channel.push('attributes', [{ item, body: ozon.compose('attributes', item) }], run())).rejects.toBeInstanceOf(type);
  });

  it('leaves nothing behind when the reader goes away', async () => {
    for await (const page of world.channel.sweep('content', undefined, run())) {
      expect(page.cards.length).toBeGreaterThan(0);
      break;
    }
    await collect(world.channel.sweep('content', undefined, run()));
  });
});

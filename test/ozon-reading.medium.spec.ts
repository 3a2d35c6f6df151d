import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Unauthorised } from '#kernel';
import { bySource, collect, CLIENT_ID, KEY_B, ozonWorld, run, type OzonWorld } from './ozon-world.js';
import { ozon } from '#channels/ozon';

const CARDS = 2300;

describe('reading an Ozon account', () => {
  let world: OzonWorld;
  beforeAll(async () => {
    world = await ozonWorld({ cards: CARDS });
  });
  afterAll(async () => world.close());

  it('sees every card once in each read, with the values it really has', async () => {
    const offers = bySource(await collect(world.channel.sweep('offers', undefined, run())));
    const content = bySource(await collect(world.channel.sweep('content', undefined, run())));
    expect([...offers].map(([source, cards]) => [source, cards.size])).toEqual([
      ['list', CARDS],
      ['info', CARDS],
      ['stock', CARDS],
    ]);
    expect(content.get('content')?.size).toBe(CARDS);
    for (const card of offers.get('info')?.values() ?? []) expect(card.values.status).toMatchObject({ sellable: true, causes: [] });
    for (const card of offers.get('stock')?.values() ?? []) expect(Object.values(card.values.stock ?? {})[0]).toBeGreaterThan(0);
    expect(world.broken).toEqual([]);
  });

  it('goes on from any cursor without losing or repeating a card', async () => {
    for (const lane of ['offers', 'content']) {
      const all = await collect(world.channel.sweep(lane, undefined, run()));
      const at = Math.floor(all.length / 2);
      const rest = await collect(world.channel.sweep(lane, all[at]?.cursor, run()));
      expect(rest.map((page) => [page.source, page.cards.length])).toEqual(all.slice(at + 1).map((page) => [page.source, page.cards.length]));
    }
  });

  it('peeks at named cards, and calls absent only what nobody knows', async () => {
    const answer = await world.channel.peek(['SYN-000001', 'SYN-000002', 'no-such-card'], ozon.descriptor.facets, run());
    expect(answer.cards.map((card) => card.key).sort()).toEqual(['SYN-000001', 'SYN-000002']);
    expect(answer.absent).toEqual(['no-such-card']);
    const content = bySource(await collect(world.channel.sweep('content', undefined, run()))).get('content');
    for (const card of answer.cards) {
      const { category, title, description, media, attributes, dimensions, barcodes } = card.values;
      expect(JSON.stringify({ category, title, description, media, attributes, dimensions, barcodes })).toBe(JSON.stringify(content?.get(card.key)?.values));
      expect(Object.keys(card.values)).toEqual([...ozon.descriptor.facets]);
    }
  });

  it('learns the limits of the account and the end of the key', async () => {
    const report = await world.channel.health(run());
    expect(report).toMatchObject({ ok: true, diagnostics: [] });
    expect(report.expiresAt).toBeGreaterThan(world.clock.now());
    expect(Object.fromEntries(world.learned)).toEqual({ daily_create: 20_000, daily_update: 20_000, items: 300 });
  });

  it('a wrong key stops the account', async () => {
    const wrong = ozon.connect({ clientId: CLIENT_ID, apiKey: `${KEY_B}-wrong`, baseUrl: `${world.url}/ozon` }, world.ports);
    await expect(collect(wrong.sweep('offers', undefined, run()))).rejects.toBeInstanceOf(Unauthorised);
    expect(await wrong.health(run())).toMatchObject({ ok: false });
  });
});

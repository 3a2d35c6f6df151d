import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { describeMarket } from '../apps/sandbox/describe-market.js';
import { offer, LONG, STORE, yandexMarketWorld, type ListAnswer, type YandexMarketWorld } from './sandbox-yandex-market-world.js';

interface Injected {
  offer_id: string;
  kind: string;
  facet: string;
  restored: boolean;
  stayed: boolean;
}
interface Scrambled {
  injected: Injected[];
  echoes: { offer_id: string; echoes: string[] }[];
}
interface Ledger {
  entries: { key: string; offer_id: string; facets: { facet: string; changed: boolean; needless: boolean }[] }[];
}
const KINDS = [
  'swapped',
  'gibberish',
  'photo-lost',
  'photo-replaced',
  'photo-reordered',
  'category-moved',
  'attribute-lost',
  'attribute-changed',
  'text-changed',
  'dimensions-changed',
  'price',
  'stock',
  'not-buyable',
];

let world: YandexMarketWorld;
beforeAll(async () => {
  world = await yandexMarketWorld();
}, 60_000);
afterAll(() => world.close());
beforeEach(async () => {
  await world.control('/reset', { seed: 'g' });
  await world.control('/seed', { cards: 300, seed: 'g', cabinet: { limits: 'off' } });
});

const scramble = async (order: object): Promise<Scrambled> => (await world.control<Scrambled>('/gremlins', order)).body;
const ledger = async (): Promise<Ledger['entries']> => (await world.control<Ledger>('/ledger?limit=10000')).body.entries;
const injected = async (): Promise<Injected[]> => (await world.control<{ injected: Injected[] }>('/injected')).body.injected;
async function digests(): Promise<Map<string, Record<string, string>>> {
  const { body } = await world.control<{ cards: { offer_id: string; digests: Record<string, string> }[] }>('/cards?limit=5000');
  return new Map(body.cards.map((one) => [one.offer_id, one.digests]));
}

describe('gremlins of Yandex Market', () => {
  it('change one facet of each promised card and nothing else; echoes change nothing', async () => {
    const before = await digests();
    const done = await scramble({ seed: 7, cards: 104, echo_cards: 40, at_least_each: 4 });
    expect(done.injected).toHaveLength(104);
    for (const kind of KINDS) expect([kind, done.injected.filter((one) => one.kind === kind).length >= 4]).toEqual([kind, true]);
    expect(done.echoes).toHaveLength(40);
    expect(new Set(done.echoes.flatMap((one) => one.echoes)).size).toBeGreaterThan(6);
    const changed = new Map(done.injected.map((one) => [one.offer_id, one.facet]));
    const after = await digests();
    for (const [article, was] of before) {
      const differing = Object.keys(was).filter((facet) => was[facet] !== after.get(article)?.[facet]);
      expect([article, differing]).toEqual([article, changed.has(article) ? [changed.get(article)] : []]);
    }
  });

  it('repeat with the same seed', async () => {
    const essence = ({ injected: list, echoes }: Scrambled): unknown => [list.map((one) => [one.offer_id, one.kind, one.facet]), echoes];
    const first = essence(await scramble({ seed: 's', cards: 30, echo_cards: 10 }));
    await world.control('/reset', { seed: 'g' });
    await world.control('/seed', { cards: 300, seed: 'g', cabinet: { limits: 'off' } });
    expect(essence(await scramble({ seed: 's', cards: 30, echo_cards: 10 }))).toEqual(first);
  });

  it('can all be put right by the API, each by its own method', async () => {
    await scramble({ seed: 9, cards: 52, at_least_each: 4 });
    for (const { offer_id: offerId, facet } of await injected()) await repair(offerId, facet);
    await world.jump(LONG);
    await world.jump(LONG);
    expect((await injected()).filter((one) => !one.restored || !one.stayed)).toEqual([]);
    expect((await ledger()).filter((one) => one.key === 'A' && one.facets.some((facet) => facet.needless))).toEqual([]);
  });

  it('make cards vanish and appear, and are told when a card is made anew', async () => {
    const done = await scramble({ seed: 1, cards: 4, kinds: ['missing', 'orphan'], at_least_each: 2 });
    const gone = done.injected.find((one) => one.kind === 'missing')?.offer_id ?? '';
    const orphan = done.injected.find((one) => one.kind === 'orphan')?.offer_id ?? '';
    expect(await world.find(gone)).toBeUndefined();
    expect((await world.find(orphan))?.offer.offerId).toBe(orphan);
    await world.create(gone);
    await world.business('/offer-mappings/archive', { offerIds: [orphan] });
    await world.jump(LONG);
    const now = await injected();
    expect([gone, orphan].map((article) => now.find((one) => one.offer_id === article)?.restored)).toEqual([true, true]);
    const { result } = await world.business<ListAnswer>('/offer-mappings', { offerIds: [gone] });
    expect(result.offerMappings).toHaveLength(1);
  });

  it('show in the catalog: traded pictures by the addresses of the other card, a moved category beside the one asked for', async () => {
    const swapped = await scramble({ seed: 3, cards: 20, kinds: ['swapped', 'category-moved'], at_least_each: 6 });
    const media = swapped.injected.find((one) => one.kind === 'swapped' && one.facet === 'media');
    const article = media?.offer_id ?? '';
    const shown = (await world.find(article))?.offer;
    const number = Number(article.slice(-6)) - 1;
    expect(shown?.pictures?.some((url) => !url.includes(`/g/${number}/`))).toBe(true);
    const moved = await world.find(swapped.injected.find((one) => one.kind === 'category-moved')?.offer_id ?? '');
    expect(moved?.mapping.marketCategoryId).not.toBe(moved?.offer.marketCategoryId);
  });
});

interface Truth {
  before_scramble: { value: unknown }[];
}

/** Sends what a facet was before the scramble. */
async function repair(offerId: string, facet: string): Promise<void> {
  const { body } = await world.control<Truth>(`/cards/${offerId}`);
  const was = body.before_scramble[0]?.value as never;
  const send = (members: object) => world.business('/offer-mappings/update', { offerMappings: [{ offer: { offerId, ...members } }] });
  const ways: Record<string, () => Promise<unknown>> = {
    title: () => send({ name: was }),
    description: () => send({ description: was }),
    category: () => send({ marketCategoryId: (was as { asked_category_id: number }).asked_category_id }),
    media: () => send({ pictures: (was as { url: string }[]).map(({ url }) => url) }),
    attributes: () => send({ parameterValues: (was as { parameters: object[] }).parameters }),
    dimensions: () => {
      const { length, width, height, grams } = was as Record<'length' | 'width' | 'height' | 'grams', number>;
      return send({ weightDimensions: { length: length / 10, width: width / 10, height: height / 10, weight: grams / 1000 } });
    },
    price: () => world.business('/offer-prices/updates', { offers: [{ offerId, price: { value: Number((was as { price: string }).price), currencyId: 'RUR' } }] }),
    stock: () =>
      world.api(`/v2/campaigns/${STORE}/offers/stocks`, {
        method: 'PUT',
        body: { skus: [{ sku: offerId, items: [{ count: (was as Record<string, { fit: number }>)['555001']?.fit }] }] },
      }),
    status: () => world.campaign('/hidden-offers/delete', { hiddenOffers: [{ offerId }] }),
    presence: () => world.business('/offer-mappings/unarchive', { offerIds: [offerId] }),
  };
  await ways[facet]?.();
}

describe('what was answered', () => {
  it('survives a kill: offers, pictures, scrambles, the quarantine, and work that was promised', async () => {
    await world.create('KEPT-1');
    await world.business('/offer-prices/updates', { offers: [{ offerId: 'KEPT-1', price: { value: 500, currencyId: 'RUR' } }] });
    await world.jump(LONG);
    await scramble({ seed: 4, cards: 10, echo_cards: 3 });
    await world.business('/offer-mappings/update', { offerMappings: [{ offer: offer('PROMISED-1', { pictures: [world.picture('promised')] }) }] });
    await world.business('/offer-mappings/update', { offerMappings: [{ offer: { offerId: 'KEPT-1', name: 'Чайник после смерти' } }] });
    const before = [await digests(), await injected(), await ledger()];
    await world.killed();
    expect([await digests(), await injected(), await ledger()]).toEqual(before);
    expect((await world.find('KEPT-1'))?.offer.cardStatus).toBe('HAS_CARD_CAN_UPDATE_PROCESSING');
    const { result } = await world.business<{ result: { offers: { offerId: string }[] } }>('/price-quarantine');
    expect(result.offers.map((one) => one.offerId)).toEqual(['KEPT-1']);
    await world.jump(LONG);
    await world.jump(LONG);
    expect((await world.find('KEPT-1'))?.offer).toMatchObject({ name: 'Чайник после смерти', cardStatus: 'HAS_CARD_CAN_UPDATE' });
    const made = await world.find('PROMISED-1');
    expect(made?.offer.mediaFiles?.pictures[0]?.uploadState).toBe('UPLOADED');
    expect((await fetch(made?.offer.mediaFiles?.pictures[0]?.url ?? '')).status).toBe(200);
  });
});

it('shows buyers what is for sale', async () => {
  const page = await fetch(`${world.url}/yandex-market-shop/SYN-000001`);
  expect([page.status, (await page.text()).includes('В корзину')]).toEqual([200, true]);
  await world.control('/cards/SYN-000001/block', {});
  expect(await (await fetch(`${world.url}/yandex-market-shop/SYN-000001`)).text()).toContain('Нет в продаже');
  expect((await fetch(`${world.url}/yandex-market-shop/nobody`)).status).toBe(404);
});

it('is described by its document', async () => {
  const saved: unknown = JSON.parse(readFileSync(new URL('../apps/sandbox/yandex-market/control.openapi.json', import.meta.url), 'utf8'));
  expect(await describeMarket('yandex-market')).toEqual(saved);
});

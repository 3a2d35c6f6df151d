import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { describeMarket } from '../apps/sandbox/describe-market.js';
import { CONTENT, edited, group, LONG, MARKETPLACE, PRICES, wildberriesWorld, type WildberriesWorld } from './sandbox-wildberries-world.js';

interface Injected {
  offer_id: string;
  kind: string;
  facet: string;
  restored: boolean;
  stayed: boolean;
  detail: string;
}
interface Scrambled {
  injected: Injected[];
  echoes: { offer_id: string; echoes: string[] }[];
}
interface Ledger {
  entries: { key: string; method: string; offer_id: string; facets: { facet: string; changed: boolean; needless: boolean }[] }[];
}
/** Every kind but one: the subject of a card cannot change here. */
const KINDS = [
  'swapped',
  'gibberish',
  'photo-lost',
  'photo-replaced',
  'photo-reordered',
  'attribute-lost',
  'attribute-changed',
  'text-changed',
  'dimensions-changed',
  'price',
  'stock',
  'not-buyable',
];

let world: WildberriesWorld;
beforeEach(async () => {
  world = await wildberriesWorld();
  await world.control('/seed', { cards: 300, seed: 'g', cabinet: { limits: 'off' } });
});
afterEach(() => world.close());

const scramble = async (order: object): Promise<Scrambled> => (await world.control<Scrambled>('/gremlins', order)).body;
const ledger = async (): Promise<Ledger['entries']> => (await world.control<Ledger>('/ledger?limit=10000')).body.entries;
const injected = async (): Promise<Injected[]> => (await world.control<{ injected: Injected[] }>('/injected')).body.injected;
async function digests(): Promise<Map<string, Record<string, string>>> {
  const { body } = await world.control<{ cards: { offer_id: string; digests: Record<string, string> }[] }>('/cards?limit=5000');
  return new Map(body.cards.map((one) => [one.offer_id, one.digests]));
}

describe('gremlins of Wildberries', () => {
  it('change one facet of each promised card and nothing else; echoes change nothing', async () => {
    const before = await digests();
    const done = await scramble({ seed: 7, cards: 96, echo_cards: 40, at_least_each: 4 });
    expect(done.injected).toHaveLength(96);
    for (const kind of KINDS) expect([kind, done.injected.filter((one) => one.kind === kind).length >= 4]).toEqual([kind, true]);
    expect(done.injected.some((one) => one.kind === 'category-moved')).toBe(false);
    const { markets } = (await (await fetch(`${world.url}/_control/markets`)).json()) as { markets: { id: string; not_suffered: object }[] };
    expect(markets).toEqual([expect.objectContaining({ id: 'wildberries', not_suffered: { 'category-moved': expect.stringMatching(/subject/) } })]);
    expect(done.echoes).toHaveLength(40);
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
    await world.control('/reset', {});
    await world.control('/seed', { cards: 300, seed: 'g', cabinet: { limits: 'off' } });
    expect(essence(await scramble({ seed: 's', cards: 30, echo_cards: 10 }))).toEqual(first);
  });

  it('make cards vanish and appear, and are told when a card is made anew', async () => {
    const done = await scramble({ seed: 1, cards: 4, kinds: ['missing', 'orphan'], at_least_each: 2 });
    const gone = done.injected.find((one) => one.kind === 'missing')?.offer_id ?? '';
    const orphan = done.injected.find((one) => one.kind === 'orphan')?.offer_id ?? '';
    expect(await world.find(gone)).toBeUndefined();
    const extra = await world.find(orphan);
    expect(extra?.vendorCode).toBe(orphan);
    await world.create(gone);
    await world.api(`${CONTENT}/cards/delete/trash`, { body: { nmIDs: [extra?.nmID] } });
    const now = await injected();
    expect(now.find((one) => one.offer_id === gone)?.restored).toBe(true);
    expect(now.find((one) => one.offer_id === orphan)?.restored).toBe(true);
  });

  it('are put right by an update; what it repeats beside that is no needless write, a second one is', async () => {
    const { cards } = (await world.api<{ cards: { vendorCode: string }[] }>(`${CONTENT}/get/cards/list`, { body: { settings: { cursor: { limit: 1 } } } })).body;
    const article = cards[0]?.vendorCode ?? '';
    const before = await world.find(article);
    await scramble({ seed: 2, cards: 1, kinds: ['text-changed'], offer_ids: [article] });
    const scrambled = await world.find(article);
    if (!before || !scrambled) throw new Error('no card');
    for (let i = 0; i < 2; i++) {
      await world.api(`${CONTENT}/cards/update`, { body: [edited(scrambled, { title: before.title, description: before.description })], key: i === 0 ? 'A' : 'B' });
      await world.jump(LONG);
    }
    expect(await injected()).toEqual([expect.objectContaining({ offer_id: article, restored: true, stayed: true })]);
    const writes = (await ledger()).filter((entry) => entry.offer_id === article);
    expect(writes.map((entry) => entry.key)).toEqual(['gremlin', 'A', 'B']);
    expect(writes.map((entry) => entry.facets.some((facet) => facet.needless))).toEqual([false, false, true]);
  });
});

describe('what was answered', () => {
  it('survives a kill: cards, drafts, stock, prices, scrambles, and work that was promised', async () => {
    const [card] = await world.create('KEPT-1');
    const chrtId = card?.sizes[0]?.chrtID;
    const [warehouse] = (await world.api<{ id: number }[]>(`${MARKETPLACE}/warehouses`)).body;
    await world.api(`${MARKETPLACE}/stocks/${warehouse?.id}`, { method: 'PUT', body: { stocks: [{ chrtId, amount: 4 }] } });
    await world.api(`${CONTENT}/cards/upload`, { body: [group('WRONG-1', { title: 'a@b.ru' })] });
    await world.jump(LONG);
    await scramble({ seed: 4, cards: 10, echo_cards: 3 });
    const price = await world.api<{ data: { id: number } }>(`${PRICES}/upload/task`, { body: { data: [{ nmID: card?.nmID, price: 700, discount: 10 }] } });
    await world.api(`${CONTENT}/cards/upload`, { body: [group('PROMISED-1')] });
    const before = [await digests(), await injected(), await ledger()];
    await world.killed();
    expect([await digests(), await injected(), await ledger()]).toEqual(before);
    await world.jump(LONG);
    expect(await world.find('PROMISED-1')).toBeDefined();
    const state = await world.api<{ data: { status: number } }>(`${PRICES}/history/tasks?uploadID=${price.body.data.id}`);
    expect(state.body.data.status).toBe(3);
    const drafts = await world.api<{ data: { items: { vendorCodes: string[] }[] } }>(`${CONTENT}/cards/error/list`, { body: { cursor: { limit: 10 } } });
    expect(drafts.body.data.items.map((batch) => batch.vendorCodes)).toEqual([['WRONG-1']]);
    const [next] = await world.create('NEXT-1');
    expect(next?.nmID).toBeGreaterThan(card?.nmID ?? Infinity);
  });
});

it('is described by its document', async () => {
  const saved: unknown = JSON.parse(readFileSync(new URL('../apps/sandbox/wildberries/control.openapi.json', import.meta.url), 'utf8'));
  expect(await describeMarket('wildberries')).toEqual(saved);
});

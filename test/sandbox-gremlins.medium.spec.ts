import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DEFAULT_KINDS } from '../apps/sandbox/gremlins/kinds.js';
import { attribute, item, runSandbox, type TestSandbox } from '../apps/sandbox/testing/running.js';

interface Injected {
  id: number;
  offer_id: string;
  kind: string;
  facet: string;
  partner_offer_id?: string;
  restored: boolean;
  stayed: boolean;
  detail: string;
}
interface Scrambled {
  injected: Injected[];
  echoes: { offer_id: string; echoes: string[] }[];
}
interface Truth {
  product_id: number;
  facets: Record<string, { value: unknown; digest: string }>;
  before_scramble: { facet: string; value: unknown }[];
}
interface LedgerFacet {
  facet: string;
  changed: boolean;
  needless: boolean;
}
interface Ledger {
  entries: { seq: number; key: string; method: string; offer_id: string; facets: LedgerFacet[] }[];
}

let sandbox: TestSandbox;
beforeEach(async () => {
  sandbox = await runSandbox();
  await sandbox.control('/seed', { cards: 400, seed: 'g', cabinet: { limits: 'off' } });
});
afterEach(() => sandbox.close());

const scramble = async (order: object): Promise<Scrambled> => (await sandbox.control<Scrambled>('/gremlins', order)).body;
const truth = async (offerId: string): Promise<Truth> => (await sandbox.control<Truth>(`/cards/${offerId}`)).body;
async function digests(): Promise<Map<string, Record<string, string>>> {
  const { body } = await sandbox.control<{ cards: { offer_id: string; digests: Record<string, string> }[] }>('/cards?limit=5000');
  return new Map(body.cards.map((c) => [c.offer_id, c.digests]));
}

describe('gremlins', () => {
  it('change the meaning of exactly one facet of exactly the promised cards, every kind at least as often as asked', async () => {
    const before = await digests();
    const { injected, echoes } = await scramble({ seed: 7, cards: 120, echo_cards: 60, at_least_each: 5 });
    const after = await digests();
    expect(injected).toHaveLength(120);
    expect(new Set(injected.map((i) => i.offer_id)).size).toBe(120);
    for (const kind of DEFAULT_KINDS) expect(injected.filter((i) => i.kind === kind).length).toBeGreaterThanOrEqual(5);
    const changed = new Map(injected.map((i) => [i.offer_id, i.facet]));
    for (const [offerId, was] of before) {
      const is = after.get(offerId) ?? {};
      const differing = Object.keys(was).filter((facet) => was[facet] !== is[facet]);
      expect([offerId, differing]).toEqual([offerId, changed.has(offerId) ? [changed.get(offerId)] : []]);
    }
    expect(echoes).toHaveLength(60);
    for (const echo of echoes) {
      expect(echo.echoes.length).toBeGreaterThanOrEqual(2);
      expect(changed.has(echo.offer_id)).toBe(false);
    }
    for (const i of injected.filter((x) => x.kind === 'swapped')) {
      const partner = injected.find((x) => x.offer_id === i.partner_offer_id);
      expect(partner).toMatchObject({ kind: 'swapped', facet: i.facet, partner_offer_id: i.offer_id });
    }
  });

  it('repeat exactly with the same seed', async () => {
    const first = await scramble({ seed: 'same', cards: 40, echo_cards: 10 });
    await sandbox.control('/reset', {});
    await sandbox.control('/seed', { cards: 400, seed: 'g', cabinet: { limits: 'off' } });
    const second = await scramble({ seed: 'same', cards: 40, echo_cards: 10 });
    const essence = (s: Scrambled): unknown => [s.injected.map((i) => [i.offer_id, i.kind, i.facet, i.detail]), s.echoes];
    expect(essence(second)).toEqual(essence(first));
  });

  it('an echo is visible in the API and means the same', async () => {
    const list = { filter: { visibility: 'ALL' }, limit: 1000 };
    const content = async (): Promise<string> => JSON.stringify((await sandbox.api<object>('/v4/product/info/attributes', list)).body);
    const before = await content();
    await scramble({ seed: 1, cards: 0, echo_cards: 50 });
    expect(await content()).not.toBe(before);
  });

  it('knows when a description was put right, and calls a second write of the same needless', async () => {
    const { injected } = await scramble({ seed: 3, cards: 30, kinds: ['gibberish', 'text-changed'] });
    const one = injected.find((i) => i.facet === 'description');
    if (!one) throw new Error('no description was scrambled');
    const value = (await truth(one.offer_id)).before_scramble[0]?.value;
    const repair = async (): Promise<void> => {
      const { body } = await sandbox.api<{ task_id: number }>('/v1/product/attributes/update', {
        items: [{ offer_id: one.offer_id, attributes: [attribute(4191, String(value))] }],
      });
      await sandbox.finish(body.task_id);
      await sandbox.jump(601);
    };
    await repair();
    const state = async (): Promise<Injected | undefined> => (await sandbox.control<{ injected: Injected[] }>('/injected')).body.injected.find((i) => i.id === one.id);
    expect(await state()).toMatchObject({ restored: true, stayed: true });
    await repair();
    const { body } = await sandbox.control<Ledger>('/ledger');
    const writes = body.entries.filter((e) => e.offer_id === one.offer_id && e.key === 'A').map((e) => e.facets);
    expect(writes).toEqual([
      [expect.objectContaining({ facet: 'description', changed: true, needless: false })],
      [expect.objectContaining({ facet: 'description', changed: false, needless: true })],
    ]);
  });

  it('a stuck or hidden card is healed by one safe attribute sent back as it is, an archived one by unarchiving', async () => {
    const { injected } = await scramble({ seed: 5, cards: 40, kinds: ['not-buyable'] });
    expect(new Set(injected.map((i) => i.facet))).toEqual(new Set(['presence', 'status']));
    for (const i of injected) {
      const card = await truth(i.offer_id);
      if (i.facet === 'presence') {
        await sandbox.api('/v1/product/unarchive', { product_id: [card.product_id] });
        continue;
      }
      const attributes = card.facets.attributes?.value as { id: number; values: object[] }[];
      const safe = attributes.find((a) => a.id === 9024 || a.id === 4389);
      const { body } = await sandbox.api<{ task_id: number }>('/v1/product/attributes/update', { items: [{ offer_id: i.offer_id, attributes: [safe] }] });
      expect((await sandbox.finish(body.task_id))[0]?.status).toBe('imported');
    }
    const after = (await sandbox.control<{ injected: Injected[] }>('/injected')).body.injected;
    expect(after.filter((i) => !i.restored)).toEqual([]);
    const ledger = (await sandbox.control<Ledger>('/ledger')).body.entries.filter((e) => e.key === 'A');
    expect(ledger.flatMap((e) => e.facets).filter((f) => f.needless)).toEqual([]);
  });

  it('a lost photo does not come back with the address the card already knows, only with a fresh one', async () => {
    const { injected } = await scramble({ seed: 9, cards: 5, kinds: ['photo-replaced'] });
    const one = injected[0];
    if (!one) throw new Error('nothing scrambled');
    const pictures = (await truth(one.offer_id)).before_scramble[0]?.value as { url: string; source: string; content: string }[];
    const send = async (images: string[]): Promise<string | undefined> => {
      const { body } = await sandbox.api<{ task_id: number }>('/v2/product/pictures/import', { items: [{ offer_id: one.offer_id, images }] });
      const [result] = await sandbox.finish(body.task_id);
      await sandbox.jump(601);
      return result?.status;
    };
    expect(await send(pictures.map((p) => p.source))).toBe('skipped');
    expect(await send(pictures.map((p) => p.url))).toBe('imported');
    const after = (await sandbox.control<{ injected: Injected[] }>('/injected')).body.injected.find((i) => i.id === one.id);
    expect(after?.restored).toBe(true);
  });

  it('a photo lost and brought back by a fresh address stays when the old address is sent again', async () => {
    const offerId = 'OWN-1';
    const [one, two] = [sandbox.picture('one'), sandbox.picture('two')];
    const put = async (images: string[]): Promise<void> => {
      const { body } = await sandbox.api<{ result: { task_id: number } }>('/v3/product/import', { items: [item(offerId, { images })] });
      await sandbox.finish(body.result.task_id);
      await sandbox.jump(601);
    };
    const shown = async (): Promise<number> => ((await truth(offerId)).facets.media?.value as object[]).length;
    await put([one, two]);
    await scramble({ seed: 4, cards: 1, kinds: ['photo-lost'], offer_ids: [offerId] });
    const left = await shown();
    expect(left).toBeLessThan(2);
    await put([one, two]);
    expect(await shown()).toBe(left);
    await put([`${one}?again=1`, `${two}?again=1`]);
    expect(await shown()).toBe(2);
    await put([one, two]);
    expect(await shown()).toBe(2);
  });

  it('take a card out of every list, and leave one that nobody has', async () => {
    const { injected } = await scramble({ seed: 2, cards: 4, kinds: ['missing', 'orphan'] });
    const walk = await sandbox.api<{ result: { items: { offer_id: string }[] } }>('/v3/product/list', { filter: { visibility: 'ALL' }, limit: 1000 });
    const listed = new Set(walk.body.result.items.map((i) => i.offer_id));
    for (const i of injected) expect([i.kind, listed.has(i.offer_id)]).toEqual([i.kind, i.kind === 'orphan']);
    expect(new Set(injected.map((i) => i.kind)).size).toBe(2);
  });
});

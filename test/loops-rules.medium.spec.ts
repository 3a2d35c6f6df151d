import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createIgnoreRule, deleteIgnoreRule, freezeListing } from '#reconcile';
import { AccountWorld } from './account-world.js';

const CARDS = 20;

describe('what counts as a difference', () => {
  let world: AccountWorld;
  let skus: string[] = [];
  beforeAll(async () => {
    world = await AccountWorld.open({ products: CARDS, quiet: true });
    await world.untilInSync(CARDS);
    skus = await world.skus();
  }, 120_000);
  afterAll(() => world.close());

  it('an earlier revision written by another integration is ours-older, and put right', async () => {
    const sku = skus[0] ?? '';
    const old = (await world.products.read.get(sku))?.document.title ?? '';
    await world.edit(sku, { title: 'Вторая редакция названия' });
    await world.untilInSync(CARDS);
    await world.foreignWrite(sku, { 4180: old });
    await world.untilInSync(CARDS);
    expect((await world.drifts()).filter((drift) => drift.key === sku)).toMatchObject([{ facet: 'title', cause: 'ours-older', state: 'healed' }]);
    expect(JSON.stringify((await world.card(sku)).facets.title.value)).toContain('Вторая редакция');
  }, 60_000);

  it('drafts wait while healing goes on to the approved revision', async () => {
    const sku = skus[1] ?? '';
    const approved = (await world.products.read.get(sku))?.document.title ?? '';
    const draft = await world.edit(sku, { title: 'Черновик названия' }, false);
    await world.foreignWrite(sku, { 4180: 'Чужое название' });
    await world.untilInSync(CARDS);
    expect((await world.drifts()).filter((drift) => drift.key === sku)).toMatchObject([{ facet: 'title', state: 'healed' }]);
    expect(JSON.stringify((await world.card(sku)).facets.title.value)).toContain(approved.slice(0, 20));
    await world.products.approve(sku, draft);
    await world.untilInSync(CARDS);
    expect(JSON.stringify((await world.card(sku)).facets.title.value)).toContain('Черновик названия');
  }, 60_000);

  it('a rule for a facet silences it until it ends; the drift then counts again', async () => {
    const sku = skus[2] ?? '';
    const listingId = await world.listingId(sku);
    await createIgnoreRule(world.pool, { accountId: world.accountId, listingId, facet: 'title', reason: 'акция', expiresAt: new Date(world.by.now + 7_200_000) }, world.by);
    const from = await world.ledgerEnd();
    await world.foreignWrite(sku, { 4180: 'Название на время акции' });
    await world.rounds(3);
    expect(await world.counts()).toEqual({ in_sync: CARDS - 1, ignored: 1 });
    expect(await world.ledger(from, 'A')).toEqual([]);
    await world.jump(7_200);
    await world.untilInSync(CARDS);
    expect(await world.ledger(from, 'A')).toHaveLength(1);
    expect(await world.breaches()).toEqual([]);
  }, 60_000);

  it('a rule taken away leaves silent what another rule still covers', async () => {
    const sku = skus[4] ?? '';
    const listingId = await world.listingId(sku);
    const everywhere = await createIgnoreRule(world.pool, { accountId: world.accountId, facet: 'title', reason: 'акция' }, world.by);
    const here = await createIgnoreRule(world.pool, { accountId: world.accountId, listingId, facet: 'title', reason: 'своё название' }, world.by);
    const from = await world.ledgerEnd();
    await world.foreignWrite(sku, { 4180: 'Название другой программы' });
    await world.rounds(3);
    expect(await world.counts()).toEqual({ in_sync: CARDS - 1, ignored: 1 });
    expect(await deleteIgnoreRule(world.pool, everywhere.id, 'test', () => world.by.now)).toBe(0);
    await world.jump(1_200);
    await world.rounds(3);
    expect(await world.counts()).toEqual({ in_sync: CARDS - 1, ignored: 1 });
    expect(await world.ledger(from, 'A')).toEqual([]);
    expect(await deleteIgnoreRule(world.pool, here.id, 'test', () => world.by.now)).toBe(1);
    await world.untilInSync(CARDS);
    expect(await world.ledger(from, 'A')).toHaveLength(1);
    expect(await world.breaches()).toEqual([]);
  }, 60_000);

  it('a moved category together with measures takes one import that keeps what only the channel has', async () => {
    const sku = skus[3] ?? '';
    const before = (await world.card(sku)).facets.attributes.digest;
    const from = await world.ledgerEnd();
    const listingId = await world.listingId(sku);
    await freezeListing(world.pool, listingId, new Date(world.by.now + 7_200_000), world.by);
    const { injected } = await world.control<{ injected: object[] }>('POST', '/gremlins', { seed: 4, kinds: ['category-moved'], cards: 1, offer_ids: [sku] });
    expect(injected).toHaveLength(1);
    await world.edit(sku, { dimensions: { length: 222, width: 111, height: 77 } });
    await world.rounds(2);
    await freezeListing(world.pool, listingId, null, world.by);
    await world.untilInSync(CARDS);
    const entries = (await world.ledger(from, 'A')).filter((entry) => entry.offer_id === sku);
    expect(entries.map((entry) => entry.method)).toEqual(['/v3/product/import']);
    expect((await world.card(sku)).facets.attributes.digest).toEqual(before);
    expect(await world.breaches()).toEqual([]);
  }, 60_000);

  it('a raised projection is worked in without any drift or call', async () => {
    const from = await world.ledgerEnd();
    const drifts = (await world.drifts()).length;
    const { ozon } = await import('#channels/ozon');
    const raised = await world.successor({ module: { ...ozon, descriptor: { ...ozon.descriptor, projection: ozon.descriptor.projection + 1 } } });
    await raised.rounds(3);
    expect(await raised.counts()).toEqual({ in_sync: CARDS });
    expect(await raised.drifts()).toHaveLength(drifts);
    expect(await raised.ledger(from, 'A')).toEqual([]);
    const { rows } = await raised.pool.query<{ n: number }>('SELECT count(*)::integer AS n FROM listing WHERE planned_rules % 1000 = $1', [ozon.descriptor.projection + 1]);
    expect(rows[0]?.n).toBe(CARDS);
    expect(await raised.breaches()).toEqual([]);
  }, 60_000);
});

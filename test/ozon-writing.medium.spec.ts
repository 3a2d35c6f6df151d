import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { CardValues, Facet, ObservedCard, PictureJudge, PushCall, PushItem, PushOutcome } from '#channels/contract';
import { ozon } from '#channels/ozon';
import { KEY_B, CLIENT_ID, ozonWorld, run, type OzonWorld } from './ozon-world.js';
import { KnownReferences, productOf, RULES } from './ozon-goods.js';

const COLOURS = { red: '#ff0000', green: '#00ff00', blue: '#0000ff' };
const trusting: PictureJudge = { same: () => true };

describe('writing to an Ozon account', () => {
  let world: OzonWorld;
  let known: KnownReferences;
  let serial = 0;
  let card: { key: string; desired: CardValues };

  beforeAll(async () => {
    world = await ozonWorld();
    known = new KnownReferences(world);
  });
  afterAll(async () => world.close());

  async function peek(key: string): Promise<ObservedCard> {
    const answer = await world.channel.peek([key], ozon.descriptor.facets, run());
    const [found] = answer.cards;
    if (found === undefined) throw new Error(`${key} is not there`);
    return found;
  }

  async function push(operation: string, item: PushItem): Promise<PushOutcome> {
    const call: PushCall = { item, body: ozon.compose(operation, item) };
    const [outcome] = await world.channel.push(operation, [call], run());
    if (outcome === undefined) throw new Error('no outcome');
    return outcome;
  }

  /** Follows the task to its end and lets moderation pass. */
  async function settle(outcome: PushOutcome, key: string): Promise<void> {
    if (outcome.kind !== 'accepted' || outcome.receipt === undefined) throw new Error(`not accepted: ${JSON.stringify(outcome)}`);
    const receipt = { key, operation: 'any', receipt: outcome.receipt };
    expect(await world.channel.confirm([receipt], run())).toEqual([{ kind: 'running' }]);
    await world.jump(6);
    // Pictures are fetched over real HTTP, which channel time does not hurry: ask until they are there.
    for (let turn = 0; turn < 500; turn += 1) {
      const [state] = await world.channel.confirm([receipt], run());
      if (state?.kind === 'running') continue;
      expect(state).toMatchObject({ kind: 'done', diagnostics: [] });
      await world.jump(120);
      return;
    }
    throw new Error('the task never ended');
  }

  function differences(desired: CardValues, observed: CardValues): readonly Facet[] {
    return ozon.descriptor.facets.filter((facet) => {
      if (facet === 'stock') return desired.stock !== undefined && JSON.stringify(desired.stock) !== JSON.stringify(observed.stock);
      const want = desired[facet];
      const have = observed[facet];
      return want !== undefined && (have === undefined || ozon.isEcho(facet, want, have, trusting) !== 'yes');
    });
  }

  const carried = (observed: ObservedCard, values: CardValues, part: Partial<PushItem> = {}): PushItem => ({
    key: observed.key,
    externalId: observed.externalId,
    ids: observed.ids,
    values,
    carry: observed.values,
    ...part,
  });

  async function create(): Promise<typeof card> {
    serial += 1;
    const leaves = await known.leaves();
    const leaf = leaves[serial % leaves.length];
    if (leaf === undefined) throw new Error('no categories');
    const product = await productOf(known, leaf, `W-${serial}`, { barcodes: [`20000000${String(10_000 + serial)}`] });
    await known.prepare(product);
    const { values, diagnostics } = ozon.render(product, RULES, known.get);
    expect(diagnostics.filter((found) => found.severity === 'error')).toEqual([]);
    const { stock: _stock, status: _status, presence: _presence, ...content } = values;
    const item: PushItem = { key: product.sku, ids: {}, values: content, carry: {}, product, mediaUrls: [world.picture(COLOURS.red), world.picture(COLOURS.green)] };
    await settle(await push('import', item), product.sku);
    return { key: product.sku, desired: values };
  }

  beforeEach(async () => {
    card = await create();
  });

  it('a created card shows what was wanted, and sells once stock is sent', async () => {
    const created = await peek(card.key);
    expect(differences(card.desired, created.values)).toEqual(['stock']);
    expect(created.values.status).toMatchObject({ sellable: false, causes: [{ code: 'no-stock' }] });
    expect(await push('stocks', carried(created, { stock: card.desired.stock }))).toMatchObject({ kind: 'accepted' });
    const selling = await peek(card.key);
    expect(differences(card.desired, selling.values)).toEqual([]);
    expect(selling.values.status).toMatchObject({ sellable: true, causes: [] });
  });

  it('attributes: changes title, description and attributes, and nothing else', async () => {
    const before = await peek(card.key);
    const values = { title: 'Другое имя', description: 'Другое описание', attributes: { '9024': [{ text: 'ДРУГОЙ-1' }] } };
    await settle(await push('attributes', carried(before, values)), card.key);
    const after = await peek(card.key);
    expect(after.values).toMatchObject({ title: 'Другое имя', description: 'Другое описание' });
    expect(after.values.attributes).toEqual({ ...before.values.attributes, ...values.attributes });
    expect(differences({ ...card.desired, ...values, attributes: undefined }, after.values)).toEqual(['stock']);
  });

  it('pictures: replaces the set', async () => {
    const before = await peek(card.key);
    await settle(await push('pictures', carried(before, { media: ['blue'] }, { mediaUrls: [world.picture(COLOURS.blue)] })), card.key);
    expect((await peek(card.key)).values.media).toHaveLength(1);
  });

  it('import: a change of one facet carries everything else over', async () => {
    const before = await peek(card.key);
    const dimensions = { length: 210, width: 160, height: 260, weight: 1300 };
    await settle(await push('import', carried(before, { dimensions })), card.key);
    const after = await peek(card.key);
    const { dimensions: _old, status: _status, ...rest } = before.values;
    expect(after.values).toMatchObject({ ...rest, dimensions });
  });

  it('import: puts a card back that was moved to another category', async () => {
    const leaves = await known.leaves();
    const before = await peek(card.key);
    const other = leaves.find(
      (leaf) => leaf.id.split(':')[0] !== (before.values.category ?? '').split(':')[0] && leaf.names[0] === leaves.find((one) => one.id === before.values.category)?.names[0],
    );
    expect(other).toBeDefined();
    const moved: ObservedCard = { ...before, values: { ...before.values, category: other?.id } };
    const body = ozon.compose('import', carried(moved, { category: before.values.category })) as Record<string, unknown>;
    expect(body).toMatchObject({ description_category_id: Number(other?.id.split(':')[0]), new_description_category_id: Number(before.values.category?.split(':')[0]) });
    await world.channel.push('import', [{ item: carried(moved, {}), body }], run());
    await world.jump(10);
    await world.jump(120);
    expect((await peek(card.key)).values.category).toBe(card.desired.category);
  });

  it('prices: price, struck-through price and floor', async () => {
    const before = await peek(card.key);
    const price = { price: 1890_00, old: 2890_00, min: 1500_00, currency: 'RUB' };
    expect(await push('prices', carried(before, { price }))).toMatchObject({ kind: 'accepted' });
    expect((await peek(card.key)).values.price).toEqual(price);
  });

  it('prices: a refusal names the price', async () => {
    const before = await peek(card.key);
    const outcome = await push('prices', carried(before, { price: { price: 1890_00, old: 1900_00, currency: 'RUB' } }));
    expect(outcome).toMatchObject({ kind: 'refused', diagnostics: [{ path: 'price', severity: 'error' }] });
  });

  it('archive and back', async () => {
    const before = await peek(card.key);
    expect(await push('archive', carried(before, { presence: 'archived' }))).toMatchObject({ kind: 'accepted' });
    const archived = await peek(card.key);
    expect(archived.values).toMatchObject({ presence: 'archived', title: before.values.title, status: { sellable: false } });
    expect(archived.values.status?.causes[0]?.code).toBe('archived');
    expect(await push('unarchive', carried(archived, { presence: 'listed' }))).toMatchObject({ kind: 'accepted' });
    expect((await peek(card.key)).values.presence).toBe('listed');
  });

  it('revalidate: changes nothing', async () => {
    const before = await peek(card.key);
    await settle(await push('revalidate', carried(before, {})), card.key);
    const { status: _before, ...content } = before.values;
    expect((await peek(card.key)).values).toMatchObject(content);
  });

  it('barcodes: adds to those that are there', async () => {
    const before = await peek(card.key);
    const barcodes = [...(card.desired.barcodes ?? []), `21000000${String(20_000 + serial)}`];
    expect(await push('barcodes', carried(before, { barcodes }))).toMatchObject({ kind: 'accepted' });
    expect(differences({ barcodes }, (await peek(card.key)).values)).toEqual([]);
  });

  it('a refused task names the facet; the card stays as it was', async () => {
    const before = await peek(card.key);
    const item = carried(before, { attributes: { '85': [{ id: '1', text: 'Чужой' }] } });
    const outcome = await push('import', item);
    if (outcome.kind !== 'accepted' || outcome.receipt === undefined) throw new Error('not accepted');
    await world.jump(30);
    const [state] = await world.channel.confirm([{ key: card.key, operation: 'import', receipt: outcome.receipt }], run());
    expect(state).toMatchObject({ kind: 'refused' });
    expect(state?.kind === 'refused' ? state.diagnostics.map((found) => found.path) : []).toContain('attributes.85');
    expect((await peek(card.key)).values.attributes).toEqual(before.values.attributes);
  });

  it('sees what a second integration did, as drift in exactly those facets', async () => {
    const before = await peek(card.key);
    await push('stocks', carried(before, { stock: card.desired.stock }));
    const other = ozon.connect({ clientId: CLIENT_ID, apiKey: KEY_B, baseUrl: `${world.url}/ozon` }, world.ports);
    const item = carried(before, { description: 'Чужое описание' });
    await other.push('attributes', [{ item, body: ozon.compose('attributes', item) }], run());
    await world.jump(10);
    await world.jump(120);
    expect(differences(card.desired, (await peek(card.key)).values)).toEqual(['description']);
  });
});

describe('rendering for every category of the marketplace', () => {
  it('finds category, attributes and dictionary values of each type without an error', async () => {
    const world = await ozonWorld();
    try {
      const known = new KnownReferences(world);
      const leaves = await known.leaves();
      expect(leaves.length).toBeGreaterThan(100);
      for (const leaf of leaves) {
        const product = await productOf(known, leaf, 'R-1');
        await known.prepare(product);
        const { values, diagnostics } = ozon.render(product, RULES, known.get);
        expect({ leaf: leaf.names.join(' / '), diagnostics }).toEqual({ leaf: leaf.names.join(' / '), diagnostics: [] });
        expect(values.category).toBe(leaf.id);
      }
    } finally {
      await world.close();
    }
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccountWorld } from './account-world.js';

const CARDS = 16;
const VIDEO = 100001;

interface LiveAttribute {
  readonly id: number;
  readonly values: readonly { readonly value: string }[];
}

describe('what only the channel has', () => {
  let world: AccountWorld;
  let sku = '';
  /** An attribute of the card's category of which the master does not speak. */
  let foreign = { id: 0, value: '' };
  beforeAll(async () => {
    world = await AccountWorld.open({ products: CARDS, quiet: true });
    await world.untilInSync(CARDS);
    await pickForeign();
  }, 120_000);
  afterAll(() => world.close());

  const live = async () => (await world.card(sku)).facets.attributes.value as readonly LiveAttribute[];
  const answer = async (path: string, body: unknown) => (await world.otherIntegration(path, body)) as { result: Record<string, unknown>[] };
  /** The content of the card as its readers get it, attributes by their ids. */
  async function read(): Promise<Record<string, unknown>> {
    const [card] = (await answer('/v4/product/info/attributes', { filter: { offer_id: [sku], visibility: 'ALL' }, limit: 10 })).result;
    return { ...card, attributes: [...((card?.['attributes'] ?? []) as readonly LiveAttribute[])].sort((a, b) => a.id - b.id) };
  }

  async function pickForeign(): Promise<void> {
    const { rows } = await world.pool.query<{ key: string; body: { id: string; type: string; dictionaryId: string }[] }>(
      `SELECT key, body FROM channel_reference WHERE key LIKE 'attributes:%'`,
    );
    for (const candidate of await world.skus()) {
      const { category, attributes } = (await world.card(candidate)).facets;
      const { description_category_id: id, type_id: type } = category.value as Record<string, number>;
      const shown = new Set((attributes.value as readonly LiveAttribute[]).map((one) => String(one.id)));
      const free = rows
        .find((row) => row.key === `attributes:${id}:${type}`)
        ?.body.find((one) => one.dictionaryId === '' && !shown.has(one.id) && !['4180', '4191', '11254', '23171'].includes(one.id));
      if (!free) continue;
      sku = candidate;
      foreign = { id: Number(free.id), value: free.type === 'Integer' || free.type === 'Decimal' ? '3' : free.type === 'Boolean' ? 'true' : 'чужое значение' };
      return;
    }
    throw new Error('the master speaks of every attribute of every card');
  }

  it('attributes, a video, a colour picture and a document set by another integration survive a full import unchanged', async () => {
    const intent = await world.pool.query<{ body: { request: Record<string, unknown> } }>(
      `SELECT body FROM push_intent i JOIN listing l ON l.id = i.listing_id WHERE l.key = $1 AND operation = 'import' ORDER BY i.id LIMIT 1`,
      [sku],
    );
    const ours = intent.rows[0]?.body.request ?? {};
    const picture = String((ours['images'] as string[])[0]);
    await world.otherIntegration('/v3/product/import', {
      items: [
        {
          ...ours,
          attributes: [...(ours['attributes'] as object[]), { id: foreign.id, complex_id: 0, values: [{ value: foreign.value }] }],
          complex_attributes: [{ attributes: [{ id: 21841, complex_id: VIDEO, values: [{ value: 'https://video.example/1.mp4' }] }] }],
          color_image: picture.replace(/-[0-9a-f]+\.jpg$/, '-colour.jpg'),
          pdf_list: [{ index: 0, name: 'Паспорт изделия', src_url: 'https://docs.example/passport.pdf' }],
        },
      ],
    });
    await world.jump(60);
    await world.jump(1_200);
    await world.untilInSync(CARDS);
    expect(await world.drifts()).toEqual([]);
    const before = await read();
    expect((await live()).map((one) => one.id)).toContain(foreign.id);

    const from = await world.ledgerEnd();
    await world.edit(sku, { dimensions: { length: 345, width: 234, height: 123 } });
    await world.untilInSync(CARDS);
    const entries = await world.ledger(from, 'A');
    expect(entries.map((entry) => [entry.method, entry.facets.filter((facet) => facet.changed).map((facet) => facet.facet)])).toEqual([['/v3/product/import', ['dimensions']]]);
    const after = await read();
    for (const member of ['attributes', 'complex_attributes', 'pdf_list', 'images', 'barcodes', 'name'] as const) expect([member, after[member]]).toEqual([member, before[member]]);
    expect(Boolean(after['color_image'])).toBe(Boolean(before['color_image']));
    expect((await live()).find((one) => one.id === foreign.id)?.values.map((one) => one.value)).toEqual([foreign.value]);
    expect(await world.breaches()).toEqual([]);
  }, 60_000);
});

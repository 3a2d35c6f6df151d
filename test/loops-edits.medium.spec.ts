import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ProductPatch } from '#catalog';
import { AccountWorld } from './account-world.js';

const CARDS = 40;

describe('a master edit', () => {
  let world: AccountWorld;
  let skus: string[] = [];
  beforeAll(async () => {
    world = await AccountWorld.open({ products: CARDS });
    await world.untilInSync(CARDS);
    skus = await world.skus();
  }, 120_000);
  afterAll(() => world.close());

  /** Edits one card, waits until it shows, and answers the writes it took: "method: facets that changed". */
  async function writesOf(sku: string, patch: ProductPatch): Promise<string[]> {
    const from = await world.ledgerEnd();
    await world.edit(sku, patch);
    await world.untilInSync(CARDS);
    const entries = await world.ledger(from, 'A');
    expect(new Set(entries.map((entry) => entry.offer_id))).toEqual(new Set([sku]));
    return entries.map(
      (entry) =>
        `${entry.method}: ${entry.facets
          .filter((facet) => facet.changed)
          .map((facet) => facet.facet)
          .join()}`,
    );
  }

  const documentOf = async (sku: string) => (await world.products.read.get(sku))?.document;

  it('of texts goes by the partial call', async () => {
    expect(await writesOf(skus[0] ?? '', { title: 'Новое название товара' })).toEqual(['/v1/product/attributes/update: title']);
    expect(await writesOf(skus[1] ?? '', { description: 'Совсем новое описание этого товара.' })).toEqual(['/v1/product/attributes/update: description']);
  }, 60_000);

  it('of price and stock goes by their own calls', async () => {
    const price = (await documentOf(skus[2] ?? ''))?.price?.minor ?? 0;
    expect(await writesOf(skus[2] ?? '', { price: { minor: price - 1_000, currency: 'RUB' } })).toEqual(['/v1/product/import/prices: price']);
    const stock = (await documentOf(skus[3] ?? ''))?.stock ?? {};
    expect(await writesOf(skus[3] ?? '', { stock: Object.fromEntries(Object.keys(stock).map((code, at) => [code, at === 0 ? 777 : 0])) })).toEqual(['/v2/products/stocks: stock']);
  }, 60_000);

  it('of pictures replaces the pictures alone', async () => {
    const { rows } = await world.pool.query<{ sku: string }>(
      `SELECT p.sku FROM product p JOIN product_revision r ON r.product_id = p.id AND r.revision = p.revision WHERE jsonb_array_length(r.document -> 'media') > 1 ORDER BY p.id LIMIT 1`,
    );
    const sku = rows[0]?.sku ?? '';
    expect(await writesOf(sku, { media: [...((await documentOf(sku))?.media ?? [])].reverse() })).toEqual(['/v2/product/pictures/import: media']);
  }, 60_000);

  it('of measures goes by one import that changes nothing else', async () => {
    expect(await writesOf(skus[5] ?? '', { dimensions: { length: 321, width: 123, height: 99 } })).toEqual(['/v3/product/import: dimensions']);
  }, 60_000);

  it('of several facets at once takes one call where one carries them', async () => {
    expect(await writesOf(skus[6] ?? '', { title: 'Ещё одно название', weight: 777 })).toEqual(['/v3/product/import: title,dimensions']);
  }, 60_000);

  it('that needs a wide call while a narrow one is being moderated does not undo it', async () => {
    const sku = skus[10] ?? '';
    await world.edit(sku, { title: 'Название на модерации' });
    await world.lane('plan');
    await world.lane('repair');
    await world.jump(30);
    await world.lane('repair');
    expect(await world.facet(sku, 'title')).toMatchObject({ state: 'settling' });
    await world.edit(sku, { weight: 888 });
    await world.untilInSync(CARDS);
    expect(JSON.stringify((await world.card(sku)).facets.title.value)).toContain('Название на модерации');
    expect((await world.drifts()).filter((drift) => drift.key === sku)).toEqual([]);
  }, 60_000);

  it('back to what is shown, before anything left, sends nothing', async () => {
    const sku = skus[7] ?? '';
    const title = (await documentOf(sku))?.title ?? '';
    const from = await world.ledgerEnd();
    await world.edit(sku, { title: 'Передумали' });
    await world.lane('sweep', true);
    await world.edit(sku, { title });
    await world.untilInSync(CARDS);
    expect(await world.ledger(from, 'A')).toEqual([]);
  }, 60_000);

  it('while an earlier one is in flight ends with the newest, and raises no alarm', async () => {
    const sku = skus[8] ?? '';
    await world.edit(sku, { description: 'Первая правка описания.' });
    await world.lane('plan');
    await world.lane('repair');
    for (const text of ['Вторая правка описания.', 'Третья правка описания.']) {
      await world.edit(sku, { description: text });
      await world.lane('plan');
    }
    await world.untilInSync(CARDS);
    expect(JSON.stringify((await world.card(sku)).facets.description.value)).toContain('Третья правка');
    expect((await world.drifts()).filter((drift) => drift.key === sku)).toEqual([]);
  }, 60_000);

  it('while the card is drifted repairs with the newest value', async () => {
    const sku = skus[9] ?? '';
    await world.foreignWrite(sku, { 4180: 'Чужое название' });
    await world.lane('sweep', true);
    await world.edit(sku, { title: 'Название из мастера' });
    await world.untilInSync(CARDS);
    expect(JSON.stringify((await world.card(sku)).facets.title.value)).toContain('Название из мастера');
    const drifts = (await world.drifts()).filter((drift) => drift.key === sku);
    expect(drifts[0]).toMatchObject({ facet: 'title', state: 'healed' });
    expect(drifts.every((drift) => drift.state === 'healed')).toBe(true);
    expect(await world.breaches()).toEqual([]);
  }, 60_000);

  it('just after a repair does not wait for the next day', async () => {
    const sku = skus[10] ?? '';
    await world.foreignWrite(sku, { 4180: 'Чужое название' });
    await world.untilInSync(CARDS);
    await world.foreignWrite(sku, { 4180: 'Опять чужое название' });
    await world.lane('sweep', true);
    await world.edit(sku, { title: 'Новое название из мастера' });
    await world.untilInSync(CARDS);
    expect(JSON.stringify((await world.card(sku)).facets.title.value)).toContain('Новое название из мастера');
    expect(await world.breaches()).toEqual([]);
  }, 60_000);

  it('that leaves texts and pictures empty takes nothing off the card', async () => {
    const sku = skus[8] ?? '';
    const shown = (await world.card(sku)).facets;
    const from = await world.ledgerEnd();
    await world.edit(sku, { description: '', media: [], title: 'Название из прайса без описаний' });
    await world.until(async () => (await world.card(sku)).facets.title.value === 'Название из прайса без описаний', 'the title');
    await world.rounds(3);
    expect((await world.card(sku)).facets).toMatchObject({ description: { value: shown.description.value }, media: { value: shown.media.value } });
    expect((await world.ledger(from, 'A')).flatMap(({ facets }) => facets.filter(({ changed }) => changed).map(({ facet }) => facet))).toEqual(['title']);
    expect(await world.facet(sku, 'media')).toMatchObject({ state: 'ignored', reason: 'not-wanted' });
  }, 60_000);

  it('gives a product the pictures that its card cannot be made without', async () => {
    const document = await documentOf(skus[9] ?? '');
    if (!document) throw new Error('no document');
    const { model: _variant, media, ...rest } = document;
    const own = { ...rest, sku: 'NEW-1', title: 'Товар без фотографий', barcodes: [], media: [] };
    const { revision } = await world.products.create(own, { author: 'test', cause: { kind: 'person' } });
    await world.until(async () => (await world.facet('NEW-1', 'presence')).state === 'failing', 'being held back');
    await world.rounds(2);
    expect(await world.facet('NEW-1', 'presence')).toMatchObject({ state: 'failing', reason: 'preflight' });
    await world.products.patch('NEW-1', { basedOn: revision, patch: { media }, author: 'test', cause: { kind: 'person' } });
    await world.until(async () => (await world.facet('NEW-1', 'presence')).state === 'in_sync', 'the card');
    expect((await world.card('NEW-1')).facets.media.value).toHaveLength(media.length);
  }, 60_000);
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ProductDocument } from '#catalog';
import { AccountWorld } from './account-world.js';

const CARDS = 16;

interface LiveAttribute {
  readonly id: number;
}

describe('an attribute that the master no longer has', () => {
  let world: AccountWorld;
  let sku = '';
  let name = '';
  let id = 0;
  let document: ProductDocument;
  beforeAll(async () => {
    world = await AccountWorld.open({ products: CARDS, quiet: true });
    await world.untilInSync(CARDS);
    await pickOptional();
  }, 120_000);
  afterAll(() => world.close());

  const shown = async () => ((await world.card(sku)).facets.attributes.value as readonly LiveAttribute[]).map((one) => one.id);

  /** A card, and one of its attributes that its category does not insist on. */
  async function pickOptional(): Promise<void> {
    const { rows } = await world.pool.query<{ key: string; body: { id: string; name: string; required: boolean }[] }>('SELECT key, body FROM channel_reference WHERE key LIKE $1', [
      'attributes:%',
    ]);
    for (const candidate of await world.skus()) {
      const found = (await world.products.read.get(candidate))?.document;
      const live = (await world.card(candidate)).facets;
      const { description_category_id: category, type_id: type } = live.category.value as Record<string, number>;
      const schema = rows.find((row) => row.key === `attributes:${category}:${type}`)?.body ?? [];
      const optional = schema.find(
        (one) => !one.required && found?.attributes?.[one.name] !== undefined && (live.attributes.value as LiveAttribute[]).some((shown) => String(shown.id) === one.id),
      );
      if (!found || !optional) continue;
      [sku, name, id, document] = [candidate, optional.name, Number(optional.id), found];
      return;
    }
    throw new Error('no optional attribute');
  }

  it('goes from the card too, by a full import, and nothing else of it changes', async () => {
    const [before, from] = [await shown(), await world.ledgerEnd()];
    expect(before).toContain(id);
    await world.edit(sku, { attributes: { [name]: null } });
    await world.untilInSync(CARDS);
    expect((await shown()).sort()).toEqual(before.filter((one) => one !== id).sort());
    const entries = await world.ledger(from, 'A');
    expect(entries.map((entry) => [entry.method, entry.facets.filter((facet) => facet.changed).map((facet) => facet.facet)])).toEqual([['/v3/product/import', ['attributes']]]);
    expect(await world.drifts()).toEqual([]);
    expect(await world.breaches()).toEqual([]);
  }, 60_000);

  it("then is nobody's: the next change of the card goes by the narrow call", async () => {
    const from = await world.ledgerEnd();
    await world.edit(sku, { title: 'Новое название после удаления' });
    await world.untilInSync(CARDS);
    expect((await world.ledger(from, 'A')).map((entry) => entry.method)).toEqual(['/v1/product/attributes/update']);
    expect(await shown()).not.toContain(id);
  }, 60_000);

  it('comes back when the master has it again', async () => {
    await world.edit(sku, { attributes: { [name]: document.attributes?.[name] ?? null } });
    await world.untilInSync(CARDS);
    expect(await shown()).toContain(id);
    expect(await world.drifts()).toEqual([]);
    expect(await world.breaches()).toEqual([]);
  }, 60_000);

  it('dropped while its last change is still on the way, goes as well', async () => {
    const value = document.attributes?.[name];
    await world.edit(sku, { attributes: { [name]: null } });
    await world.untilInSync(CARDS);
    await world.edit(sku, { attributes: { [name]: value ?? null } });
    await world.lane('plan');
    await world.lane('repair');
    await world.edit(sku, { attributes: { [name]: null } });
    await world.untilInSync(CARDS);
    await world.rounds(3, 600);
    expect(await world.counts()).toEqual({ in_sync: CARDS });
    expect(await shown()).not.toContain(id);
    expect(await world.breaches()).toEqual([]);
  }, 60_000);
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createIgnoreRule, deleteIgnoreRule, freezeListing, previewIgnoreRule, type IgnoreRuleDraft } from '#reconcile';
import { AccountWorld } from './account-world.js';

const CARDS = 24;
const COUNTRY = 4389;
const MODEL = 9048;

interface LiveAttribute {
  readonly id: number;
  readonly values: readonly { readonly dictionary_value_id: number; readonly value: string }[];
}

describe('a rule that ignores one path', () => {
  let world: AccountWorld;
  let both = '';
  let onlyModel: string[] = [];
  let rule = '';
  beforeAll(async () => {
    world = await AccountWorld.open({ products: CARDS, quiet: true });
    await world.untilInSync(CARDS);
    [both = '', ...onlyModel] = (await withCountry()).slice(0, 3);
    // Their repair would be faster than the look at the rule.
    for (const sku of [both, ...onlyModel]) await freezeListing(world.pool, await world.listingId(sku), new Date(world.by.now + 86_400_000), world.by);
  }, 120_000);
  afterAll(() => world.close());

  const attribute = async (sku: string, id: number) => ((await world.card(sku)).facets.attributes.value as readonly LiveAttribute[]).find((one) => one.id === id);
  const draft = (path: string): IgnoreRuleDraft => ({ accountId: world.accountId, facet: 'attributes', path, reason: 'объединение карточек ведёт другая программа' });

  async function withCountry(): Promise<string[]> {
    const found: string[] = [];
    for (const sku of await world.skus()) if (await attribute(sku, COUNTRY)) found.push(sku);
    return found;
  }

  async function write(sku: string, attributes: readonly object[]): Promise<void> {
    await world.otherIntegration('/v1/product/attributes/update', { items: [{ offer_id: sku, attributes }] });
  }

  const model = (text: string) => ({ id: MODEL, complex_id: 0, values: [{ value: text }] });

  it('says beforehand how many cards it silences and how many differ elsewhere too', async () => {
    const country = await attribute((await world.skus()).at(-1) ?? '', COUNTRY);
    const own = await attribute(both, COUNTRY);
    const other = own?.values[0]?.dictionary_value_id === 90_020_001 ? 90_020_002 : 90_020_001;
    expect(country ?? own).toBeDefined();
    for (const sku of onlyModel) await write(sku, [model('ЧУЖАЯ-МОДЕЛЬ')]);
    await write(both, [model('ЧУЖАЯ-МОДЕЛЬ'), { id: COUNTRY, complex_id: 0, values: [{ dictionary_value_id: other }] }]);
    await world.jump(60);
    await world.jump(1_200);
    await world.rounds(2);
    expect((await world.drifts()).map((drift) => [drift.key, drift.facet]).sort()).toEqual([both, ...onlyModel].map((sku) => [sku, 'attributes']).sort());
    const preview = await previewIgnoreRule(world.pool, draft(`attributes.${MODEL}`));
    expect({ ...preview, examples: [...preview.examples].sort() }).toMatchObject({ cards: 2, still_drifted: 1, examples: [...onlyModel].sort() });
    await expect(previewIgnoreRule(world.pool, draft('title.0'))).rejects.toThrow('does not lie in');
  }, 60_000);

  it('silences them, repairs the rest of a card without touching the path, and holds for later differences', async () => {
    const from = await world.ledgerEnd();
    rule = (await createIgnoreRule(world.pool, draft(`attributes.${MODEL}`), world.by)).id;
    for (const sku of [both, ...onlyModel]) await freezeListing(world.pool, await world.listingId(sku), null, world.by);
    await world.until(async () => (await world.counts())['ignored'] === 3, 'three ignored cards');
    expect(await world.counts()).toEqual({ in_sync: CARDS - 3, ignored: 3 });
    expect(new Set((await world.ledger(from, 'A')).map((entry) => entry.offer_id))).toEqual(new Set([both]));
    for (const sku of [both, ...onlyModel]) expect((await attribute(sku, MODEL))?.values[0]?.value).toBe('ЧУЖАЯ-МОДЕЛЬ');

    const later = await world.ledgerEnd();
    await write(onlyModel[0] ?? '', [model('ДРУГАЯ-МОДЕЛЬ')]);
    await world.jump(60);
    await world.jump(1_200);
    await world.rounds(3);
    expect(await world.counts()).toEqual({ in_sync: CARDS - 3, ignored: 3 });
    expect(await world.ledger(later, 'A')).toEqual([]);
    expect(await world.breaches()).toEqual([]);
  }, 60_000);

  it('taken away, everything under it counts again and is put right', async () => {
    await deleteIgnoreRule(world.pool, rule, 'test', () => world.by.now);
    await world.jump(86_400);
    await world.untilInSync(CARDS);
    for (const sku of [both, ...onlyModel]) expect((await attribute(sku, MODEL))?.values[0]?.value).not.toContain('МОДЕЛЬ');
    expect(await world.breaches()).toEqual([]);
  }, 60_000);
});

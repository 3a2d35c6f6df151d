import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { lastWriter, lastWriterText } from '#reconcile';
import { AccountWorld } from './account-world.js';

describe('who wrote last, when another integration rewrites a description', () => {
  let world: AccountWorld;
  beforeAll(async () => {
    world = await AccountWorld.open({ products: 4 });
    await world.untilInSync(4);
  }, 120_000);
  afterAll(() => world.close());

  it('is proven from the record: our write was read back before the change, with its author and file', async () => {
    const [sku = ''] = await world.skus();
    const before = await world.products.read.get(sku);
    const saved = await world.products.patch(sku, {
      basedOn: before?.revision ?? 0,
      patch: { description: 'Описание из файла поставщика.' },
      author: 'Анна',
      cause: { kind: 'import', file: 'товары.csv', job: '1' },
    });
    await world.untilInSync(4);
    await world.foreignWrite(sku, { 4191: 'Совсем другое описание, которого в каталоге нет и не было.' });
    await world.until(async () => (await world.drifts()).some((drift) => drift.key === sku && drift.state === 'healed'), 'the repair');
    const answer = await lastWriter(world.pool, { listingId: await world.listingId(sku), facet: 'description' });
    expect(answer).toMatchObject({ ours: false, why: 'changed-after-verified' });
    expect(answer.push?.verifiedAt).toBeDefined();
    expect(answer.push).toMatchObject({ revision: { revision: saved.revision, author: 'Анна' }, importFile: 'товары.csv' });
    expect(lastWriterText(answer, 'ru', (iso) => iso)).toContain(`(версия ${saved.revision}, автор Анна, файл «товары.csv»)`);
    expect(await world.breaches()).toEqual([]);
  }, 180_000);
});

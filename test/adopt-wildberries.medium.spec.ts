import { describe, expect, it } from '@jest/globals';
import type { ProductInput } from '#catalog';
import { wildberries } from '#channels/wildberries';
import { checkFacetRules } from '#reconcile';
import { adoptsCards, TITLE } from './adopt-market.js';
import { wildberriesWorld } from './sandbox-wildberries-world.js';

const CARDS = 6;
const by = { author: 'owner', cause: { kind: 'person' } } as const;

describe('a catalog made of the cards of Wildberries', () => {
  adoptsCards(
    wildberries,
    () => wildberriesWorld(),
    CARDS,
    (market, seller) => {
      it('makes of each size of a card a product, all of one model, and writes nothing', async () => {
        const { adopter, jobs } = market();
        // The seller's own catalog follows the edit made meanwhile, or the two would undo each other's work.
        const edited = (await market().documents(adopter)).find(({ title }) => title === TITLE)?.sku ?? '';
        const current = await seller().products.read.get(edited);
        await seller().products.patch(edited, { basedOn: current?.revision ?? 0, patch: { title: TITLE }, ...by });
        const sizes = [
          ['S', '4600000000015'],
          ['M', '4600000000022'],
        ] as const;
        for (const [size, barcode] of sizes) await seller().products.create(garment(size, barcode, current?.document.media ?? []), by);
        await seller().until(async () => (await seller().open()).length === 0, 'the sizes on the market');

        const from = await adopter.lastWrite();
        await adopter.until(async () => (await jobs.writtenDown(adopter.accountId, { dryRun: true })).counts['cards'] === sizes.length, 'both sizes read');
        expect(await jobs.imported(adopter.accountId)).toMatchObject({ state: 'done', counts: { rows: 2, created: 2, failed: 0 } });
        const made = (await market().documents(adopter)).filter(({ model }) => model !== undefined);
        expect(made.map(({ sku, model, attributes, barcodes }) => [sku, model?.code, model?.axes, attributes['Размер'], barcodes])).toEqual(
          [...sizes].reverse().map(([size, barcode]) => [`DRESS · ${size}`, 'DRESS', ['Размер'], size, [barcode]]),
        );
        await adopter.until(async () => (await adopter.open()).length === 0, 'the sizes in sync');
        for (let left = 3; left > 0; left -= 1) await adopter.round();
        expect(await market().written(from)).toEqual([]);
        expect(await checkFacetRules(adopter.pool)).toEqual([]);
      }, 180_000);
    },
  );
});

function garment(size: string, barcode: string, media: ProductInput['media']): ProductInput {
  return {
    ...{ sku: `DRESS-${size}`, title: `Платье ${size}`, description: 'Лёгкое летнее платье из хлопка.', brand: 'Ладога', category: 'Одежда / Платье' },
    attributes: { Цвет: 'красный', Размер: size, Пол: 'Женский', 'Материал изделия': 'хлопок' },
    ...{ media, dimensions: { length: 300, width: 250, height: 40 }, weight: 400, barcodes: [barcode], price: { minor: 250_000, currency: 'RUB' }, stock: { main: 5 } },
    model: { code: 'DRESS', axes: ['Размер'], title: 'Платье летнее' },
    archived: false,
  };
}

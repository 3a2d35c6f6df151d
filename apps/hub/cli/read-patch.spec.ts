import { describe, expect, it } from '@jest/globals';
import { CliFault } from './cli-fault.js';
import { readPatch } from './read-patch.js';

describe('edits as they are typed', () => {
  it.each([
    [['title=Кружка = чашка'], { title: 'Кружка = чашка' }],
    [['price=1290,50', 'minPrice=900'], { price: { minor: 129_050, currency: 'RUB' }, minPrice: { minor: 90_000, currency: 'RUB' } }],
    [['price=много'], { price: 'много' }],
    [['brand=', 'oldPrice='], { brand: null, oldPrice: null }],
    [['attributes.Цвет=синий', 'attributes.Объём={"value":350,"unit":"мл"}'], { attributes: { Цвет: 'синий', Объём: { value: 350, unit: 'мл' } } }],
    [['title=2026', 'attributes.Год=2026', 'stock.msk='], { title: '2026', attributes: { Год: '2026' }, stock: { msk: null } }],
    [['stock.main=5', 'archived=true'], { stock: { main: 5 }, archived: true }],
    [['barcodes=["4601234567893"]', 'weight=350'], { barcodes: ['4601234567893'], weight: 350 }],
  ])('%j say %j', (words, patch) => expect(readPatch(words, 'RUB')).toEqual(patch));

  it('are told to one channel beside what it is told already', () => {
    const standing = { ozon: { title: 'Кружка', attributes: { Цвет: 'синий', Узор: 'сетка' } }, wildberries: { archived: true } };
    const read = (...words: string[]) => readPatch(words, 'RUB', standing);
    expect(read('overrides.ozon.price=99,5', 'overrides.ozon.attributes.Узор=', 'overrides.ozon.stock.main=5')).toEqual({
      overrides: { ozon: { title: 'Кружка', attributes: { Цвет: 'синий' }, price: { minor: 9950, currency: 'RUB' }, stock: { main: 5 } } },
    });
    expect(read('overrides.wildberries.archived=')).toEqual({ overrides: { wildberries: null } });
    expect(read('overrides.wildberries=')).toEqual({ overrides: { wildberries: null } });
    expect(read('overrides.ozon={"title":"Чашка"}')).toEqual({ overrides: { ozon: { title: 'Чашка' } } });
  });

  it.each(['title', '=x'])('are refused as "%s"', (word) => expect(() => readPatch([word], 'RUB')).toThrow(CliFault));
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CardValues, FacetValues } from '#channels/contract';
import { adoptedProduct, changedByAdoption } from '#channels/testkit';
import { characteristic } from './fixtures/characteristic.js';
import { wildberries } from './index.js';
import { normalise } from './wildberries.normalise.js';
import { valueOfForm } from './wildberries.price-form.js';
import type { Characteristic } from './wildberries.references.js';

const SCHEMA: readonly Characteristic[] = [
  characteristic('14177449', 'Цвет', { maxCount: 5 }),
  characteristic('90702', 'Мощность', { type: 'number', unit: 'Вт' }),
  characteristic('90703', 'Количество', { type: 'number' }),
  characteristic('89', 'Состав'),
  characteristic('90', 'Комплектация', { maxCount: 3 }),
  characteristic('91', 'Комплектация'),
  characteristic('14177451', 'Страна производства', { maxCount: 1 }),
  characteristic('15001405', 'Ставка НДС', { maxCount: 1 }),
  characteristic('1', 'Бренд', { named: true, required: true }),
  characteristic('2', 'Старое поле', { type: 'unused' }),
];
const KNOWN: Readonly<Record<string, unknown>> = {
  subjects: [
    { id: '815', name: 'Чайники электрические', parent: 'Техника для кухни' },
    { id: '816', name: 'Кружки', parent: 'Посуда и инвентарь' },
    { id: '817', name: 'Кружки', parent: 'Сувениры' },
    { id: '818', name: 'Полки', parent: 'Мебель' },
    { id: '819', name: 'Полки', parent: 'Мебель' },
  ],
  warehouses: [{ id: '7', name: 'FBS', active: true }],
  ...Object.fromEntries(['815', '816', '817', '818'].map((id) => [`charcs:${id}`, SCHEMA])),
  'directory:colors': ['красный', 'тёмно-синий'],
  'directory:countries': ['Россия', 'Китай'],
  'directory:vat': ['0', '22', 'Без НДС'],
};
const references = (key: string) => KNOWN[key];

const values = (part: CardValues = {}): CardValues => ({
  category: '815',
  title: 'Чайник электрический',
  description: 'Кипятит быстро.\nНе шумит.',
  media: ['https://cdn.test/1.webp', 'https://cdn.test/2.webp'],
  attributes: {
    '77': [{ text: 'не наша' }],
    '89': [{ text: 'сталь 80%, пластик 20%' }],
    '90702': [{ text: '2000', number: true }],
    '14177449': [{ text: 'красный' }, { text: 'тёмно-синий' }],
    '14177451': [{ text: 'Китай' }],
    '15001405': [{ text: '22' }],
    brand: [{ text: 'Ясень' }],
  },
  dimensions: { length: 200, width: 150, height: 250, weight: 1234 },
  barcodes: ['2000000000015'],
  presence: 'listed',
  status: { sellable: true, moderation: 'unknown', causes: [], refusals: [] },
  price: valueOfForm({ price: 999, discount: 30 }, 'RUB'),
  stock: { '7': 4 },
  ...part,
});
const card = (part?: CardValues) => ({ key: 'KETTLE-1', ids: { chrt: '5001' }, values: values(part) });

describe('a card of Wildberries made into a product', () => {
  it('says by name what the card says by number', () => {
    expect(adoptedProduct(wildberries, card(), references)).toEqual({
      sku: 'KETTLE-1',
      revision: 1,
      title: 'Чайник электрический',
      description: 'Кипятит быстро.\nНе шумит.',
      category: 'Техника для кухни / Чайники электрические',
      brand: 'Ясень',
      country: 'Китай',
      vat: 22,
      attributes: { Цвет: ['красный', 'тёмно-синий'], Мощность: { value: 2000, unit: 'Вт' }, Состав: ['сталь 80%, пластик 20%'] },
      media: [{ digest: 'of https://cdn.test/1.webp' }, { digest: 'of https://cdn.test/2.webp' }],
      dimensions: { length: 200, width: 150, height: 250 },
      weight: 1234,
      barcodes: ['2000000000015'],
      price: { minor: 699_30, currency: 'RUB' },
      oldPrice: { minor: 999_00, currency: 'RUB' },
      stock: { '7': 4 },
      archived: false,
    });
  });

  it.each([
    ['one of two subjects of one name', { category: '817' }, 'Сувениры / Кружки'],
    ['a subject that no name leads back to', { category: '819' }, ''],
  ])('finds the way back to %s', (_what, part, path) => {
    expect(adoptedProduct(wildberries, card(part), references).category).toBe(path);
    expect(changedByAdoption(wildberries, card(part), references)).toEqual([]);
  });

  it('is a variant of the card’s model where it is one of several sizes', () => {
    const size = { ...card({}), key: 'DRESS/красный · M', ids: { chrt: '2', offer: '2', sizes: '3' } };
    const product = adoptedProduct(wildberries, size, references);
    expect(product).toMatchObject({ attributes: { Размер: 'M' }, model: { code: 'DRESS/красный', axes: ['Размер'], title: 'Чайник электрический' } });
    expect(wildberries.keyOf?.(product)).toBe(size.key);
    expect(changedByAdoption(wildberries, size, references)).toEqual([]);
  });

  it('is shown unchanged, whatever stood on the card', () => {
    const text = fc.oneof(
      fc.constantFrom('красный', 'Тёмно-синий', 'темно-синий', 'сталь, 80%', 'а; б', '1,5 л', '10', 'Да', 'Китай', '22', 'Без НДС', '350 мл'),
      fc.string({ minLength: 1, maxLength: 20, unit: fc.constantFrom(...'абв ;,.1%<>&Ёё"') }),
    );
    const number = fc
      .oneof(
        fc.integer({ min: -5, max: 100_000 }),
        fc.double({ min: 0, max: 1000, noNaN: true }).map((one) => Number(one.toFixed(3))),
      )
      .map((one) => ({ text: String(one), number: true as const }));
    const held = fc.array(
      fc.oneof(
        text.map((one) => ({ text: one })),
        number,
      ),
      { minLength: 1, maxLength: 4 },
    );
    const attributes = fc
      .tuple(fc.dictionary(fc.constantFrom(...SCHEMA.map(({ id }) => id), '777'), held, { maxKeys: 11 }), fc.option(text))
      .map(([own, brand]) => ({ ...own, ...(brand === null ? {} : { brand: [{ text: brand }] }) }));
    const live = fc.record({
      category: fc.constantFrom('815', '816', '817', '818'),
      title: text,
      description: fc.array(text, { maxLength: 4 }).map((lines) => lines.join('\n')),
      attributes,
      price: fc.tuple(fc.integer({ min: 1, max: 100_000 }), fc.integer({ min: 0, max: 99 })).map(([price, discount]) => valueOfForm({ price, discount }, 'RUB')),
      stock: fc.integer({ min: 0, max: 100_000 }).map((pieces) => ({ '7': pieces })),
      dimensions: fc
        .tuple(fc.nat(200), fc.nat(200), fc.nat(200), fc.nat(50_000))
        .map(([length, width, height, weight]) => ({ length: length * 10, width: width * 10, height: height * 10, weight })),
      presence: fc.constantFrom('listed' as const, 'archived' as const),
    });
    fc.assert(
      fc.property(live, (shown) => {
        const canonical = Object.fromEntries(
          Object.entries(shown).map(([facet, value]) => [facet, facet === 'stock' ? value : normalise(facet as keyof FacetValues, value as never)]),
        ) as CardValues;
        expect(changedByAdoption(wildberries, card(canonical), references)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

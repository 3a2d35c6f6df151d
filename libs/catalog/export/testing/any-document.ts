import fc from 'fast-check';
import { checkDigit } from '../../document/barcode.js';
import { completeDocument } from '../../document/patch-document.js';
import type { AttributeValue, ProductDocument } from '../../document/product-document.js';
import { safeDescription } from '../../document/safe-text.js';
import { validateDocument } from '../../document/validate-document.js';

/** Texts that formats like to break: formulas, quotes, separators, line ends, codes, mark-up, blanks at the ends. */
const NASTY = [
  "=cmd|' /C calc'!A0",
  "'=1+1",
  "''=x",
  '+7 900',
  '-5',
  '@sum',
  '\t=x',
  'a;b,c|d',
  '"',
  '""',
  'a"b',
  "l'été",
  'строка\nвторая',
  'a\r\nb',
  'a\rb',
  '_x000D_',
  ' ',
  ' по краям ',
  '1e5',
  '0012',
  '1,5',
  'true',
  'Да',
  '<b>жирно</b>',
  ']]>',
  '&amp;',
  '&',
  '\ufeff',
  '\u2028',
  '\ufffe',
  'null',
  '{}',
  '[]',
  '#',
  '中文',
  '😀',
];

const text = (max: number) =>
  fc.oneof(
    fc.constantFrom(...NASTY),
    fc.string({ unit: 'grapheme', maxLength: max }),
    fc.tuple(fc.constantFrom(...NASTY), fc.string({ maxLength: 8 })).map((parts) => parts.join('')),
  );

const name = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('Цвет', 'Материал', 'Мощность', 'Артикул', 'Вес', 'Цена', 'Сезон [лето]', 'stock', 'Артикул производителя') },
  { weight: 1, arbitrary: text(12) },
);

const attribute: fc.Arbitrary<AttributeValue> = fc.oneof(
  text(30),
  fc.boolean(),
  fc.array(text(10), { minLength: 1, maxLength: 3 }),
  fc.record({
    value: fc.oneof(
      fc.integer({ min: -1000, max: 100_000 }),
      fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }),
      fc.constantFrom(0.1, 1.005, 1e-7, 123_456_789_012),
    ),
  }),
  fc.record({ value: fc.integer({ min: 0, max: 5000 }), unit: fc.oneof(fc.constantFrom('Вт', 'кг', 'мм'), text(6)) }),
);

const barcode = fc.stringMatching(/^\d{12}$/).map((body) => `${body}${checkDigit(body)}`);
const money = fc.record({ minor: fc.integer({ min: 0, max: 1_000_000_00 }), currency: fc.constantFrom('RUB', 'RUB', 'USD', 'JPY') });
const digest = fc.stringMatching(/^[0-9a-f]{64}$/);
const option = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const category = fc.array(text(10), { maxLength: 3 }).map((parts) => parts.join(' / '));

const override = fc.record(
  { title: text(20), attributes: fc.dictionary(name, attribute, { maxKeys: 2 }), stock: fc.dictionary(text(8), fc.nat(99), { maxKeys: 2 }), archived: fc.boolean(), price: money },
  { requiredKeys: [] },
);

/** Any document that the catalog would store. */
export const anyDocument: fc.Arbitrary<ProductDocument> = fc
  .record({
    sku: fc.oneof(fc.stringMatching(/^[A-ZА-Я0-9-]{1,20}$/), text(20)),
    title: text(60),
    description: fc.oneof(fc.constant(''), text(200)),
    brand: option(text(20)),
    category: fc.oneof(fc.constantFrom('', 'Дом / Кухня / Кружки', 'A/B', 'Дом'), category),
    country: option(text(20)),
    vat: option(fc.constantFrom(0, 5, 7, 10, 20, 22)),
    attributes: fc.dictionary(name, attribute, { maxKeys: 5 }),
    media: fc
      .uniqueArray(digest, { maxLength: 3 })
      .chain((digests) =>
        fc.boolean().map((roles) => digests.map((one, i) => (roles ? { digest: one, role: i === 0 ? ('main' as const) : ('gallery' as const) } : { digest: one }))),
      ),
    dimensions: option(fc.record({ length: fc.integer({ min: 1, max: 100_000 }), width: fc.integer({ min: 1, max: 5000 }), height: fc.integer({ min: 1, max: 5000 }) })),
    weight: option(fc.integer({ min: 1, max: 1_000_000 })),
    barcodes: fc.uniqueArray(barcode, { maxLength: 2 }),
    price: option(money),
    oldPrice: option(money),
    minPrice: option(money),
    stock: fc.dictionary(fc.oneof(fc.constantFrom('main', 'Склад 2'), text(8)), fc.integer({ min: 0, max: 10_000 }), { maxKeys: 3 }),
    model: option(fc.record({ code: text(10), axes: fc.uniqueArray(text(6), { maxLength: 2 }) })),
    translations: option(fc.constant({ en: { title: 'Mug', description: ' =1' } })),
    externalIds: option(fc.dictionary(fc.oneof(fc.constantFrom('1c', 'crm'), text(5)), text(12), { maxKeys: 2 })),
    overrides: option(fc.record({ ozon: override })),
    archived: fc.boolean(),
  })
  .map((document) => completeDocument({ ...document, description: safeDescription(document.description) }))
  .filter((document) => validateDocument(document).length === 0);

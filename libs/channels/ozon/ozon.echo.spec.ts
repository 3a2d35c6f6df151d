import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Facet, FacetValue, PictureJudge, StatusCause, StatusValue } from '#channels/contract';
import { isEcho } from './ozon.echo.js';

const nobody: PictureJudge = { same: () => undefined };
const judge = (known: Readonly<Record<string, string>>): PictureJudge => ({
  same: (url, digest) => (known[url] === undefined ? undefined : known[url] === digest),
});

describe('what counts as equal', () => {
  it.each([
    { reason: 'tags and entities', facet: 'description', desired: 'Объём 2 л<br/>Сталь «А»', observed: 'Объём&nbsp;2 л Сталь &laquo;А&raquo;', echo: 'yes' },
    { reason: 'another text', facet: 'description', desired: 'Чайник', observed: 'Утюг', echo: 'no' },
    { reason: 'no-break spaces in a title', facet: 'title', desired: 'Чайник 2 л', observed: 'Чайник\u00a02\u00a0л', echo: 'yes' },
    { reason: 'a renamed dictionary value', facet: 'attributes', desired: { 85: [{ id: '5', text: 'Ясень' }] }, observed: { 85: [{ id: '5', text: 'ЯСЕНЬ™' }] }, echo: 'yes' },
    {
      reason: 'another dictionary value under the same text',
      facet: 'attributes',
      desired: { 85: [{ id: '5', text: 'Ясень' }] },
      observed: { 85: [{ id: '6', text: 'Ясень' }] },
      echo: 'no',
    },
    { reason: 'foreign attributes', facet: 'attributes', desired: { 1: [{ text: 'a' }] }, observed: { 1: [{ text: 'a' }], 2: [{ text: 'b' }] }, echo: 'yes' },
    { reason: 'a lost attribute', facet: 'attributes', desired: { 1: [{ text: 'a' }], 2: [{ text: 'b' }] }, observed: { 1: [{ text: 'a' }] }, echo: 'no' },
    {
      reason: 'number formatting',
      facet: 'attributes',
      desired: { 1: [{ text: '10' }], 2: [{ text: '1.5' }] },
      observed: { 1: [{ text: '10.0' }], 2: [{ text: '1,50' }] },
      echo: 'yes',
    },
    { reason: 'another number', facet: 'attributes', desired: { 1: [{ text: '10' }] }, observed: { 1: [{ text: '100' }] }, echo: 'no' },
    { reason: 'yes in two languages', facet: 'attributes', desired: { 1: [{ text: 'true' }] }, observed: { 1: [{ text: 'Да' }] }, echo: 'yes' },
    { reason: 'yes and no', facet: 'attributes', desired: { 1: [{ text: 'true' }] }, observed: { 1: [{ text: 'Нет' }] }, echo: 'no' },
    { reason: 'order of values', facet: 'attributes', desired: { 1: [{ text: 'a' }, { text: 'b' }] }, observed: { 1: [{ text: 'b' }, { text: 'a' }] }, echo: 'yes' },
    { reason: 'one value twice instead of two', facet: 'attributes', desired: { 1: [{ text: 'a' }, { text: 'b' }] }, observed: { 1: [{ text: 'a' }, { text: 'a' }] }, echo: 'no' },
    {
      reason: 'key order of rich content',
      facet: 'attributes',
      desired: { 11254: [{ text: '{"a":1,"content":[]}' }] },
      observed: { 11254: [{ text: '{ "content": [], "a": 1 }' }] },
      echo: 'yes',
    },
    {
      reason: 'a rounded millimetre',
      facet: 'dimensions',
      desired: { length: 100, width: 50, height: 20, weight: 300 },
      observed: { length: 101, width: 50, height: 20, weight: 300 },
      echo: 'yes',
    },
    {
      reason: 'another size',
      facet: 'dimensions',
      desired: { length: 100, width: 50, height: 20, weight: 300 },
      observed: { length: 102, width: 50, height: 20, weight: 300 },
      echo: 'no',
    },
    { reason: 'a barcode of its own', facet: 'barcodes', desired: ['4600000000001'], observed: ['4600000000001', 'OZN123'], echo: 'yes' },
    { reason: 'a lost barcode', facet: 'barcodes', desired: ['4600000000001'], observed: ['OZN123'], echo: 'no' },
    { reason: 'a floor we never named', facet: 'price', desired: { price: 1, currency: 'RUB' }, observed: { price: 1, min: 1, currency: 'RUB' }, echo: 'yes' },
    { reason: 'a floor that went', facet: 'price', desired: { price: 10, min: 8, currency: 'RUB' }, observed: { price: 10, currency: 'RUB' }, echo: 'no' },
    { reason: 'a struck-through price nobody asked for', facet: 'price', desired: { price: 1, currency: 'RUB' }, observed: { price: 1, old: 2, currency: 'RUB' }, echo: 'no' },
    { reason: 'less stock', facet: 'stock', desired: 5, observed: 4, echo: 'no' },
    { reason: 'moved', facet: 'category', desired: '1:2', observed: '1:3', echo: 'no' },
    { reason: 'archived', facet: 'presence', desired: 'listed', observed: 'archived', echo: 'no' },
  ] as const)('$facet: $reason', ({ facet, desired, observed, echo }) => {
    expect(isEcho(facet as Facet, desired as FacetValue, observed as FacetValue, nobody)).toBe(echo);
  });

  it.each([
    { reason: 'all looked at and the same', observed: ['u1', 'u2'], known: { u1: 'd1', u2: 'd2' }, echo: 'yes' },
    { reason: 'one not looked at yet', observed: ['u1', 'u2'], known: { u1: 'd1' }, echo: 'unverified' },
    { reason: 'one another picture', observed: ['u1', 'u2'], known: { u1: 'd1', u2: 'dX' }, echo: 'no' },
    { reason: 'in another order', observed: ['u2', 'u1'], known: { u1: 'd1', u2: 'd2' }, echo: 'no' },
    { reason: 'one missing, nothing looked at', observed: ['u1'], known: {}, echo: 'no' },
  ])('media: $reason', ({ observed, known, echo }) => {
    expect(isEcho('media', ['d1', 'd2'], observed, judge(known as Readonly<Record<string, string>>))).toBe(echo);
  });

  it('two texts that differ in a letter are never equal, however they are marked up', () => {
    const word = fc.string({ unit: fc.constantFrom(...'абвгд'), minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 6 }), fc.nat(), (words, at) => {
        const desired = words.join(' ');
        const marked = words.map((one) => `<b>${one}</b>`).join('&nbsp;<br/>');
        expect(isEcho('description', desired, marked, nobody)).toBe('yes');
        const changed = words.map((one, index) => (index === at % words.length ? `${one}ж` : one)).join(' ');
        expect(isEcho('description', desired, changed, nobody)).toBe('no');
      }),
    );
  });
});

describe('status', () => {
  const status = (sellable: boolean | null, ...codes: StatusCause[]): StatusValue => ({
    sellable,
    moderation: 'approved',
    causes: codes.map((code) => ({ code })),
    refusals: [],
  });
  const meant = status(true);

  it.each([
    { reason: 'sold', desired: meant, observed: status(true), echo: 'yes' },
    { reason: 'out of stock is the stock facet’s matter', desired: meant, observed: status(false, 'no-stock'), echo: 'yes' },
    { reason: 'meant to be out of stock', desired: status(false, 'no-stock'), observed: status(false, 'no-stock'), echo: 'yes' },
    { reason: 'meant to be archived', desired: status(false, 'archived'), observed: status(false, 'archived', 'hidden', 'no-stock'), echo: 'yes' },
    { reason: 'hidden', desired: meant, observed: status(false, 'hidden'), echo: 'no' },
    { reason: 'hidden while out of stock', desired: status(false, 'no-stock'), observed: status(false, 'hidden', 'no-stock'), echo: 'no' },
    { reason: 'sold with old content', desired: meant, observed: status(true, 'update-stuck'), echo: 'no' },
    { reason: 'a new card in moderation', desired: meant, observed: status(false, 'not-created', 'moderation-pending', 'no-stock'), echo: 'unverified' },
    { reason: 'not created and nobody looks at it', desired: meant, observed: status(false, 'not-created'), echo: 'no' },
    { reason: 'unknown words', desired: meant, observed: status(null, 'unknown'), echo: 'unverified' },
  ])('$reason', ({ desired, observed, echo }) => {
    expect(isEcho('status', desired, observed, nobody)).toBe(echo);
  });
});

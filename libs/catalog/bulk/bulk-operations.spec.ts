import { describe, expect, it } from '@jest/globals';
import { completeDocument } from '../document/patch-document.js';
import { applyOperations } from './apply-operations.js';
import { multiplyMinor, parseFactor } from './multiply-price.js';
import { readOperations } from './read-operations.js';
import { replaceText } from './replace-text.js';

const [one, two, three] = ['a', 'b', 'c'].map((letter) => letter.repeat(64)) as [string, string, string];
const mug = completeDocument({
  sku: 'M-1',
  title: 'Кружка керамическая',
  category: 'Дом / Посуда / Кружка',
  attributes: { Цвет: 'синий' },
  media: [{ digest: one, role: 'main' }, { digest: two }],
  price: { minor: 99_90, currency: 'RUB' },
});

function after(...operations: Parameters<typeof applyOperations>[1]) {
  const applied = applyOperations(mug, operations);
  if ('issues' in applied) throw new Error(applied.issues.map((issue) => issue.code).join());
  return applied.document;
}

describe('a price multiplied', () => {
  it.each([
    [9990, '1.1', 1, 10989],
    [9995, '1.1', 1, 10995],
    [1, '0.5', 1, 1],
    [9990, '1.1', 100, 11000],
    [9940, '1.1', 100, 10900],
    [9950, '1', 100, 10000],
    [3, '0.01', 1, 1],
    [0, '1.5', 1, 0],
    [33, '0.333333', 1, 11],
  ])('%d × %s in steps of %d is %d', (minor, factor, step, result) => {
    expect(multiplyMinor(minor, parseFactor(factor) ?? { numerator: 0n, denominator: 1n }, step)).toBe(result);
  });

  it('takes no factor that is not exact, and never passes the largest price', () => {
    for (const factor of ['', '-1', '1e3', '0', '0.001', '101', '1.1234567', 'NaN']) expect(parseFactor(factor)).toBeUndefined();
    expect(multiplyMinor(99_999_999_999, parseFactor('2') ?? { numerator: 0n, denominator: 1n })).toBeUndefined();
  });
});

describe('replaced text', () => {
  it.each([
    ['Кружка (б/у)', '(б/у)', '', {}, 'Кружка'],
    ['Новинка! Кружка новая', 'Новинка!', '', {}, 'Кружка новая'],
    ['Кружка, синяя, большая', 'синяя,', '', {}, 'Кружка, большая'],
    ['Хит\n Хит года\nхит', 'Хит', '', {}, '\n года\nхит'],
    ['чайник', 'а', '', {}, 'чйник'],
    ['a.c abc', 'a.c', 'x', {}, 'x abc'],
    ['Кружка КРУЖКА', 'кружка', 'чашка', { anyCase: true }, 'чашка чашка'],
    ['Акция до 5 мая! Кружка. Акция до 9 мая!', 'Акция*!', '', { wildcards: true }, 'Кружка.'],
    ['цена 5\nАкция 5', 'це*5', 'x', { wildcards: true }, 'x\nАкция 5'],
    ['Кружка - хвост', ' -*', '', { wildcards: true }, 'Кружка'],
    ['звезда * тут', '*', 'и', {}, 'звезда и тут'],
    ['aaa', 'a', 'aa', {}, 'aaaaaa'],
    ['нет такого', 'x*y', 'z', { wildcards: true }, 'нет такого'],
  ])('of "%s" finds "%s"', (text, find, replace, options, result) => {
    expect(replaceText(text, find, replace, options)).toBe(result);
  });

  it('is quick whatever the pattern', () => {
    const text = 'a'.repeat(200_000);
    expect(replaceText(text, `${'a*'.repeat(200)}b`, '', { wildcards: true })).toBe(text);
  });
});

describe('operations on one product', () => {
  it('move, set, remove and reorder', () => {
    expect(after({ op: 'move-category', from: 'Дом', to: 'Дом и сад' }).category).toBe('Дом и сад / Посуда / Кружка');
    expect(after({ op: 'move-category', from: 'Спорт', to: 'Дом и сад' }).category).toBe(mug.category);
    expect(after({ op: 'set', field: 'brand', value: 'Ясень' }, { op: 'set', field: 'price', value: null })).toEqual({ ...mug, brand: 'Ясень', price: undefined });
    expect(after({ op: 'set-attribute', name: 'Материал', value: ['глина'] }, { op: 'remove-attribute', name: 'Цвет' }).attributes).toEqual({ Материал: ['глина'] });
    expect(after({ op: 'archive', archived: true }).archived).toBe(true);
    expect(after({ op: 'add-media', digest: three, role: 'main', at: 'start' }).media).toEqual([{ digest: three, role: 'main' }, { digest: one }, { digest: two }]);
    expect(after({ op: 'reorder-media', digests: [two] }).media.map((picture) => picture.digest)).toEqual([two, one]);
    expect(after({ op: 'remove-media', digest: one }).media).toEqual([{ digest: two }]);
  });

  it('tell a channel something else, and take it back', () => {
    const told = after({ op: 'set-override', channel: 'somewhere', field: 'title', value: 'Чашка' });
    expect(told.overrides).toEqual({ somewhere: { title: 'Чашка' } });
    expect(applyOperations(told, [{ op: 'set-override', channel: 'somewhere', field: 'title', value: null }])).toEqual({ document: mug });
  });

  it('refuse a price that is not there', () => {
    expect(applyOperations(mug, [{ op: 'multiply-price', fields: ['oldPrice'], factor: '2' }])).toMatchObject({ issues: [{ field: 'oldPrice', code: 'price-missing' }] });
  });
});

describe('operations from outside', () => {
  it('are read whole, or every fault is named by its place', () => {
    expect(readOperations([{ op: 'multiply-price', fields: ['price'], factor: '1.1', step: 100 }])).toHaveProperty('operations');
    const wrong = readOperations([{ op: 'set', field: 'sku', value: 'X' }, { op: 'explode' }, { op: 'replace-text', fields: ['title'], find: '', replace: '', regex: true }]);
    expect(wrong).toMatchObject({
      issues: [
        { field: 'operations.0.field', code: 'bulk-field' },
        { field: 'operations.1.op', code: 'bulk-operation' },
        { field: 'operations.2.regex', code: 'unknown-field' },
        { field: 'operations.2.find', code: 'text' },
      ],
    });
    for (const bad of [undefined, {}, [], 'x', [null], [1]]) expect(readOperations(bad)).toHaveProperty('issues');
  });
});

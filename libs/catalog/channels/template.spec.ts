import { describe, expect, it } from '@jest/globals';
import { completeDocument } from '../document/patch-document.js';
import { BrokenTemplate, parseTemplate, renderTemplate } from './template.js';

const kettle = completeDocument({
  sku: 'K-1',
  title: 'Чайник {не поле}',
  brand: 'Ясень',
  category: 'Дом / Чайник',
  attributes: { Цвет: ['синий', 'белый'], Объём: { value: 1.7, unit: 'л' }, Свисток: true, constructor: 'x' },
});

describe('a template', () => {
  it.each<[string, string | undefined, string[]]>([
    ['{brand} {title}', 'Ясень Чайник {не поле}', []],
    ['{category} {brand}, {Цвет}, {Объём}', 'Чайник Ясень, синий, белый, 1,7 л', []],
    ['{brand}[, {Страна}], {Объём}', 'Ясень, 1,7 л', []],
    ['{brand}, {Страна}, {Объём}', 'Ясень, 1,7 л', ['Страна']],
    ['{Страна} {brand} — {Материал}', 'Ясень', ['Страна', 'Материал']],
    ['{Страна}', undefined, ['Страна']],
    ['[{Страна}]', undefined, []],
    ['Просто текст', 'Просто текст', []],
    ['{toString} {brand}', 'Ясень', ['toString']],
    ['{Свисток}', 'да', []],
  ])('%s', (pattern, text, missing) => {
    expect(renderTemplate(parseTemplate(pattern), kettle)).toEqual({ text, missing });
  });

  it.each(['{', '{brand', 'brand}', '{}', '{ }', '[{brand}', '{brand}]', '[[{brand}]]', '{a{b}}'])('%s is not one', (pattern) => {
    expect(() => parseTemplate(pattern)).toThrow(BrokenTemplate);
  });
});

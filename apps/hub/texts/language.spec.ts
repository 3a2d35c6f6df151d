import { describe, expect, it } from '@jest/globals';
import { knownLanguage, languageOf } from './language.js';

describe('the language of an answer', () => {
  it.each([
    [undefined, 'ru'],
    ['', 'ru'],
    ['*', 'ru'],
    ['de', 'ru'],
    ['en', 'en'],
    ['zh-CN,zh;q=0.9', 'zh'],
    ['de;q=1, en;q=0.4, zh;q=0.8', 'zh'],
    ['en;q=0, ru;q=0.1', 'ru'],
    ['en-GB, ru', 'en'],
    ['EN_us', 'en'],
    [';;;q=,', 'ru'],
  ])('for "%s" is %s', (header, language) => {
    expect(languageOf(header)).toBe(language);
  });

  it('is read from the names of locales too', () => {
    expect(['ru_RU.UTF-8', 'en_US', 'zh_CN.GB2312', 'C.UTF-8', undefined].map(knownLanguage)).toEqual(['ru', 'en', 'zh', undefined, undefined]);
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { type PackTextKey, packWords } from './pack-words.js';

const LANGUAGES = ['ru', 'en', 'zh'] as const;
const here = new URL('./', import.meta.url);
const texts = Object.fromEntries(LANGUAGES.map((language) => [language, JSON.parse(readFileSync(new URL(`texts/${language}.json`, here), 'utf8')) as Record<string, string>]));
const stem = (key: string): string => key.replace(/_(one|few|many|other)$/, '');
const stems = (language: string): string[] => [...new Set(Object.keys(texts[language] ?? {}).map(stem))].sort();
const blanks = (text: string): string[] => [...new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? ''))].sort();

describe('the words of a pack', () => {
  it('are the same in every language, with the same values', () => {
    expect(stems('en').length).toBeGreaterThan(60);
    for (const language of LANGUAGES) {
      expect(stems(language)).toEqual(stems('en'));
      for (const [key, text] of Object.entries(texts[language] ?? {})) {
        const english = Object.entries(texts['en'] ?? {}).find(([other]) => stem(other) === stem(key))?.[1] ?? '';
        expect({ key, language, blanks: blanks(text) }).toEqual({ key, language, blanks: blanks(english) });
        expect(text.trim()).not.toBe('');
      }
    }
  });

  it('are written in the language they are for', () => {
    for (const text of Object.values(texts['en'] ?? {})) expect(text).not.toMatch(/[\p{Script=Cyrillic}\p{Script=Han}]/u);
    for (const text of Object.values(texts['zh'] ?? {})) expect(text).not.toMatch(/\p{Script=Cyrillic}/u);
    const same = Object.entries(texts['ru'] ?? {}).filter(([key, text]) => text === texts['en']?.[key]);
    expect(same.map(([key]) => key).sort()).toEqual(['incident-title', 'named']);
  });

  it('stand nowhere else: the parts of a pack hold no sentence of their own', () => {
    const sources = readdirSync(here).filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'));
    const told = sources.filter((name) =>
      readFileSync(new URL(name, here), 'utf8')
        .replace(/\/\*\*.*?\*\//gs, '')
        .replaceAll("'МСК'", '')
        .match(/\p{Script=Cyrillic}/u),
    );
    expect(told).toEqual(['moscow-time.ts']);
  });

  it('count as the language does', () => {
    const subject = (language: (typeof LANGUAGES)[number], count: number): string => packWords(language).say('letter-subject', { count });
    expect([1, 2, 5, 11, 21, 112].map((count) => subject('ru', count).split(' ').slice(3).join(' '))).toEqual([
      '1 карточке товаров',
      '2 карточках товаров',
      '5 карточках товаров',
      '11 карточках товаров',
      '21 карточке товаров',
      '112 карточках товаров',
    ]);
    expect([subject('en', 1), subject('en', 2), subject('zh', 1)]).toEqual([
      'Subject: differences in 1 product card',
      'Subject: differences in 2 product cards',
      '主题：1 张商品卡片内容不一致',
    ]);
  });

  it('carry values as they stand, whatever they look like', () => {
    const key: PackTextKey = 'page-title';
    for (const account of ['A & B', '{{account}}', '$t(heading)', '<b>']) expect(packWords('en').say(key, { account })).toBe(`Evidence: ${account}`);
  });

  it('tell times as they are written', () => {
    const times = LANGUAGES.map((language) => packWords(language).time('2026-11-20T22:05:12.000Z'));
    expect(times).toEqual(['21.11.2026 01:05:12 МСК', '2026-11-21 01:05:12 MSK', '2026-11-21 01:05:12 MSK']);
  });
});

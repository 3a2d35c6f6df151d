import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { explainFault, LANGUAGES, type FaultCode, type Language } from './fault-texts.js';

type Texts = Record<string, { reason: string; remedy: string }>;
const texts = Object.fromEntries(
  LANGUAGES.map((language) => [language, JSON.parse(readFileSync(new URL(`./texts/${language}.json`, import.meta.url), 'utf8')) as Texts]),
) as Record<Language, Texts>;
const codes = Object.keys(texts.en) as FaultCode[];
const blanks = (text: string): string[] => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? '').sort();

describe('the texts of the faults', () => {
  it('name the same faults in every language', () => {
    expect(codes.length).toBeGreaterThan(40);
    for (const language of LANGUAGES) expect(Object.keys(texts[language]).sort()).toEqual([...codes].sort());
  });

  it.each(codes)('tell %s and its remedy with the same values in every language', (code) => {
    for (const part of ['reason', 'remedy'] as const) {
      for (const language of LANGUAGES) {
        expect(texts[language][code]?.[part].trim()).not.toBe('');
        expect(new Set(blanks(texts[language][code]?.[part] ?? ''))).toEqual(new Set(blanks(texts.en[code]?.[part] ?? '')));
      }
    }
    expect(texts.ru[code]?.reason).not.toBe(texts.en[code]?.reason);
    expect(texts.zh[code]?.reason).toMatch(/\p{Script=Han}/u);
  });

  it('are filled with values as they stand, whatever they look like', () => {
    for (const owner of ['A & B', '{{sku}}', '$t(sku.reason)', '<b>']) {
      expect(explainFault({ code: 'barcode-taken', params: { owner } }, 'ru').reason).toBe(`штрихкод принадлежит товару «${owner}»`);
    }
  });
});

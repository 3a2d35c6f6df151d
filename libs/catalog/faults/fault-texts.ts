import { readFileSync } from 'node:fs';
import { createInstance } from 'i18next';
import type en from './texts/en.json';

export const LANGUAGES = ['ru', 'en', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Every fault the catalog can name; each has a reason and a remedy in three languages. */
export type FaultCode = keyof typeof en;

export type FaultParams = Readonly<Record<string, string | number>>;

const load = (language: Language): Record<string, unknown> => JSON.parse(readFileSync(new URL(`./texts/${language}.json`, import.meta.url), 'utf8')) as Record<string, unknown>;

const texts = createInstance();
void texts.init({
  // With the texts at hand nothing is loaded, so they are ready when this returns.
  initAsync: false,
  lng: 'en',
  fallbackLng: false,
  resources: Object.fromEntries(LANGUAGES.map((language) => [language, { translation: load(language) }])),
  interpolation: { escapeValue: false },
});

const inLanguage = { ru: texts.getFixedT('ru'), en: texts.getFixedT('en'), zh: texts.getFixedT('zh') } as const;

/** What is wrong and what to do, in words of the language; `params` fill the sentences. */
export function explainFault(fault: { readonly code: FaultCode; readonly params?: FaultParams }, language: Language): { reason: string; remedy: string } {
  const t = inLanguage[language];
  return { reason: t(`${fault.code}.reason`, { ...fault.params }), remedy: t(`${fault.code}.remedy`, { ...fault.params }) };
}

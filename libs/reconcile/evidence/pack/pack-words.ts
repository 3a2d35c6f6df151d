import { readFileSync } from 'node:fs';
import { createInstance } from 'i18next';
import type { Locale } from '../story-names.js';
import { moscowTime } from './moscow-time.js';
import type en from './texts/en.json';

type WithoutPlural<Key> = Key extends `${infer Text}_${'one' | 'other'}` ? Text : Key;

export type PackTextKey = WithoutPlural<keyof typeof en>;

export type PackTextValues = Readonly<Record<string, string | number>>;

/** What a pack says to people, in one language. */
export interface PackWords {
  readonly locale: Locale;
  say(key: PackTextKey, values?: PackTextValues): string;
  /** A text that may not exist, such as the name of a field. */
  find(key: string): string | undefined;
  /** An ISO time as the reader writes it. */
  time(iso: string): string;
}

const LOCALES: readonly Locale[] = ['ru', 'en', 'zh'];

const load = (locale: Locale): Record<string, unknown> => JSON.parse(readFileSync(new URL(`./texts/${locale}.json`, import.meta.url), 'utf8')) as Record<string, unknown>;

const texts = createInstance();
void texts.init({
  // With the texts at hand nothing is loaded, so they are ready when this returns.
  initAsync: false,
  lng: 'ru',
  fallbackLng: false,
  keySeparator: false,
  nsSeparator: false,
  resources: Object.fromEntries(LOCALES.map((locale) => [locale, { translation: load(locale) }])),
  interpolation: { escapeValue: false },
});

export function packWords(locale: Locale): PackWords {
  const say = texts.getFixedT(locale);
  return {
    locale,
    say: (key, values) => say(key, { ...values }),
    find: (key) => (texts.exists(key, { lng: locale }) ? say(key) : undefined),
    time: (iso) => moscowTime(iso, locale),
  };
}

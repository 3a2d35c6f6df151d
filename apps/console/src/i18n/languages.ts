export const LANGUAGES = ['ru', 'en', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];

export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { ru: 'Русский', en: 'English', zh: '中文' };

export function isLanguage(value: string): value is Language {
  return LANGUAGES.some((language) => language === value);
}

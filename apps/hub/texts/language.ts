export const LANGUAGES = ['ru', 'en', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Spoken to whoever does not say which language they read. */
export const USUAL_LANGUAGE: Language = 'ru';

export function knownLanguage(tag: string | undefined): Language | undefined {
  const primary = tag?.trim().toLowerCase().split(/[-_.]/)[0];
  return LANGUAGES.find((language) => language === primary);
}

/** The first language of an Accept-Language header that is spoken here, by weight; Russian when there is none. */
export function languageOf(header: string | undefined): Language {
  const wanted = (header ?? '').split(',').map((part) => {
    const [tag, ...parameters] = part.split(';');
    const weight = parameters.map((parameter) => /^\s*q=([\d.]+)\s*$/.exec(parameter)?.[1]).find((found) => found !== undefined);
    return { language: knownLanguage(tag), weight: weight === undefined ? 1 : Number(weight) };
  });
  const best = wanted.filter(({ language, weight }) => language !== undefined && weight > 0).sort((a, b) => b.weight - a.weight)[0];
  return best?.language ?? USUAL_LANGUAGE;
}

import i18next, { type TFunction } from 'i18next';
import { LANGUAGES, type Language } from './language.js';

/** Texts of one part of the program: nested objects of texts with {{values}} in them. */
export type Texts = Readonly<Record<string, unknown>>;

/** Says a text by its key in one language, undefined when there is none. */
export type Speaker = (key: string, values?: Readonly<Record<string, unknown>>) => string | undefined;

/** Speakers of the same texts in every language. */
export function speakers(texts: Readonly<Record<Language, Texts>>): Readonly<Record<Language, Speaker>> {
  const instance = i18next.createInstance();
  void instance.init({
    initAsync: false,
    fallbackLng: false,
    supportedLngs: LANGUAGES,
    resources: Object.fromEntries(LANGUAGES.map((language) => [language, { translation: texts[language] }])),
    interpolation: { escapeValue: false },
  });
  const speaker = (say: TFunction): Speaker => {
    return (key, values) => {
      if (!instance.exists(key, { lng: LANGUAGES[0] })) return undefined;
      const said: unknown = say(key, { ...values });
      return typeof said === 'string' ? said : undefined;
    };
  };
  return { ru: speaker(instance.getFixedT('ru')), en: speaker(instance.getFixedT('en')), zh: speaker(instance.getFixedT('zh')) };
}

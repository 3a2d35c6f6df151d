import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from './languages';
import en from './en.json';
import ru from './ru.json';
import zh from './zh.json';

/** All three languages are in the bundle: the console works without any network but the hub. */
export async function startTexts(language: Language): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    resources: { ru: { translation: ru }, en: { translation: en }, zh: { translation: zh } },
    interpolation: { escapeValue: false },
    returnNull: false,
  });
}

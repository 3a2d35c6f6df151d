import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useState } from 'react';
import i18next from 'i18next';
import { isLanguage, type Language } from '../i18n/languages';

export type ThemeChoice = 'system' | 'light' | 'dark';

interface Preferences {
  readonly theme: ThemeChoice;
  readonly dark: boolean;
  readonly language: Language;
  setTheme(theme: ThemeChoice): void;
  setLanguage(language: Language): void;
}

const KEY = { theme: 'etalon.theme', language: 'etalon.language' } as const;
const Context = createContext<Preferences | undefined>(undefined);

/** A browser that forbids storage still shows the page; the choice then lasts as long as the tab. */
function stored(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function keep(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    return;
  }
}

export function startLanguage(): Language {
  const kept = stored(KEY.language) ?? '';
  return isLanguage(kept) ? kept : 'ru';
}

function startTheme(): ThemeChoice {
  const kept = stored(KEY.theme);
  return kept === 'light' || kept === 'dark' ? kept : 'system';
}

function useSystemDark(): boolean {
  const query = useMemo(() => window.matchMedia('(prefers-color-scheme: dark)'), []);
  const [dark, setDark] = useState(query.matches);
  useEffect(() => {
    const follow = (): void => setDark(query.matches);
    query.addEventListener('change', follow);
    return () => query.removeEventListener('change', follow);
  }, [query]);
  return dark;
}

export function PreferencesProvider({ children }: { readonly children: ReactNode }) {
  const [theme, chooseTheme] = useState<ThemeChoice>(startTheme);
  const [language, chooseLanguage] = useState<Language>(startLanguage);
  const systemDark = useSystemDark();
  const dark = theme === 'dark' || (theme === 'system' && systemDark);

  const setTheme = useCallback((next: ThemeChoice) => {
    keep(KEY.theme, next);
    chooseTheme(next);
  }, []);
  const setLanguage = useCallback((next: Language) => {
    keep(KEY.language, next);
    chooseLanguage(next);
    void i18next.changeLanguage(next);
  }, []);
  useEffect(() => {
    document.documentElement.dataset['theme'] = dark ? 'dark' : 'light';
  }, [dark]);
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : language;
  }, [language]);

  const value = useMemo(() => ({ theme, dark, language, setTheme, setLanguage }), [theme, dark, language, setTheme, setLanguage]);
  return <Context value={value}>{children}</Context>;
}

export function usePreferences(): Preferences {
  const preferences = use(Context);
  if (preferences === undefined) throw new Error('usePreferences stands outside its provider');
  return preferences;
}

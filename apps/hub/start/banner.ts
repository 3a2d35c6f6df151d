import type { AppConfig } from '#platform';
import { FIRST_ADMIN } from '../auth/first-admin.js';
import type { Language } from '../texts/language.js';
import type { RunningHub } from './start-hub.js';

interface Words {
  readonly name: string;
  readonly signIn: string;
  readonly once: string;
  readonly given: string;
  readonly own: string;
  readonly forgotten: string;
}

const WORDS: Readonly<Record<Language, Words>> = {
  ru: {
    name: 'Эталон',
    signIn: 'Вход',
    once: 'пароль показан один раз, сохраните его',
    given: 'пароль из ETALON_ADMIN_PASSWORD, если вы его не меняли',
    own: 'ваш пароль',
    forgotten: 'забыли',
  },
  en: {
    name: 'Etalon',
    signIn: 'Sign in',
    once: 'this password is shown once, keep it',
    given: 'the password of ETALON_ADMIN_PASSWORD, unless you changed it',
    own: 'your password',
    forgotten: 'forgotten',
  },
  zh: { name: 'Etalon', signIn: '登录', once: '该密码仅显示一次，请保存', given: 'ETALON_ADMIN_PASSWORD 中的密码（如未修改）', own: '您的密码', forgotten: '忘记密码' },
};

/** The lines a person needs after a start: where to go and how to sign in. */
export function banner({ url, firstSignIn }: Pick<RunningHub, 'url' | 'firstSignIn'>, config: Pick<AppConfig, 'secrets'>, language: Language): string {
  const words = WORDS[language];
  const secret =
    firstSignIn !== undefined
      ? `${firstSignIn.name} / ${firstSignIn.password}   (${words.once})`
      : config.secrets.adminPassword !== undefined
        ? `${FIRST_ADMIN} / ${words.given}`
        : `${FIRST_ADMIN} / ${words.own}   (${words.forgotten}: npm run -s etalon -- password ${FIRST_ADMIN})`;
  return `\n  ${words.name}: ${url}\n  ${words.signIn}: ${secret}\n\n`;
}

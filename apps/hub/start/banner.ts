import type { AppConfig } from '#platform';
import { FIRST_ADMIN } from '../auth/first-admin.js';
import type { RunningHub } from './start-hub.js';

/** The lines a person needs after a start: where to go and how to sign in. */
export function banner(hub: RunningHub, config: AppConfig): string {
  const signIn =
    hub.firstSignIn !== undefined
      ? `Вход: ${hub.firstSignIn.name} / ${hub.firstSignIn.password}   (пароль показан один раз, сохраните его)`
      : config.secrets.adminPassword !== undefined
        ? `Вход: ${FIRST_ADMIN} / пароль из ETALON_ADMIN_PASSWORD, если вы его не меняли`
        : `Вход: ${FIRST_ADMIN} / ваш пароль   (забыли: npm run -s etalon -- password ${FIRST_ADMIN})`;
  return `\n  Эталон: ${hub.url}\n  ${signIn}\n\n`;
}

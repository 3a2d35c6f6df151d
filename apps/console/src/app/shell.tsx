import type { ReactNode } from 'react';
import { Button, Dropdown, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useLive } from '../features/live/hooks/use-live';
import { useSignOut } from '../features/session/hooks/use-session';
import { LANGUAGE_NAMES, LANGUAGES } from '../i18n/languages';
import { MoonIcon, OutIcon, ScreenIcon, SunIcon, UserIcon } from '../icons/action-icons';
import { type ThemeChoice, usePreferences } from './preferences';

const THEMES: readonly ThemeChoice[] = ['system', 'light', 'dark'];
const THEME_ICONS = { system: <ScreenIcon />, light: <SunIcon />, dark: <MoonIcon /> } as const;

export function Brand() {
  const { t } = useTranslation();
  return (
    <span className="brand">
      <img src="/favicon.svg" alt="" width={28} height={28} />
      <span>{t('app.name')}</span>
    </span>
  );
}

/** The two choices that the sign-in page offers too. */
export function LookControls() {
  const { t } = useTranslation();
  const { theme, language, setTheme, setLanguage } = usePreferences();
  return (
    <>
      <Dropdown
        trigger={['click']}
        menu={{ selectable: true, selectedKeys: [language], items: LANGUAGES.map((key) => ({ key, label: LANGUAGE_NAMES[key], onClick: () => setLanguage(key) })) }}
      >
        <Button type="text" aria-label={t('app.language')}>
          {language.toUpperCase()}
        </Button>
      </Dropdown>
      <Dropdown
        trigger={['click']}
        menu={{
          selectable: true,
          selectedKeys: [theme],
          items: THEMES.map((key) => ({ key, icon: THEME_ICONS[key], label: t(`app.theme.${key}`), onClick: () => setTheme(key) })),
        }}
      >
        <Button type="text" icon={THEME_ICONS[theme]} aria-label={t('app.theme.title')} />
      </Dropdown>
    </>
  );
}

export function Shell({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  const { t } = useTranslation();
  const live = useLive();
  const signOut = useSignOut();
  return (
    <div className="shell">
      <header className="shell-head">
        <Link to="/" className="plain-link">
          <Brand />
        </Link>
        <Tooltip title={t(live ? 'app.liveHint' : 'app.offlineHint')}>
          <span className={live ? 'live on' : 'live off'} role="status">
            <i />
            <span className="live-text">{t(live ? 'app.live' : 'app.offline')}</span>
          </span>
        </Tooltip>
        <span className="grow" />
        <LookControls />
        <Dropdown trigger={['click']} menu={{ items: [{ key: 'out', icon: <OutIcon />, label: t('session.signOut'), onClick: signOut }] }}>
          <Button type="text" icon={<UserIcon />}>
            <span className="wide-only">{name}</span>
          </Button>
        </Dropdown>
      </header>
      <main className="shell-body">{children}</main>
    </div>
  );
}

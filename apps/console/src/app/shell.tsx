import type { ReactNode } from 'react';
import { Button, Dropdown, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, NavLink } from 'react-router';
import { useOpenCases } from '../features/cases/hooks/use-open-cases';
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

/** The pages, and how many cases wait for a person. */
function ShellNav() {
  const { t } = useTranslation();
  const waiting = useOpenCases();
  return (
    <nav className="shell-nav" aria-label={t('nav.title')}>
      <NavLink to="/" end>
        {t('nav.overview')}
      </NavLink>
      <NavLink to="/cases">
        {t('nav.cases')}
        {waiting === '' ? null : <span className="nav-count">{waiting}</span>}
      </NavLink>
      <NavLink to="/rules">{t('nav.rules')}</NavLink>
    </nav>
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
        <ShellNav />
        <span className="grow" />
        <Tooltip title={t(live ? 'app.liveHint' : 'app.offlineHint')}>
          <span className={live ? 'live on' : 'live off'} role="status">
            <i />
            <span className="live-text">{t(live ? 'app.live' : 'app.offline')}</span>
          </span>
        </Tooltip>
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

import type { ReactNode } from 'react';
import { App as Messages, ConfigProvider } from 'antd';
import en from 'antd/locale/en_US';
import ru from 'antd/locale/ru_RU';
import zh from 'antd/locale/zh_CN';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { BrowserRouter } from 'react-router';
import { HubProblem } from './http';
import { PreferencesProvider, usePreferences } from './preferences';
import { componentTheme } from './theme';

const LOCALES = { ru, en, zh } as const;

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 2_000,
      // A refusal stays one; only a hub that does not answer is asked again.
      retry: (count, error) => error instanceof HubProblem && error.status === 0 && count < 3,
      refetchOnWindowFocus: true,
    },
  },
});

function Themed({ children }: { readonly children: ReactNode }) {
  const { dark, language } = usePreferences();
  return (
    <ConfigProvider theme={componentTheme(dark)} locale={LOCALES[language]}>
      <Messages notification={{ placement: 'bottomLeft' }}>{children}</Messages>
    </ConfigProvider>
  );
}

export function Providers({ children }: { readonly children: ReactNode }) {
  return (
    <PreferencesProvider>
      <Themed>
        <QueryClientProvider client={queries}>
          <BrowserRouter>{children}</BrowserRouter>
        </QueryClientProvider>
      </Themed>
    </PreferencesProvider>
  );
}

import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app';
import { startLanguage } from './app/preferences';
import { Providers } from './app/providers';
import { startTexts } from './i18n/start-texts';
import './app/app.css';

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no place for the console');
await startTexts(startLanguage());
createRoot(root).render(
  <StrictMode>
    <Providers>
      <App />
    </Providers>
  </StrictMode>,
);

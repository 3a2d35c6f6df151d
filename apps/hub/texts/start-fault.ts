import { createRequire } from 'node:module';
import { FatalStartError, redactText } from '#platform';
import type { Language } from './language.js';
import { type Speaker, speakers } from './speaker.js';
import type enJson from './start/en.json';
import type ruJson from './start/ru.json';
import type zhJson from './start/zh.json';

// A JSON import with an attribute warns on Node 20; the type-only imports above make the compiler copy the files.
const load = createRequire(import.meta.url);

const SPEAKERS = speakers({
  ru: load('./start/ru.json') as typeof ruJson,
  en: load('./start/en.json') as typeof enJson,
  zh: load('./start/zh.json') as typeof zhJson,
});

type SettingFault = NonNullable<NonNullable<FatalStartError['told']>['settings']>[number];

/** The two lines shown to a person: why it does not start and what to do. */
export function startFaultText({ message, remedy, told }: FatalStartError, language: Language): string {
  const say = SPEAKERS[language];
  const params = { ...told.params, ...(told.settings && { faults: told.settings.map((fault) => settingText(fault, say)).join('; ') }) };
  const part = (name: 'message' | 'remedy'): string | undefined => say(`${told.code}.${name}`, params);
  return `${part('message') ?? message}\n→ ${part('remedy') ?? remedy}`;
}

/** What a setting must be is said once for each, whatever rule it broke. */
function settingText({ name, path, kind }: SettingFault, say: Speaker): string {
  const text = (key: string): string => say(`config-faults.${key}`, { name }) ?? '';
  if (kind === 'unknown') return text('unknown');
  return `${text(kind)} ${say(`config-faults.setting.${path}`) ?? ''}`.trim();
}

/** A failure nobody foresaw, with what a technician needs below it. */
export function unforeseenText(error: unknown, language: Language): string {
  const fault = new FatalStartError('The hub could not start.', 'Start again; if it stays, send these lines to whoever looks after the program.', { told: { code: 'unforeseen' } });
  return `${startFaultText(fault, language)}\n${redactText(error instanceof Error ? (error.stack ?? error.message) : String(error))}`;
}

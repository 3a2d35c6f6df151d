import { createRequire } from 'node:module';
import type { FatalStartError } from '#platform';
import type { Language } from './language.js';
import { speakers } from './speaker.js';
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

/** The two lines shown to a person: why it does not start and what to do. A reason that has no text yet is told in English. */
export function startFaultText({ message, remedy, told }: FatalStartError, language: Language): string {
  const say = (part: 'message' | 'remedy'): string | undefined => (told === undefined ? undefined : SPEAKERS[language](`${told.code}.${part}`, told.params));
  return `${say('message') ?? message}\n→ ${say('remedy') ?? remedy}`;
}

import { createRequire } from 'node:module';
import { CommanderError } from 'commander';
import { spokenLocale } from '#platform';
import { knownLanguage, type Language, USUAL_LANGUAGE } from '../texts/language.js';
import { type Speaker, speakers } from '../texts/speaker.js';
import type enJson from './texts/en.json';
import type ruJson from './texts/ru.json';
import type zhJson from './texts/zh.json';

// A JSON import with an attribute warns on Node 20; the type-only imports above make the compiler copy the files.
const load = createRequire(import.meta.url);

const SPEAKERS = speakers({
  ru: load('./texts/ru.json') as typeof ruJson,
  en: load('./texts/en.json') as typeof enJson,
  zh: load('./texts/zh.json') as typeof zhJson,
});

/** Says a text of the command line; one that does not exist is a fault of the program. */
export type Say = (key: string, values?: Readonly<Record<string, unknown>>) => string;

function certain(speaker: Speaker): Say {
  return (key, values) => speaker(key, values) ?? key;
}

/** The language of a command: `--lang`, else the locale of the terminal, else Russian. */
export function languageOfCommand(argv: readonly string[], env?: Readonly<Record<string, string | undefined>>): Language {
  const at = argv.findIndex((word) => word === '--lang' || word.startsWith('--lang='));
  const asked = at < 0 ? undefined : (argv[at]?.split('=')[1] ?? argv[at + 1]);
  return knownLanguage(asked) ?? knownLanguage(spokenLocale(env)) ?? USUAL_LANGUAGE;
}

export function sayIn(language: Language): Say {
  return certain(SPEAKERS[language]);
}

/** What is wrong with a command that could not be understood, with the word it is about. */
export function usageText(error: CommanderError, say: Say): string {
  const kind = error.code.replace('commander.', '');
  const name = /'([^']*)'/.exec(error.message)?.[1]?.slice(0, 100) ?? '';
  const known = ['excessArguments', 'invalidArgument', 'missingArgument', 'optionMissingArgument', 'unknownCommand', 'unknownOption'].includes(kind);
  return `${say(`usage.${known ? kind : 'other'}`, { name })}\n→ ${say('usage.remedy')}`;
}

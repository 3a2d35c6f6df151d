import { createRequire } from 'node:module';
import type enJson from '../texts/en.json';
import type ruJson from '../texts/ru.json';
import type zhJson from '../texts/zh.json';
import type { Language } from '../texts/language.js';
import { speakers } from '../texts/speaker.js';
import type { Explained, FieldFault, Problem } from './problem.js';

// A JSON import with an attribute warns on Node 20; the type-only imports above make the compiler copy the files.
const load = createRequire(import.meta.url);

export const PROBLEM_SPEAKERS = speakers({
  ru: load('../texts/ru.json') as typeof ruJson,
  en: load('../texts/en.json') as typeof enJson,
  zh: load('../texts/zh.json') as typeof zhJson,
});

function spokenFault(fault: FieldFault, language: Language): FieldFault {
  const say = PROBLEM_SPEAKERS[language];
  const { code, params, explain, ...rest } = fault;
  if (code === undefined) return rest;
  if (explain !== undefined) return { ...rest, code, ...explain(language) };
  return { ...rest, code, message: say(`fault.${code}.message`, params) ?? fault.message, remedy: say(`fault.${code}.remedy`, params) ?? fault.remedy };
}

function asSentence(text: string): string {
  const whole = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?…。]$/.test(whole) ? whole : `${whole}${/\p{Script=Han}/u.test(whole) ? '。' : '.'}`;
}

function asSentences({ message, remedy }: Explained): Explained {
  return { message: asSentence(message), ...(remedy === undefined ? {} : { remedy: asSentence(remedy) }) };
}

/** The answer to a problem (RFC 9457) in the reader's language; what has no text by its code is said as the source says it. */
export function problemBody(problem: Problem, language: Language, instance: string): Record<string, unknown> {
  const say = PROBLEM_SPEAKERS[language];
  const { params = {}, reason, detail, remedy, explain, errors, more } = problem.parts;
  const explained = explain === undefined ? undefined : asSentences(explain(language));
  const spoken = errors?.map((fault) => spokenFault(fault, language));
  const values = {
    ...params,
    ...(typeof params['thing'] === 'string' ? { thing: say(`thing.${params['thing']}`) ?? params['thing'] } : {}),
    faults: (spoken ?? []).map(({ field, message }) => `${field}: ${message ?? ''}`).join('; '),
  };
  const text = `problem.${problem.code}`;
  return {
    type: `/api/problems#${problem.code}`,
    title: say(`${text}.title`, values) ?? explained?.message ?? problem.title,
    status: problem.status,
    code: problem.code,
    reason,
    detail:
      (reason === undefined ? undefined : say(`reason.${reason}`, values)) ?? explained?.message ?? (spoken?.length === 0 ? undefined : say(`${text}.detail`, values)) ?? detail,
    remedy: explained?.remedy ?? say(`${text}.remedy`, values) ?? remedy,
    instance,
    errors: spoken,
    ...more,
  };
}

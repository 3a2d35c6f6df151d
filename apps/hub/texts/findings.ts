import { createRequire } from 'node:module';
import type { Diagnostic } from '#kernel';
import type enJson from './findings/en.json';
import type ruJson from './findings/ru.json';
import type zhJson from './findings/zh.json';
import type { Language } from './language.js';
import { speakers } from './speaker.js';

// A JSON import with an attribute warns on Node 20; the type-only imports above make the compiler copy the files.
const load = createRequire(import.meta.url);

const SPEAKERS = speakers({
  ru: load('./findings/ru.json') as typeof ruJson,
  en: load('./findings/en.json') as typeof enJson,
  zh: load('./findings/zh.json') as typeof zhJson,
});

/**
 * What a finding says in the reader's language. Codes of a channel ("ozon.title-cut") say the same on every channel unless the
 * channel has a text of its own. undefined: the code has no text.
 */
export function findingText({ code, params }: Pick<Diagnostic, 'code' | 'params'>, language: Language): string | undefined {
  const dot = code.indexOf('.');
  const [channel, kind] = dot < 0 ? ['', code] : [code.slice(0, dot), code.slice(dot + 1)];
  const say = SPEAKERS[language];
  return say(`${channel}.${kind}`, params) ?? say(`any.${kind}`, params);
}

/** Findings with their texts, for answers that a person reads. */
export function spokenFindings<T extends Pick<Diagnostic, 'code' | 'params'>>(findings: readonly T[], language: Language): readonly (T & { readonly text?: string })[] {
  return findings.map((finding) => {
    const text = findingText(finding, language);
    return text === undefined ? finding : { ...finding, text };
  });
}

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { FACETS, STATUS_CAUSES } from '#channels/contract';
import { projectRoot } from '#platform';
import { DRIFT_CAUSES, DRIFT_KINDS, DRIFT_STATES, LISTING_STATES } from '#reconcile';

const LANGUAGES = ['ru', 'en', 'zh'] as const;
const PLURAL = /_(zero|one|two|few|many|other)$/;

type Texts = ReadonlyMap<string, string>;

function flat(node: unknown, prefix = ''): [string, string][] {
  if (typeof node === 'string') return [[prefix, node]];
  if (typeof node !== 'object' || node === null) throw new Error(`${prefix} is no text`);
  return Object.entries(node).flatMap(([key, value]) => flat(value, prefix === '' ? key : `${prefix}.${key}`));
}

function textsOf(language: string): Texts {
  const file = join(projectRoot(), 'apps', 'console', 'src', 'i18n', `${language}.json`);
  return new Map(flat(JSON.parse(readFileSync(file, 'utf8')) as unknown));
}

function sources(folder: string, ending: RegExp): string[] {
  return readdirSync(join(projectRoot(), folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => ending.test(path) && !path.endsWith('.spec.ts'))
    .map((path) => readFileSync(join(projectRoot(), folder, path), 'utf8'));
}

/** The codes under which the loops hold, postpone or end something, as their sources name them. */
function reasonCodes(): string[] {
  const places = [
    /\b(?:hold|wait)\('([a-z-]+)'/g,
    /\breason: '([a-z-]+)'/g,
    /\bwaitingReason\([^;]*'([a-z-]+)'\)/g,
    /\bpostponeWork\([^;]*?'([a-z-]+)',/g,
    /\benter\([^;]*?'(?:held|failing|ignored|drifted|pending)',[^;]*?'([a-z-]+)'/g,
    /kind: 'not-sent', why: '([a-z-]+)'/g,
    /state_reason = '([a-z-]+)'/g,
    /state = 'healed'.*?THEN '([a-z-]+)' ELSE '([a-z-]+)'/g,
  ];
  const found = sources('libs/reconcile', /\.ts$/).flatMap((text) => places.flatMap((place) => [...text.matchAll(place)].flatMap(([, ...codes]) => codes)));
  return [...new Set(found)].sort();
}

const texts = new Map(LANGUAGES.map((language) => [language, textsOf(language)]));
const has = (language: (typeof LANGUAGES)[number], key: string): boolean => texts.get(language)?.has(key) === true;
const lacking = (keys: readonly string[]): string[] => LANGUAGES.flatMap((language) => keys.filter((key) => !has(language, key)).map((key) => `${language}: ${key}`));

describe('the texts of the console', () => {
  it('are the same keys in every language', () => {
    const bases = LANGUAGES.map((language) => [...new Set([...(texts.get(language)?.keys() ?? [])].map((key) => key.replace(PLURAL, '')))].sort());
    expect(bases[0]?.length).toBeGreaterThan(200);
    expect(bases[1]).toEqual(bases[0]);
    expect(bases[2]).toEqual(bases[0]);
  });

  it('fill in the same values in every language', () => {
    const holes = (text: string): string =>
      [...text.matchAll(/\{\{(\w+)\}\}/g)]
        .map(([, name]) => name)
        .sort()
        .join();
    for (const [key, text] of texts.get('ru') ?? []) {
      for (const language of LANGUAGES) {
        const other = texts.get(language)?.get(key);
        if (other !== undefined) expect([language, key, holes(other)]).toEqual([language, key, holes(text)]);
      }
    }
  });

  it('have every plural form that their language needs', () => {
    for (const language of LANGUAGES) {
      const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
      const plurals = [...(texts.get(language)?.keys() ?? [])].filter((key) => PLURAL.test(key)).map((key) => key.replace(PLURAL, ''));
      expect(plurals.length).toBeGreaterThan(0);
      expect(plurals.flatMap((key) => needed.filter((form) => !has(language, `${key}_${form}`)).map((form) => `${language}: ${key}_${form}`))).toEqual([]);
    }
  });

  it('name every kind, cause, state and facet', () => {
    expect(
      lacking([
        ...DRIFT_KINDS.flatMap((kind) => [`kind.${kind}`, `kindHint.${kind}`]),
        ...DRIFT_CAUSES.map((cause) => `cause.${cause}`),
        ...DRIFT_STATES.map((state) => `driftState.${state}`),
        ...LISTING_STATES.flatMap((state) => [`state.${state}`, `stateHint.${state}`]),
        ...['unknown', 'pending', 'sending', 'settling', 'unverified', 'in_sync', 'drifted', 'held', 'failing', 'ignored'].map((state) => `facetState.${state}`),
        ...['active', 'paused', 'unauthorised', 'braked'].map((state) => `accountState.${state}`),
        ...FACETS.map((facet) => `facet.${facet}`),
        ...STATUS_CAUSES.flatMap((cause) => [`statusCause.${cause}`, `reason.${cause}`]),
      ]),
    ).toEqual([]);
  });

  it('explain every reason for which something is held or waits', () => {
    const codes = reasonCodes();
    expect(codes).toEqual(expect.arrayContaining(['policy', 'brake', 'flap', 'quota', 'sweep-running', 'by-itself']));
    expect(lacking(codes.map((code) => `reason.${code}`))).toEqual([]);
  });

  it('are there for every key that the pages ask for', () => {
    const asked = new Set(sources('apps/console/src', /\.tsx?$/).flatMap((text) => [...text.matchAll(/\bt\('([A-Za-z.-]+)'/g)].map(([, key]) => key ?? '')));
    expect(asked.size).toBeGreaterThan(100);
    const known = new Set([...(texts.get('ru')?.keys() ?? [])].flatMap((key) => [key, key.replace(PLURAL, '')]));
    expect([...asked].filter((key) => !known.has(key))).toEqual([]);
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { FatalStartError, loadConfig, projectRoot } from '#platform';
import { banner } from '../start/banner.js';
import { knownChannels } from '../start/known-channels.js';
import { findingText } from './findings.js';
import { LANGUAGES, type Language } from './language.js';
import { startFaultText, unforeseenText } from './start-fault.js';

type Texts = ReadonlyMap<string, string>;

function flat(node: unknown, prefix = ''): [string, string][] {
  if (typeof node === 'string') return [[prefix, node]];
  if (typeof node !== 'object' || node === null) throw new Error(`${prefix} is no text`);
  return Object.entries(node).flatMap(([key, value]) => flat(value, prefix === '' ? key : `${prefix}.${key}`));
}

function textsOf(folder: string): Readonly<Record<Language, Texts>> {
  const read = (language: Language): Texts => new Map(flat(JSON.parse(readFileSync(join(projectRoot(), folder, `${language}.json`), 'utf8'))));
  return { ru: read('ru'), en: read('en'), zh: read('zh') };
}

function sources(folder: string): string {
  return readdirSync(join(projectRoot(), folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.spec.ts'))
    .map((path) => readFileSync(join(projectRoot(), folder, path), 'utf8'))
    .join('\n');
}

const found = (text: string, place: RegExp): string[] => [...new Set([...text.matchAll(place)].map(([, code]) => code ?? ''))].sort();
const hub = sources('apps/hub');
const FOLDERS = ['apps/hub/texts', 'apps/hub/texts/findings', 'apps/hub/texts/start', 'apps/hub/cli/texts'];

describe.each(FOLDERS)('the texts in %s', (folder) => {
  const texts = textsOf(folder);

  it('are the same keys in every language, and none is empty', () => {
    const keys = (language: Language): string[] => [...texts[language].keys()].sort();
    expect(keys('ru').length).toBeGreaterThan(30);
    for (const language of LANGUAGES) {
      expect(keys(language)).toEqual(keys('ru'));
      expect([...texts[language]].filter(([, text]) => text.trim() === '')).toEqual([]);
    }
  });

  it('fill in the same values in every language', () => {
    const holes = (text = ''): string => found(text, /\{\{(\w+)\}\}/g).join();
    for (const [key, text] of texts.ru) for (const language of LANGUAGES) expect([language, key, holes(texts[language].get(key))]).toEqual([language, key, holes(text)]);
  });

  it('are Russian in Russian and Chinese in Chinese', () => {
    const readable = (texts: Texts, script: RegExp): string[] =>
      [...texts].filter(([, text]) => !script.test(text.replaceAll(/\{\{\w+\}\}/g, '')) && /\p{L}{3}/u.test(text.replaceAll(/\{\{\w+\}\}/g, ''))).map(([key]) => key);
    expect(readable(texts.ru, /\p{Script=Cyrillic}/u)).toEqual([]);
    expect(readable(texts.zh, /\p{Script=Han}/u)).toEqual([]);
    expect([...texts.en].filter(([, text]) => /[\p{Script=Cyrillic}\p{Script=Han}]/u.test(text))).toEqual([]);
  });
});

describe('what channels find', () => {
  const CODE = /'([a-z-]+\.[a-z]+(?:-[a-z]+)*)'/g;
  const channels = knownChannels()
    .all()
    .map((module) => module.descriptor);
  /** Codes that a channel's sources name; its hosts look alike. */
  const codesIn = (id: string, text: string): string[] => found(text, CODE).filter((code) => code.startsWith(`${id}.`) && !code.endsWith('.ru'));

  it.each(channels.map(({ id }) => id))('has a text in every language for each code of %s', (id) => {
    const codes = codesIn(id, sources(`libs/channels/${id}`));
    expect(codes.length).toBeGreaterThan(20);
    for (const language of LANGUAGES) expect(codes.filter((code) => findingText({ code }, language) === undefined)).toEqual([]);
  });

  it('has a text for what the loops find themselves', () => {
    const codes = found(sources('libs/reconcile'), /severity: 'error', path: '', code: '([a-z-]+)'/g);
    expect(codes).toEqual(['channel-changed-api', 'render-failed']);
    for (const language of LANGUAGES) for (const code of codes) expect(findingText({ code }, language)).toBeDefined();
  });

  it('fills in its values', () => {
    expect(findingText({ code: 'wildberries.attribute-unknown', params: { name: '$t(any.refused)' } }, 'en')).toContain('“$t(any.refused)”');
    expect(findingText({ code: 'ozon.unit-mismatch', params: { name: 'Вес', value: '5', unit: 'м', expected: 'кг' } }, 'en')).toMatch(/5 м .*\(кг\)/);
    expect(findingText({ code: 'nobody.knows' }, 'ru')).toBeUndefined();
  });

  it.each(LANGUAGES)('is an alarm on the page in %s when it is about the account', (language) => {
    const { alarm } = JSON.parse(readFileSync(join(projectRoot(), `apps/console/src/i18n/${language}.json`), 'utf8')) as { alarm: Record<string, string> };
    const health = channels.flatMap(({ id }) => codesIn(id, readFileSync(join(projectRoot(), `libs/channels/${id}/${id}.health.ts`), 'utf8')));
    const kinds = [...health.map((code) => code.slice(code.indexOf('.') + 1)), 'channel-changed-api'];
    expect(kinds.filter((kind) => (alarm[kind] ?? '').trim() === '')).toEqual([]);
  });
});

describe('the reasons not to start', () => {
  it('that are named by a code have their texts, and every text has its reason', () => {
    const named = found(`${hub}\n${sources('libs/platform')}`, /told: \{ code: '([a-z-]+)'/g);
    const database = found(sources('libs/platform/database'), /fatal\(\s*'([a-z-]+)'/g);
    expect([...named, ...database].sort()).toEqual([...new Set([...textsOf('apps/hub/texts/start').en.keys()].map((key) => key.split('.')[0]))].sort());
  });

  it('are told with their values in the language of the reader', () => {
    const taken = new FatalStartError('Port 3000 is taken.', 'Stop it.', { told: { code: 'port-taken', params: { port: 3000, next: 3001 } } });
    expect(startFaultText(taken, 'ru')).toBe('Порт 3000 занят другой программой.\n→ Остановите её или выберите другой порт: PORT=3001 npm start.');
    const full = new FatalStartError('The disk is full.', 'Free some.', { told: { code: 'disk-full', params: { folder: '/d' } } });
    for (const language of LANGUAGES) expect(startFaultText(full, language)).toMatch(/\/d.*\n→ .*300/);
  });

  it('say of every setting what it must be, and never what was found there', () => {
    const documented = flat(
      parse(readFileSync(join(projectRoot(), 'config/default.yaml'), 'utf8'), (_key, value: unknown) => (typeof value === 'object' && value !== null ? value : 'x')),
    );
    const settings = [...textsOf('apps/hub/texts/start').ru.keys()]
      .filter((key) => key.startsWith('config-faults.setting.'))
      .map((key) => key.slice('config-faults.setting.'.length));
    expect(documented.length).toBeGreaterThan(20);
    expect(documented.map(([path]) => path).filter((path) => !settings.includes(path))).toEqual([]);
    const wrong = (): unknown => loadConfig({ env: { PORT: 'hunter2', ROLE: 'chief' } });
    expect(wrong).toThrow(FatalStartError);
    try {
      wrong();
    } catch (error) {
      const text = startFaultText(error as FatalStartError, 'ru');
      expect(text).toContain('PORT (http.port): ожидается целое число от 0 (любой свободный порт) до 65535');
      expect(text).not.toMatch(/hunter2|chief|must be/);
    }
  });

  it('stay readable when nobody foresaw them, and tell no secret', () => {
    const text = unforeseenText(new Error('no route to postgres://etalon:s3cret@db/etalon'), 'ru');
    expect(text).toMatch(/^Эталон не запустился\.\n→ .*\nError: no route/);
    expect(text).not.toContain('s3cret');
  });

  it('are followed by where to go and how to sign in, once all is well', () => {
    const hub = { url: 'http://127.0.0.1:3000', firstSignIn: { name: 'admin', password: 'one-time' } };
    for (const language of LANGUAGES) expect(banner(hub, { secrets: {} }, language)).toMatch(/http:\/\/127.0.0.1:3000\n.*admin \/ one-time/);
    expect(banner({ ...hub, firstSignIn: undefined }, { secrets: {} }, 'zh')).toContain('password admin');
  });
});

describe('the answers of the doors', () => {
  const texts = textsOf('apps/hub/texts');
  const lacking = (keys: readonly string[]): string[] => LANGUAGES.flatMap((language) => keys.filter((key) => !texts[language].has(key)).map((key) => `${language}: ${key}`));

  it('have a text for every code of a problem', () => {
    const codes = [
      ...found(hub, /new Problem\(\s*[\w\s.=?:']*?,\s*'([a-z-]+)'/g),
      ...found(hub, /^ {2}\d{3}: \['([a-z-]+)',/gm),
      ...found(hub, /\?\? \['([a-z-]+)', 'The request was refused'\]/g),
      ...found(sources('libs/reconcile'), /new PackRefused\('([a-z-]+)'/g),
    ];
    expect(codes).toEqual(expect.arrayContaining(['invalid', 'wrong-sign-in', 'nothing-found', 'too-large', 'refused']));
    expect(lacking(codes.map((code) => `problem.${code}.title`))).toEqual([]);
  });

  it('have a text for every cause of a refused steering', () => {
    const codes = [...found(sources('libs/reconcile/steer'), /\bcode: '([a-z-]+)'/g), ...found(hub, /refuse\('([a-z-]+)'\)/g)].filter((code) => code !== 'not-found');
    expect(codes).toEqual(expect.arrayContaining(['nothing-held', 'no-brake', 'form-body']));
    expect(lacking(codes.map((code) => `reason.${code}`))).toEqual([]);
  });

  it('have a text for every fault of a field', () => {
    const named = [...found(hub, /\{ field[^{}]*?(?:`[^`]*`[^{}]*?)?\bcode: '([a-zA-Z-]+)'/g), ...found(hub, /\bcontext: \{ code: '([a-z-]+)' \}/g)];
    expect(named).toEqual(expect.arrayContaining(['cursor', 'id', 'hour', 'credential-unknown', 'unknown-field']));
    const helpers = new Set(['IsOptional', 'Validate', 'ValidateIf', 'ValidatorConstraint', 'ValidateNested', 'Matches', 'Allow', 'getMetadataStorage']);
    const rules = found(hub, /import \{([^}]*)\} from 'class-validator'/g)
      .flatMap((names) => names.split(','))
      .map((name) => name.trim())
      .filter((name) => name !== '' && !name.startsWith('type ') && !helpers.has(name))
      .map((name) => (name === 'IsISO8601' ? 'isIso8601' : name.charAt(0).toLowerCase() + name.slice(1)));
    expect(rules).toEqual(expect.arrayContaining(['isString', 'maxLength', 'isIn']));
    expect(lacking([...new Set([...named, ...rules])].map((code) => `fault.${code}.message`))).toEqual([]);
  });

  it('name every pattern, which says nothing to a person', () => {
    const bare = hub.split('\n').filter((line) => /^\s*@Matches\(/.test(line) && !/context: \{ code: '/.test(line));
    expect(bare).toEqual([]);
  });

  it('name every thing that may not be found', () => {
    const things = [...found(hub, /notFound\('([^']+)'/g), ...found(hub, /\bthing: '([^']+)'/g), ...found(sources('libs/reconcile/steer'), /\bthing: '([^']+)'/g)];
    expect(things).toEqual(expect.arrayContaining(['The account', 'The drift', 'address']));
    expect(lacking(things.map((thing) => `thing.${thing}`))).toEqual([]);
  });
});

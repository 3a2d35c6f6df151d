import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadConfig } from '#platform';
import { sayIn } from '../apps/hub/cli/cli-texts.js';
import { buildCommands } from '../apps/hub/cli/commands.js';
import type { Language } from '../apps/hub/texts/language.js';
import { zipEntries } from '../libs/reconcile/evidence/pack/zip-entries.js';
import { type DoorHub, openDoors } from './door-hub.js';
import { recordIncidents, type RecordedIncidents } from './evidence-incidents.js';

const HEADINGS: Readonly<Record<Language, string>> = {
  ru: 'Расхождения карточек с эталоном',
  en: 'Cards that differ from the master values',
  zh: '商品卡片与标准内容不一致',
};
const SUBJECTS: Readonly<Record<Language, string>> = { ru: 'Тема: ', en: 'Subject: ', zh: '主题：' };

let doors: DoorHub;
let recorded: RecordedIncidents;
let folder = '';
beforeAll(async () => {
  doors = await openDoors();
  recorded = await recordIncidents(doors.pool);
  folder = mkdtempSync(join(tmpdir(), 'packs-'));
}, 120_000);
afterAll(async () => {
  await doors.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The languages of the page and of the letter of a pack. */
function languagesOf(zip: Buffer): readonly (string | undefined)[] {
  const files = zipEntries(zip);
  const [page, letter] = [files.get('evidence.html')?.toString() ?? '', files.get('letter.txt')?.toString() ?? ''];
  const languages = Object.keys(HEADINGS) as Language[];
  return [languages.find((language) => page.includes(`<h1>${HEADINGS[language]}</h1>`)), languages.find((language) => letter.startsWith(SUBJECTS[language]))];
}

describe('an evidence pack asked for over HTTP', () => {
  const pack = (query: string, accepted?: string): Promise<Response> =>
    fetch(`${doors.hub.url}/api/evidence/pack${query}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${doors.hub.token}`, 'content-type': 'application/json', ...(accepted !== undefined && { 'accept-language': accepted }) },
      body: JSON.stringify({ account: recorded.account, drifts: [recorded.drifts[2]] }),
    });

  it.each([
    ['', undefined, ['ru', 'ru']],
    ['', 'en-GB,en;q=0.9', ['en', 'ru']],
    ['', 'fr', ['ru', 'ru']],
    ['?language=zh', 'en', ['zh', 'ru']],
    ['?language=en&letter=zh', 'ru', ['en', 'zh']],
    ['?letter=en', undefined, ['ru', 'en']],
  ] as const)('with "%s" and Accept-Language %s speaks %j', async (query, accepted, languages) => {
    const answer = await pack(query, accepted);
    expect(answer.status).toBe(200);
    expect(languagesOf(Buffer.from(await answer.arrayBuffer()))).toEqual(languages);
  });

  it('is refused in a language that is not spoken here, with the field named', async () => {
    for (const field of ['language', 'letter']) {
      const answer = await pack(`?${field}=de`);
      expect(answer.status).toBe(422);
      expect(await answer.json()).toMatchObject({ code: 'invalid', errors: [{ field }] });
    }
  });
});

describe('an evidence pack asked for on the command line', () => {
  const run = async (language: Language, ...words: string[]): Promise<string> => {
    const said: string[] = [];
    const program = buildCommands({
      config: () => loadConfig({ env: { DATA_DIR: doors.dataDir } }),
      language,
      say: sayIn(language),
      out: (text) => void said.push(text),
      files: process.stdout,
      backup: () => Promise.resolve({}),
      restore: () => Promise.resolve({}),
      end: () => undefined,
    });
    await program.parseAsync(['node', 'etalon', 'pack', ...words]);
    return said.join('\n');
  };

  it('speaks the language of the command, and its letter the one chosen', async () => {
    const file = join(folder, 'pack.zip');
    expect(await run('en', recorded.account, file, 'KT-00123', '1729451111')).toBe(`The evidence pack is saved: ${file}`);
    expect(languagesOf(readFileSync(file))).toEqual(['en', 'ru']);
    expect(zipEntries(readFileSync(file)).get('skus.txt')?.toString()).toBe('1729456789\n1729451111\n');
    await run('ru', 'Дом и сад <Москва>', file, 'KT-00123', '--letter', 'zh');
    expect(languagesOf(readFileSync(file))).toEqual(['ru', 'zh']);
  });

  it('leaves nothing behind when it is refused, and says where a file cannot be', async () => {
    const file = join(folder, 'none.zip');
    await expect(run('ru', recorded.account, file, 'NO-SUCH')).rejects.toThrow('Ни у одной из выбранных карточек нет записанного отклонения');
    expect(existsSync(file)).toBe(false);
    expect(readdirSync(folder).filter((name) => name.startsWith('none'))).toEqual([]);
    await expect(run('ru', recorded.account, join(folder, 'no-folder', 'a.zip'), 'KT-00123')).rejects.toMatchObject({ code: 'not-written' });
  });
});

import { buffer } from 'node:stream/consumers';
import { inflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ProductService } from '#catalog';
import { explain } from '../libs/reconcile/evidence/explain.js';
import { exportPack, type PackOptions } from '../libs/reconcile/evidence/pack/export-pack.js';
import { installedHanFont } from '../libs/reconcile/evidence/pack/han-font.js';
import type { PackSelection } from '../libs/reconcile/evidence/pack/pack-content.js';
import { PackRefused } from '../libs/reconcile/evidence/pack/collect-pack.js';
import { verifyPack } from '../libs/reconcile/evidence/pack/verify-pack.js';
import { zipEntries } from '../libs/reconcile/evidence/pack/zip-entries.js';
import { storyText } from '../libs/reconcile/evidence/story-line.js';
import { verifyEvidence } from '../libs/reconcile/evidence/verify-evidence.js';
import { type EvidenceDatabase, startEvidenceDatabase } from './evidence-database.js';
import { INCIDENTS_START, recordIncidents, type RecordedIncidents } from './evidence-incidents.js';

const MADE = new Date('2026-11-21T08:30:00Z');
const CYRILLIC = /\p{Script=Cyrillic}/u;

/** The characters that a document's fonts map back from their glyphs: what can be shown, searched and copied. */
function charactersOf(pdf: Buffer): ReadonlySet<string> {
  const found = new Set<string>();
  for (const [, body = ''] of pdf.toString('latin1').matchAll(/stream\r?\n([\s\S]*?)\r?\nendstream/g)) {
    let text: string;
    try {
      text = inflateSync(Buffer.from(body, 'latin1')).toString('latin1');
    } catch {
      continue;
    }
    if (!text.includes('beginbfrange') && !text.includes('beginbfchar')) continue;
    for (const [, code = ''] of text.matchAll(/<([0-9a-f]{4})>/gi)) found.add(String.fromCharCode(Number.parseInt(code, 16)));
  }
  return found;
}

describe('an evidence pack', () => {
  let database: EvidenceDatabase;
  let recorded: RecordedIncidents;
  beforeAll(async () => {
    database = await startEvidenceDatabase();
    recorded = await recordIncidents(database.pool);
  });
  afterAll(() => database.stop());

  const exported = async (selection: PackSelection, options?: PackOptions) => {
    const pack = await exportPack(database.pool, recorded.pictures, selection, MADE, options);
    return { ...pack, zip: await buffer(pack.stream) };
  };

  it('for a list of SKUs holds everything support asks for, and verifies offline', async () => {
    const pack = await exported({ accountId: recorded.account, skus: ['1729456789', 'KT-02817', 'NO-SUCH'] });
    expect(pack).toMatchObject({ incidents: 4, missing: ['NO-SUCH'] });
    expect(pack.fileName).toBe(`evidence-ozon-${recorded.account}-20261121-0830-4.zip`);
    const files = zipEntries(pack.zip);
    expect([...files.keys()].filter((name) => !name.startsWith('pictures/'))).toEqual(['evidence.html', 'evidence.pdf', 'skus.txt', 'letter.txt', 'pack.json', 'SHA256SUMS']);
    expect([...files.keys()].filter((name) => name.startsWith('pictures/'))).toHaveLength(3);
    expect(files.get('skus.txt')?.toString()).toBe('1729456789\n1729451111\n');
    const html = files.get('evidence.html')?.toString() ?? '';
    expect(html).toContain('показано содержимое: KT-02817');
    expect(html).toContain('Последними писали не мы');
    expect(html).toContain('файл «осень-2026.csv»');
    expect(html).not.toContain('<script');
    expect(html).not.toContain('\u0000');
    expect(html).toContain('1290.5 RUB');
    expect(files.get('letter.txt')?.toString()).toContain('SKU 1729456789 (артикул KT-00123)');
    const price = html.slice(html.indexOf('3. Цена'), html.indexOf('4. Характеристики'));
    expect(price.match(/class="time"/g)).toHaveLength(4);
    const pdf = files.get('evidence.pdf') ?? Buffer.alloc(0);
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pdf.length).toBeGreaterThan(20_000);
    expect(verifyPack(pack.zip)).toMatchObject({ ok: true, connected: true, files: files.size, accountId: recorded.account, head: pack.head });
  });

  it('for one drift shows other cards by their digests only, and its head is one the hub can be held to', async () => {
    const pack = await exported({ accountId: recorded.account, driftIds: [recorded.drifts[0] ?? ''] });
    const json = zipEntries(pack.zip).get('pack.json')?.toString() ?? '';
    expect(json).not.toContain('129050');
    const report = verifyPack(pack.zip);
    expect(report).toMatchObject({ ok: true, connected: true });
    expect(report.bodies).toBeLessThan(report.links);
    expect(await verifyEvidence(database.pool, recorded.account, { heads: report.head === undefined ? [] : [report.head] })).toMatchObject({ ok: true });
  });

  it('is found by the article of the catalog too, where a joined card keeps its own', async () => {
    await new ProductService(database.pool).create({ sku: 'СВОЙ-17', title: 'Кружка' }, { author: 'test', cause: { kind: 'person' } });
    await database.pool.query(`UPDATE listing SET product_id = (SELECT id FROM product WHERE sku = 'СВОЙ-17') WHERE id = $1`, [recorded.listing]);
    const pack = await exported({ accountId: recorded.account, skus: ['СВОЙ-17', 'NO-SUCH'] });
    expect(pack.missing).toEqual(['NO-SUCH']);
    expect(zipEntries(pack.zip).get('skus.txt')?.toString()).toBe('1729456789\n');
  });

  /** Everything a person reads in a pack, without what the seller and the channel wrote themselves. */
  const ownWords = (html: string): string =>
    html
      .replace(/<style>[\s\S]*?<\/style>/, '')
      .replace(/<div class="column[\s\S]*?<\/div><\/div>/g, '')
      .replace(/<[^>]*>/g, ' ')
      .replace(/Дом и сад &lt;Москва&gt;|Чайник заварочный[^\n]*|Анна Смирнова|осень-2026\.csv|прозрачный/g, '');

  it.each([
    ['en', 'Cards that differ from the master values', 'Who wrote last', 'content of another card', '2026-11-20 13:00:00 MSK', 'Lowest price|Price before the discount'],
    ['zh', '商品卡片与标准内容不一致', '最后写入者', '显示了其他商品的内容', '2026-11-20 13:00:00 MSK', '折扣前价格'],
  ] as const)('speaks %s throughout when asked, and writes to support in Russian all the same', async (language, heading, writer, kind, time, price) => {
    const pack = await exported({ accountId: recorded.account, skus: ['1729456789', 'KT-02817', 'NO-SUCH'] }, { language });
    const files = zipEntries(pack.zip);
    const html = files.get('evidence.html')?.toString() ?? '';
    for (const part of [`<html lang="${language}">`, heading, writer, kind, time]) expect(html).toContain(part);
    expect(html).toMatch(new RegExp(price));
    expect(ownWords(html)).not.toMatch(CYRILLIC);
    const letter = files.get('letter.txt')?.toString() ?? '';
    expect(letter).toContain('Тема: расхождения в 2 карточках товаров');
    expect(letter).toContain(language === 'en' ? 'Язык документов: английский.' : 'Язык документов: китайский.');
    expect(html).toContain(language === 'en' ? '(letter.txt) is in Russian' : '（letter.txt）使用为客服选择的语言：俄文');
    expect(verifyPack(pack.zip)).toMatchObject({ ok: true, connected: true });
  });

  it('writes the letter in the language chosen for support', async () => {
    const letterIn = async (letterLanguage: 'ru' | 'en' | 'zh'): Promise<string> => {
      const pack = await exported({ accountId: recorded.account, skus: ['KT-00123', 'KT-02817'] }, { letterLanguage, language: 'en' });
      return zipEntries(pack.zip).get('letter.txt')?.toString().replace('Дом и сад <Москва>', '') ?? '';
    };
    const english = await letterIn('en');
    expect(english).toContain('Subject: differences in 2 product cards, not changed by us\n');
    expect(english).toContain('- SKU 1729456789 (article KT-00123): pictures — content of another card, shows the content of article KT-02817; noticed 2026-11-20 13:00:00 MSK;');
    expect(english).not.toMatch(CYRILLIC);
    const chinese = await letterIn('zh');
    expect(chinese).toContain('主题：2 张商品卡片内容不一致');
    expect(chinese).toContain('文件语言：英文。');
    expect(chinese).not.toMatch(CYRILLIC);
  });

  it('shows Chinese characters in its document, or says plainly that it has none', async () => {
    const selection = { accountId: recorded.account, driftIds: [recorded.drifts[0] ?? ''] };
    const without = zipEntries((await exported(selection, { language: 'zh', letterLanguage: 'zh', hanFont: undefined })).zip);
    expect([...without.keys()]).not.toContain('evidence.pdf');
    expect(without.get('evidence.html')?.toString()).toContain('证据包中没有 evidence.pdf');
    expect(without.get('letter.txt')?.toString()).toContain('见 evidence.html');
    expect(verifyPack((await exported(selection, { language: 'zh', hanFont: undefined })).zip)).toMatchObject({ ok: true });

    const font = installedHanFont();
    if (font === undefined) return process.stdout.write('No font with Chinese characters is installed: its document is not looked at.\n');
    const files = zipEntries((await exported(selection, { language: 'zh', letterLanguage: 'zh', hanFont: font })).zip);
    const pdf = files.get('evidence.pdf') ?? Buffer.alloc(0);
    expect(pdf.toString('latin1')).toMatch(/\/BaseFont \/[A-Z]+\+NotoSansCJKsc-Bold/);
    const shown = charactersOf(pdf);
    expect([...'商品卡片与标准内容不一致最后写入者显示了其他（）：；Чайник800'].filter((character) => !shown.has(character))).toEqual([]);
    expect(files.get('letter.txt')?.toString()).toContain('见 evidence.pdf');
  });

  it('is refused for cards without a record', async () => {
    await expect(exportPack(database.pool, recorded.pictures, { accountId: recorded.account, skus: ['NO-SUCH'] }, MADE)).rejects.toBeInstanceOf(PackRefused);
    await expect(exportPack(database.pool, recorded.pictures, { accountId: '999', driftIds: ['1'] }, MADE)).rejects.toBeInstanceOf(PackRefused);
  });

  it('tells the same story as explain, in three languages, with drifts that left no evidence', async () => {
    await database.pool.query(`INSERT INTO drift (account_id, listing_id, facet, kind, cause, state, noticed_at) VALUES ($1, $2, 'title', 'text-changed', 'unknown', 'open', $3)`, [
      recorded.account,
      recorded.listing,
      new Date(INCIDENTS_START + 30_000),
    ]);
    const story = await explain(database.pool, recorded.listing);
    expect(story).toMatchObject({ key: 'KT-00123', accountId: recorded.account });
    expect(story?.lines.map((line) => line.kind)).toEqual([
      'push.intent',
      'push.answer',
      'push.verified',
      'drift.noticed',
      'row.drift',
      'push.intent',
      'push.answer',
      'push.verified',
      'drift.healed',
      'push.intent',
      'push.answer',
      'push.verified',
      'drift.noticed',
      'push.intent',
      'push.answer',
      'push.verified',
      'drift.healed',
    ]);
    const noticed = story?.lines[3];
    expect(noticed === undefined ? [] : (['ru', 'en', 'zh'] as const).map((locale) => storyText(noticed.text, locale))).toEqual([
      'Замечено отклонение: содержимое чужой карточки, показано содержимое KT-02817 (изменено не нами)',
      'Drift noticed: content of another card, shows KT-02817 (changed by somebody else)',
      '发现偏差：显示了其他商品的内容，显示 KT-02817 的内容（非我方更改）',
    ]);
    expect(story?.lastWriters.find(({ facet }) => facet === 'media')?.answer).toMatchObject({ ours: false, why: 'changed-after-verified', push: { importFile: 'осень-2026.csv' } });
    expect(await explain(database.pool, '987654')).toBeUndefined();
  });
});

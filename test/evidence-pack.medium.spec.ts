import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ProductService } from '#catalog';
import { explain } from '../libs/reconcile/evidence/explain.js';
import { exportPack } from '../libs/reconcile/evidence/pack/export-pack.js';
import type { PackSelection } from '../libs/reconcile/evidence/pack/pack-content.js';
import { PackRefused } from '../libs/reconcile/evidence/pack/collect-pack.js';
import { verifyPack } from '../libs/reconcile/evidence/pack/verify-pack.js';
import { zipEntries } from '../libs/reconcile/evidence/pack/zip-entries.js';
import { storyText } from '../libs/reconcile/evidence/story-line.js';
import { verifyEvidence } from '../libs/reconcile/evidence/verify-evidence.js';
import { type EvidenceDatabase, startEvidenceDatabase } from './evidence-database.js';
import { INCIDENTS_START, recordIncidents, type RecordedIncidents } from './evidence-incidents.js';

const MADE = new Date('2026-11-21T08:30:00Z');

describe('an evidence pack', () => {
  let database: EvidenceDatabase;
  let recorded: RecordedIncidents;
  beforeAll(async () => {
    database = await startEvidenceDatabase();
    recorded = await recordIncidents(database.pool);
  });
  afterAll(() => database.stop());

  const exported = async (selection: PackSelection) => {
    const pack = await exportPack(database.pool, recorded.pictures, selection, MADE);
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

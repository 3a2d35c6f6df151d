import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ZipArchive } from 'archiver';
import fc from 'fast-check';
import sharp from 'sharp';
import type { Facet } from '#channels/contract';
import type { DriftCause, DriftKind } from '../libs/reconcile/diff/index.js';
import { appendEvidence } from '../libs/reconcile/evidence/append-evidence.js';
import type { DriftNoticed, EvidenceEntry } from '../libs/reconcile/evidence/evidence-entry.js';
import { explain } from '../libs/reconcile/evidence/explain.js';
import { exportPack } from '../libs/reconcile/evidence/pack/export-pack.js';
import type { PackPictures, PackSelection } from '../libs/reconcile/evidence/pack/pack-content.js';
import { PackRefused } from '../libs/reconcile/evidence/pack/collect-pack.js';
import { verifyPack } from '../libs/reconcile/evidence/pack/verify-pack.js';
import { zipEntries } from '../libs/reconcile/evidence/pack/zip-entries.js';
import { storyText } from '../libs/reconcile/evidence/story-line.js';
import { verifyEvidence } from '../libs/reconcile/evidence/verify-evidence.js';
import { type EvidenceDatabase, inTransaction, startEvidenceDatabase } from './evidence-database.js';

const START = Date.parse('2026-11-20T10:00:00Z');
const MADE = new Date('2026-11-21T08:30:00Z');
const MINUTE = 60_000;

const drawing = (background: string, shape: string): Promise<Buffer> =>
  sharp(Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="600" height="600"><rect width="600" height="600" fill="${background}"/><g fill="${shape}"><rect x="190" y="170" width="220" height="280" rx="40"/><rect x="230" y="120" width="140" height="60" rx="14"/><path d="M410 230 h50 a40 40 0 0 1 40 40 v60 a40 40 0 0 1 -40 40 h-50 v-30 h40 a20 20 0 0 0 20 -20 v-40 a20 20 0 0 0 -20 -20 h-40z"/></g></svg>`))
    .jpeg({ quality: 85 })
    .toBuffer();

interface Told {
  readonly facet: Facet;
  readonly kind: DriftKind;
  readonly cause: DriftCause;
  readonly wanted: unknown;
  readonly live: unknown;
  readonly after?: unknown;
  readonly partners?: DriftNoticed['partners'];
}

describe('an evidence pack', () => {
  let database: EvidenceDatabase;
  let account = '';
  let listing = '';
  let title = '';
  const drifts: string[] = [];
  const stored = new Map<string, Buffer>();
  const pictures: PackPictures = { master: (digest) => Promise.resolve(stored.get(digest)), channel: (_account, url) => Promise.resolve(stored.get(url)) };

  const append = (entries: readonly EvidenceEntry[]): Promise<string[]> => inTransaction(database.pool, (client) => appendEvidence(client, account, entries));
  const one = async (sql: string, values: readonly unknown[]): Promise<string> => (await database.pool.query<{ id: string }>(sql, [...values])).rows[0]?.id ?? '';
  const newListing = (key: string, sku: string): Promise<string> =>
    one('INSERT INTO listing (account_id, key, external_id, ids) VALUES ($1, $2, $3, $4) RETURNING id', [account, key, `${sku}00`, JSON.stringify({ sku })]);

  async function tell(listingId: string, key: string, told: Told, minute: number): Promise<string> {
    const at = START + minute * MINUTE;
    const healed = told.after === undefined ? null : new Date(at + 9 * MINUTE);
    const driftId = await one(
      `INSERT INTO drift (account_id, listing_id, facet, kind, cause, state, noticed_at, healed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id`,
      [account, listingId, told.facet, told.kind, told.cause, healed === null ? 'open' : 'healed', new Date(at), healed],
    );
    const revision = { revision: 7, author: 'Анна Смирнова', cause: { kind: 'import', file: 'осень-2026.csv' }, at: '2026-11-19T09:00:00Z' };
    const push = (id: number, when: number): EvidenceEntry[] => {
      const refs = { listingId, intentId: String(id) };
      return [
        { kind: 'push.intent', at: when, ...refs, body: { operation: 'product/import', purpose: 'repair', facets: [told.facet], writeSet: [told.facet], epoch: 1, revision, prints: { [told.facet]: '10' }, request: { items: [{ offer_id: key }] } } },
        { kind: 'push.answer', at: when + 2_000, ...refs, body: { outcome: 'accepted', receipt: '172549793', answer: { result: { task_id: '172549793' } } } },
        { kind: 'push.verified', at: when + 3 * MINUTE, ...refs, body: { prints: { [told.facet]: '10' } } },
      ];
    };
    await append([
      ...push(Number(driftId) * 10, at - 600 * MINUTE),
      {
        kind: 'drift.noticed', at, listingId, driftId, facet: told.facet,
        body: { key, part: '', driftKind: told.kind, cause: told.cause, observed: told.live, desired: told.wanted, prints: { observed: '99', expected: '10', desired: '10' }, revision, partners: told.partners ?? [] },
      },
      ...(told.after === undefined ? [] : push(Number(driftId) * 10 + 1, at + MINUTE)),
      ...(told.after === undefined ? [] : [{ kind: 'drift.healed' as const, at: at + 9 * MINUTE, listingId, driftId, facet: told.facet, body: { key, part: '', after: told.after } }]),
    ]);
    return driftId;
  }

  const exported = async (selection: PackSelection) => {
    const pack = await exportPack(database.pool, pictures, selection, MADE);
    return { ...pack, zip: await buffer(pack.stream) };
  };

  beforeAll(async () => {
    database = await startEvidenceDatabase();
    account = await one(`INSERT INTO channel_account (channel, title, credentials) VALUES ('ozon', 'Дом и сад <Москва>', 'sealed') RETURNING id`, []);
    listing = await newListing('KT-00123', '1729456789');
    title = 'Чайник заварочный стеклянный 800 мл с ситечком';
    await database.pool.query(`INSERT INTO listing_render (listing_id, revision, rules_version, projection, values, diagnostics) VALUES ($1, 7, 1, 1, $2, '[]')`, [listing, JSON.stringify({ title })]);
    const other = await newListing('KT-02817', '1729451111');
    const blue = await drawing('#f2f4f7', '#2f6fb5');
    const digest = createHash('sha256').update(blue).digest('hex');
    stored.set(digest, blue);
    stored.set('https://cdn.example/s3/a/1.jpg', await drawing('#fff6e8', '#c2412d'));
    stored.set('https://cdn.example/s3/b/2.jpg', await sharp(blue).jpeg({ quality: 60 }).toBuffer());
    const description = `<p>${title} выдерживает кипяток: боросиликатное стекло не темнеет и не впитывает запах. Ситечко из нержавеющей стали вынимается, крышка держится при наклоне.</p><p>Объём 800 мл — на четыре чашки. Можно мыть в посудомоечной машине.</p>`;
    drifts.push(
      await tell(listing, 'KT-00123', { facet: 'media', kind: 'swapped', cause: 'outside', wanted: [digest, 'ab'.repeat(32)], live: ['https://cdn.example/s3/a/1.jpg'], after: ['https://cdn.example/s3/b/2.jpg'], partners: [{ listingId: other, sku: 'KT-02817' }] }, 0),
      await tell(listing, 'KT-00123', { facet: 'description', kind: 'gibberish', cause: 'outside', wanted: description, live: 'РЎС‚РµРєР»СЏРЅРЅС‹Р№ \u0000<script>alert(1)</script> Ситечко из нержавеющей стали вынимается фывапро', after: description }, 30),
      await tell(other, 'KT-02817', { facet: 'price', kind: 'price', cause: 'unknown', wanted: { price: 129_050, old: 159_000, currency: 'RUB' }, live: { price: 99_900, currency: 'RUB' } }, 45),
      await tell(other, 'KT-02817', { facet: 'attributes', kind: 'attribute-lost', cause: 'outside', wanted: { '10096': [{ text: 'прозрачный' }], '8229': [{ text: 'Чайник заварочный' }] }, live: { '8229': [{ text: 'Чайник заварочный' }] }, after: { '10096': [{ text: 'прозрачный' }], '8229': [{ text: 'Чайник заварочный' }] } }, 50),
    );
  });
  afterAll(() => database.stop());

  it('for a list of SKUs holds everything support asks for, and verifies offline', async () => {
    const pack = await exported({ accountId: account, skus: ['1729456789', 'KT-02817', 'NO-SUCH'] });
    expect(pack).toMatchObject({ incidents: 4, missing: ['NO-SUCH'] });
    expect(pack.fileName).toBe(`evidence-ozon-${account}-20261121-0830-4.zip`);
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
    expect(verifyPack(pack.zip)).toMatchObject({ ok: true, connected: true, files: files.size, accountId: account, head: pack.head });
  });

  it('for one drift shows other cards by their digests only, and its head is one the hub can be held to', async () => {
    const pack = await exported({ accountId: account, driftIds: [drifts[0] ?? ''] });
    const json = zipEntries(pack.zip).get('pack.json')?.toString() ?? '';
    expect(json).not.toContain('129050');
    const report = verifyPack(pack.zip);
    expect(report).toMatchObject({ ok: true, connected: true });
    expect(report.bodies).toBeLessThan(report.links);
    expect(await verifyEvidence(database.pool, account, { heads: report.head === undefined ? [] : [report.head] })).toMatchObject({ ok: true });
  });

  it('is refused for cards without a record', async () => {
    await expect(exportPack(database.pool, pictures, { accountId: account, skus: ['NO-SUCH'] }, MADE)).rejects.toBeInstanceOf(PackRefused);
    await expect(exportPack(database.pool, pictures, { accountId: '999', driftIds: ['1'] }, MADE)).rejects.toBeInstanceOf(PackRefused);
  });

  describe('shows any tampering offline', () => {
    let zip: Buffer;
    let files: ReadonlyMap<string, Buffer>;
    beforeAll(async () => {
      zip = (await exported({ accountId: account, skus: ['KT-00123', 'KT-02817'] })).zip;
      files = zipEntries(zip);
    });
    const rezipped = async (changed: ReadonlyMap<string, Buffer>): Promise<Buffer> => {
      const archive = new ZipArchive({ zlib: { level: 1 } });
      for (const [name, bytes] of changed) archive.append(bytes, { name });
      void archive.finalize();
      return buffer(archive);
    };
    /** As somebody would who makes the sums right again. */
    const resummed = (changed: ReadonlyMap<string, Buffer>): Map<string, Buffer> => {
      const rest = [...changed].filter(([name]) => name !== 'SHA256SUMS');
      const sums = rest.map(([name, bytes]) => `${createHash('sha256').update(bytes).digest('hex')}  ${name}\n`).join('');
      return new Map([...rest, ['SHA256SUMS', Buffer.from(sums)]]);
    };
    interface Links {
      links: { seq: string; body?: { part?: string; purpose?: string } }[];
    }
    const withLinks = (edit: (pack: Links) => void): Promise<Buffer> => {
      const pack = JSON.parse(files.get('pack.json')?.toString() ?? '') as Links;
      edit(pack);
      return rezipped(resummed(new Map([...files, ['pack.json', Buffer.from(JSON.stringify(pack))]])));
    };

    it('of any byte of any file', async () => {
      await fc.assert(
        fc.asyncProperty(fc.constantFrom(...files.keys()), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), fc.integer({ min: 1, max: 255 }), async (name, place, mask) => {
          const bytes = Buffer.from(files.get(name) ?? Buffer.alloc(0));
          const at = Math.floor(place * bytes.length);
          bytes[at] = (bytes[at] ?? 0) ^ mask;
          expect(verifyPack(await rezipped(new Map([...files, [name, bytes]]))).ok).toBe(false);
        }),
        { numRuns: 60 },
      );
    });

    it('of the archive when it is cut', () => {
      fc.assert(
        fc.property(fc.integer({ min: 0, max: zip.length - 1 }), (left) => {
          expect(verifyPack(zip.subarray(0, left)).problem?.kind).toBe('unreadable');
        }),
        { numRuns: 50 },
      );
    });

    it('of an entry, its order, a gap or the end, even with the sums made right', async () => {
      expect(verifyPack(await withLinks(() => undefined)).ok).toBe(true);
      await fc.assert(
        fc.asyncProperty(fc.nat(), fc.constantFrom('changed', 'body-changed', 'gap', 'reordered', 'truncated', 'head-mismatch'), async (salt, kind) => {
          const bytes = await withLinks((pack) => {
            const { links } = pack;
            const at = 1 + (salt % (links.length - 2));
            const [link, next] = [links[at], links[at + 1]];
            const holder = links.filter((one) => one.body !== undefined)[salt % 4];
            if (link === undefined || next === undefined || holder === undefined) throw new Error('the pack is too short for this test');
            if (kind === 'changed') Object.assign(link, { at: '2026-11-20T00:00:00.000000Z' });
            if (kind === 'body-changed') Object.assign(holder, { body: { ...holder.body, why: 'another story' } });
            if (kind === 'gap') links.splice(at, 1);
            if (kind === 'reordered') links.splice(at, 2, { ...next }, { ...link });
            if (kind === 'truncated') links.pop();
            if (kind === 'head-mismatch') Object.assign(pack, { head: { seq: links[links.length - 1]?.seq, hash: '00'.repeat(32) } });
          });
          // An exchange is met first as the hole it leaves.
          const expected = kind === 'reordered' ? ['gap', 'reordered'] : [kind];
          expect(expected).toContain(verifyPack(bytes).problem?.kind);
        }),
        { numRuns: 40 },
      );
    });

    it('of a file that is taken away or put in', async () => {
      expect(verifyPack(await rezipped(new Map([...files].filter(([name]) => name !== 'letter.txt')))).problem?.kind).toBe('file-missing');
      expect(verifyPack(await rezipped(new Map([...files, ['pictures/more.jpg', Buffer.from('x')]]))).problem?.kind).toBe('file-added');
      expect(verifyPack(await rezipped(new Map([['readme.txt', Buffer.from('x')]]))).problem?.kind).toBe('file-added');
      expect(verifyPack(Buffer.from('no archive')).problem?.kind).toBe('unreadable');
    });
  });

  it('tells the same story as explain, in three languages, with drifts that left no evidence', async () => {
    await one(`INSERT INTO drift (account_id, listing_id, facet, kind, cause, state, noticed_at) VALUES ($1, $2, 'title', 'text-changed', 'unknown', 'open', $3) RETURNING id`, [account, listing, new Date(START + MINUTE / 2)]);
    const story = await explain(database.pool, listing);
    expect(story).toMatchObject({ key: 'KT-00123', accountId: account });
    expect(story?.lines.map((line) => line.kind)).toEqual([
      'push.intent', 'push.answer', 'push.verified', 'drift.noticed', 'row.drift', 'push.intent', 'push.answer', 'push.verified', 'drift.healed',
      'push.intent', 'push.answer', 'push.verified', 'drift.noticed', 'push.intent', 'push.answer', 'push.verified', 'drift.healed',
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

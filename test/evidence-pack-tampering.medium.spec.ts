import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ZipArchive } from 'archiver';
import fc from 'fast-check';
import { exportPack } from '../libs/reconcile/evidence/pack/export-pack.js';
import { verifyPack } from '../libs/reconcile/evidence/pack/verify-pack.js';
import { zipEntries } from '../libs/reconcile/evidence/pack/zip-entries.js';
import { type EvidenceDatabase, startEvidenceDatabase } from './evidence-database.js';
import { recordIncidents } from './evidence-incidents.js';

describe('an evidence pack shows, without the hub, any tampering', () => {
  let database: EvidenceDatabase;
  let zip: Buffer;
  let files: ReadonlyMap<string, Buffer>;
  beforeAll(async () => {
    database = await startEvidenceDatabase();
    const { account, pictures } = await recordIncidents(database.pool);
    zip = await buffer((await exportPack(database.pool, pictures, { accountId: account, skus: ['KT-00123', 'KT-02817'] }, new Date('2026-11-21T08:30:00Z'))).stream);
    files = zipEntries(zip);
  });
  afterAll(() => database.stop());
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
      fc.asyncProperty(
        fc.constantFrom(...files.keys()),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        fc.integer({ min: 1, max: 255 }),
        async (name, place, mask) => {
          const bytes = Buffer.from(files.get(name) ?? Buffer.alloc(0));
          const at = Math.floor(place * bytes.length);
          bytes[at] = (bytes[at] ?? 0) ^ mask;
          expect(verifyPack(await rezipped(new Map([...files, [name, bytes]]))).ok).toBe(false);
        },
      ),
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

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { detectEncoding } from './text-encoding.js';

/** The file is looked at in pieces of this size. */
const PIECE = 1 << 20;

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'etalon-encoding-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function encodingOf(bytes: Buffer): Promise<string> {
  const file = join(folder, 'goods.csv');
  writeFileSync(file, bytes);
  return detectEncoding(file, bytes.subarray(0, 4096));
}

describe('the encoding of a text without a mark', () => {
  it.each(['я', '中', '😀'])('is UTF-8 wherever "%s" falls between two pieces', async (character) => {
    const width = Buffer.byteLength(character);
    for (let before = 0; before <= width; before++) expect(await encodingOf(Buffer.from(`${'a'.repeat(PIECE - before)}${character};b\n`))).toBe('utf-8');
  });

  it('is UTF-8 when a whole character ends the file', async () => expect(await encodingOf(Buffer.from('a;я'))).toBe('utf-8'));

  it.each<[what: string, bytes: Buffer]>([
    ['a character cut off at the end of the file', Buffer.from('a;я').subarray(0, 3)],
    ['a character cut off at the end of a piece', Buffer.concat([Buffer.alloc(PIECE - 1, 'a'), Buffer.from([0xd1]), Buffer.from(';b\n')])],
    ['bytes that only go on', Buffer.concat([Buffer.alloc(PIECE - 3, 'a'), Buffer.from([0x80, 0x80, 0x80]), Buffer.from('b\n')])],
    ['Russian letters of one byte', Buffer.from([0xc0, 0xf0, 0xf2, 0x3b, 0xe8, 0x0a])],
  ])('is no UTF-8 with %s', async (_, bytes) => expect(await encodingOf(bytes)).toBe('windows-1251'));
});

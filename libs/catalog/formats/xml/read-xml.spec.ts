import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import iconv from 'iconv-lite';
import { readXml, type XmlRecord } from './read-xml.js';
import { saidBy } from './xml-element.js';
import { XML_LIMITS } from './xml-limits.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'etalon-xml-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function records(content: string | Buffer, limits = XML_LIMITS): Promise<XmlRecord[]> {
  const file = join(folder, 'file.xml');
  await writeFile(file, content);
  const found: XmlRecord[] = [];
  for await (const record of readXml(file, { isRecord: (path) => path.at(-1) === 'товар', limits })) found.push(record);
  return found;
}

const BODY = '<каталог xmlns:x="urn:a" x:версия="3"><товары><x:товар ид="1"><имя>Ёлка &amp; шар &#8211; <![CDATA[<b>]]></имя></x:товар><товар/></товары></каталог>';

describe('reading XML', () => {
  it.each([
    ['UTF-8', Buffer.from(`<?xml version="1.0"?>${BODY}`)],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff<?xml version="1.0" encoding="UTF-8"?>${BODY}`)],
    ['windows-1251', iconv.encode(`<?xml version="1.0" encoding="windows-1251"?>${BODY}`, 'windows-1251')],
    ['UTF-16 little endian', iconv.encode(`\ufeff<?xml version="1.0" encoding="UTF-16"?>${BODY}`, 'utf-16le')],
    ['UTF-16 big endian', iconv.encode(`\ufeff<?xml version="1.0" encoding="UTF-16"?>${BODY}`, 'utf-16be')],
    ['UTF-16 without a mark', iconv.encode(`<?xml version="1.0" encoding="UTF-16"?>${BODY}`, 'utf-16le')],
  ])('gives whole records by local names from %s', async (_, content) => {
    const [first, second] = await records(content);
    expect(first?.path).toEqual(['каталог', 'товары', 'товар']);
    expect(first?.above[0]).toMatchObject({ версия: '3' });
    expect(first?.element.attributes).toEqual({ ид: '1' });
    expect(saidBy(first?.element, 'имя')).toBe('Ёлка & шар – <b>');
    expect(second?.element.children).toEqual([]);
  });

  it('passes over a plain document type', async () => {
    expect(await records('<!DOCTYPE каталог SYSTEM "file:///etc/passwd"><каталог><товар/></каталог>')).toHaveLength(1);
  });

  it.each<[what: string, content: string, sentence: RegExp]>([
    ['an entity bomb', '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><a><товар>&c;</товар></a>', /declares entities of its own/],
    ['an external entity', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a><товар>&x;</товар></a>', /declares entities of its own/],
    ['an unknown entity', '<a><товар>&nbsp;</товар></a>', /entity that XML does not have/],
    ['a cut-off file', '<a><товар><имя>Ёлка</имя></товар><товар><имя>Шар', /cut off/],
    ['an empty file', '', /empty/],
    ['crossed tags', '<a><товар></a></товар>', /not well-formed/],
    ['a NUL byte', '<a><товар>\u0000</товар></a>', /not well-formed/],
    ['something else', 'sku;name\n1;Ёлка\n', /not well-formed/],
    ['an unknown encoding', '<?xml version="1.0" encoding="ebcdic-cp-be"?><a/>', /ebcdic-cp-be/],
    ['deep nesting', '<a>'.repeat(100), /deeper than 64/],
    ['many attributes', `<a ${Array.from({ length: 100 }, (_, i) => `a${i}="1"`).join(' ')}/>`, /more than 64 attributes/],
  ])('refuses %s with one sentence', async (_, content, sentence) => {
    await expect(records(content)).rejects.toThrow(sentence);
  });

  it.each<[what: string, content: string, sentence: RegExp]>([
    ['a text without end', `<a>${'x'.repeat(300_000)}`, /longer than 100000 characters/],
    ['an attribute without end', `<a b="${'x'.repeat(300_000)}`, /longer than 100000 characters/],
    ['a comment without end', `<a><!--${'x'.repeat(300_000)}`, /longer than 100000 characters/],
    ['a document type without end', `<!DOCTYPE a "${'x'.repeat(300_000)}`, /longer than 100000 characters/],
    ['a record of too many elements', `<a><товар>${'<b/>'.repeat(200)}</товар></a>`, /more than 100 elements/],
    ['a record of too much text', `<a><товар>${`<b>${'x'.repeat(90)}</b>`.repeat(20)}</товар></a>`, /more than 1000 characters/],
  ])('stops at %s', async (_, content, sentence) => {
    await expect(records(content, { depth: 9, attributes: 9, run: 100_000, elements: 100, recordText: 1000 })).rejects.toThrow(sentence);
  });

  it.each([
    ['the cut', '<a><товар>1</товар><товар>2</товар><тов', /cut off/],
    ['the fault', '<a><товар>1</товар><товар>2</товар><товар></a>', /not well-formed/],
  ])('gives what came before %s', async (_, content, sentence) => {
    const file = join(folder, 'cut.xml');
    await writeFile(file, content);
    const found: string[] = [];
    const reading = async () => {
      for await (const { element } of readXml(file, { isRecord: (path) => path.at(-1) === 'товар' })) found.push(element.text);
    };
    await expect(reading()).rejects.toThrow(sentence);
    expect(found).toEqual(['1', '2']);
  });
});

import { describe, expect, it } from '@jest/globals';
import { CsvError } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { RecordSplitter } from './record-splitter.js';

const rules = { delimiter: ';', mostCharacters: 10_000 } as const;

/** What the parser makes of the whole text; undefined when it cannot be read. */
function byParser(text: string, lineEnd: string): string[][] | undefined {
  try {
    return parse(text, { delimiter: ';', record_delimiter: lineEnd, relax_column_count: true, relax_quotes: true });
  } catch (error) {
    if (error instanceof CsvError) return undefined;
    throw error;
  }
}

/** The records of the splitter for a text that comes in pieces, and what it leaves to the parser. */
function bySplitter(pieces: readonly string[]): { records: string[][]; splitter: RecordSplitter; left: string } {
  const splitter = new RecordSplitter(rules);
  const records: string[][] = [];
  let taken = 0;
  while (taken < pieces.length && !splitter.stuck) records.push(...splitter.next(pieces[taken] ?? '', ++taken === pieces.length));
  return { records, splitter, left: splitter.rest + pieces.slice(taken).join('') };
}

const cut = (text: string, size: number): string[] => text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [''];

describe('cutting CSV into records', () => {
  it.each<[what: string, text: string, records: string[][]]>([
    [
      'plain lines',
      'a;b\nc;d\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['a last line without an end', 'a;b\nc', [['a', 'b'], ['c']]],
    ['an empty line', 'a\n\nb\n', [['a'], [''], ['b']]],
    [
      'the line end of Windows',
      'a;b\r\nc;d\r\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'quotes with a separator, a quote and a line end in them',
      'a;b\n"x;y";"say ""hi""\nthere"\nc;d\n',
      [
        ['a', 'b'],
        ['x;y', 'say "hi"\nthere'],
        ['c', 'd'],
      ],
    ],
    [
      'a quoted text of many plain lines',
      '"1\n2\n3\n4";x\ny;z\n',
      [
        ['1\n2\n3\n4', 'x'],
        ['y', 'z'],
      ],
    ],
  ])('takes %s, whole or letter by letter', (_, text, records) => {
    for (const pieces of [[text], cut(text, 1), cut(text, 3)]) expect(bySplitter([...pieces, '']).records).toEqual(records);
  });

  it('gives up where a quote is no quote, with everything before it given and the rest kept', () => {
    const { records, splitter, left } = bySplitter(['a;b\nsize 5";x\n"q\nr";y\n']);
    expect([records, splitter.stuck, left, splitter.lines]).toEqual([[['a', 'b']], true, 'size 5";x\n"q\nr";y\n', 1]);
  });

  it('says what the parser says of any text, as far as it goes', () => {
    const piece = fc.constantFrom('a', 'бв', ';', '"', '""', ';"', '";', '"\n"', 'L', 'L', '"L', 'plain;lineL', '"quoted; textL";xL');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), fc.constantFrom('\n', '\r\n'), fc.integer({ min: 1, max: 20 }), (pieces, lineEnd, size) => {
        const text = `headL${pieces.join('')}`.replaceAll('L', lineEnd);
        const { records, splitter, left } = bySplitter([...cut(text, size), '']);
        const whole = byParser(text, lineEnd);
        if (splitter.stuck) {
          const rest = byParser(left, lineEnd);
          expect(rest && [...records, ...rest]).toEqual(whole);
        } else expect(records).toEqual(whole);
      }),
      { numRuns: 2_000 },
    );
  });
});

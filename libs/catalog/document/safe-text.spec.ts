import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { hasUnsafeCharacters, safeDescription } from './safe-text.js';

describe('safe text', () => {
  it.each([
    ['tab\tand\r\nlines', false],
    ['nul\u0000', true],
    ['escape\u001b[31m', true],
    ['half \ud83d of a smile', true],
    ['whole 😀 smile', false],
  ])('%j is unsafe: %s', (text, unsafe) => expect(hasUnsafeCharacters(text)).toBe(unsafe));

  it('is any text without control characters, and stops being safe with one', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.constantFrom('\u0000', '\u0007', '\u007f', '\ud800', '\udfff'), (text, bad) => {
        const clean = text.replace(/[\u0000-\u001f\u007f]/g, '');
        expect(hasUnsafeCharacters(clean)).toBe(false);
        expect(hasUnsafeCharacters(`${clean} ${bad} ${clean}`)).toBe(true);
      }),
    );
  });
});

describe('a description', () => {
  it.each([
    ['Просто текст: 5 < 6 & 7 > 2', 'Просто текст: 5 < 6 & 7 > 2', 'plain text stays'],
    ['<p onclick="x()">Текст</p><script>alert(1)</script>', '<p>Текст</p>', 'no scripts, no attributes'],
    ['<ul><li>a<li>b</ul>', '<ul><li>a</li><li>b</li></ul>', 'open tags are closed'],
    ['<a href="https://x.example">ссылка</a>', 'ссылка', 'links lose their tag'],
    ['<img src=x onerror=y>Фото', 'Фото', 'pictures go'],
  ])('%s → %s (%s)', (given, expected) => expect(safeDescription(given)).toBe(expected));

  it('is the same after a second cleaning', () => {
    const piece = fc.constantFrom('<p>', '</p>', '<b>', '<script>', '</script>', '&amp;', '&', '<', '>', '<!--', '-->', 'текст', ' ', '<img src=x onerror=1>', '<svg><style>');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const once = safeDescription(pieces.join(''));
        expect(safeDescription(once)).toBe(once);
      }),
      { numRuns: 500 },
    );
  });
});

import { describe, expect, it } from '@jest/globals';
import { keptHtml, looseSlug, paragraphs, slugOf } from './text.js';

describe('text of goods', () => {
  it.each([
    ['<p onclick="x()">a & b</p>', '<p>a &amp; b</p>'],
    ['a&nbsp;b &laquo;c&raquo;', 'a&nbsp;b &laquo;c&raquo;'],
    ['<script>alert(1)</script>ok', 'alert(1)ok'],
    ['<a href="javascript:x()">y</a>', '<a>y</a>'],
    ['2 < 3', '2 &lt; 3'],
  ])('%j is kept as %j', (sent, kept) => expect(keptHtml(sent)).toBe(kept));

  it('means the same after it was kept again', () => {
    const once = keptHtml('Мыло & <b>щётка</b> «три» < 4');
    expect(keptHtml(once)).toBe(once);
  });

  it('is shown in paragraphs unless it has some', () => {
    expect(paragraphs('a\nb\n\nc')).toBe('<p>a<br />\nb</p>\n<p>c</p>\n');
    expect(paragraphs('<ul><li>a</li></ul>')).toBe('<ul><li>a</li></ul>\n');
    expect(paragraphs(' ')).toBe('');
  });

  it('becomes an address, Cyrillic through percents', () => {
    expect(looseSlug('Кружка «Лада» №5, 300 мл')).toBe('кружка-лада-5-300-мл');
    expect(slugOf('Чай')).toBe('%d1%87%d0%b0%d0%b9');
  });
});

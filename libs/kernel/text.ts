const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  laquo: '«',
  raquo: '»',
  mdash: '—',
  ndash: '–',
  hellip: '…',
  times: '×',
  deg: '°',
};

/** Mark-up that descriptions of the catalog keep, without attributes. */
export const SAFE_TAGS: readonly string[] = ['p', 'br', 'ul', 'ol', 'li', 'b', 'strong', 'i', 'em', 'u', 'h2', 'h3', 'h4'];

function decodeEntities(text: string): string {
  return text.replace(/&(#x[0-9a-f]+|#\d+|[a-z]+);/gi, (whole, body: string) => {
    if (body.startsWith('#')) {
      const code = /^#x/i.test(body) ? parseInt(body.slice(2), 16) : parseInt(body.slice(1), 10);
      return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : whole;
    }
    return ENTITIES[body.toLowerCase()] ?? whole;
  });
}

/**
 * What a text means to a reader: tags and entities gone, every kind of space one space, trimmed, NFC.
 * Two texts with the same plain form differ only by mark-up, which channels change freely.
 */
export function plainText(text: string): string {
  return decodeEntities(text.replace(/<[^<>]{0,2000}>/g, ' '))
    .normalize('NFC')
    .replace(/[\u200b\u200c\u200d\ufeff\u00ad]/g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ([,.;:!?])/g, '$1')
    .trim();
}

/**
 * Text that is canonical as it stands: characters that composition (NFC) leaves alone, words parted by single blanks.
 * Nearly every text of a sweep is, and looking is many times cheaper than composing and replacing.
 */
const PLAIN =
  /^(?:[!-~\u00a1-\u02ff\u0400-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2116]+(?: [!-~\u00a1-\u02ff\u0400-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2116]+)*)?$/;

/** One line as it is compared: NFC, every run of spaces (no-break ones too) a single space, trimmed. */
export function line(text: string): string {
  return PLAIN.test(text)
    ? text
    : text
        .normalize('NFC')
        .replace(/[\s\u00a0\ufeff]+/g, ' ')
        .trim();
}

/** Text of several lines: lines cleaned one by one, ends trimmed, never more than one empty line in a row. */
export function paragraphs(text: string): string {
  if (PLAIN.test(text)) return text;
  return text
    .normalize('NFC')
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map(line)
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** A name as it is compared: case, ё and spacing do not matter. */
export function nameForm(name: string): string {
  return name.normalize('NFC').toLowerCase().replace(/ё/g, 'е').replace(/\s+/g, ' ').trim();
}

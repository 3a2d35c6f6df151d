import sanitizeHtml from 'sanitize-html';

/** Most names have nothing to clean, and cleaning is slow. */
const MARKUP = /[<>&]/;
const TAGS = [...sanitizeHtml.defaults.allowedTags, 'img', 'del', 'ins', 'font', 'video', 'audio', 'details', 'label'];

/** Text as the shop keeps it: tags of a post only, no handlers, a lone ampersand as an entity. */
export function keptHtml(html: string): string {
  if (!MARKUP.test(html)) return html;
  return sanitizeHtml(html, {
    allowedTags: TAGS,
    allowedAttributes: {
      '*': ['class', 'id', 'style', 'title', 'align', 'dir', 'lang'],
      a: ['href', 'rel', 'target', 'name'],
      img: ['src', 'alt', 'width', 'height', 'srcset'],
      td: ['colspan', 'rowspan'],
    },
    nonTextTags: [],
    parser: { decodeEntities: false },
  });
}

/** A backslash is the mark of an escape to the shop where it takes the texts of a product. */
export function unescaped(text: string): string {
  return text.replace(/\\(.?)/gs, '$1');
}

const BLOCK = /^<\/?(p|div|ul|ol|li|h[1-6]|table|tbody|tr|td|blockquote|pre|section|figure|hr)\b/i;

/** Text as it is shown: paragraphs and line breaks as tags. */
export function paragraphs(html: string): string {
  const kept = html.trim();
  if (kept === '') return '';
  const blocks = kept.split(/\n\s*\n/).map((block) => (BLOCK.test(block.trim()) ? block : `<p>${block.trim().replace(/\n/g, '<br />\n')}</p>`));
  return `${blocks.join('\n')}\n`;
}

/** A line without tags. */
export function plainLine(value: string): string {
  const bare = MARKUP.test(value) ? sanitizeHtml(value, { allowedTags: [], parser: { decodeEntities: false } }) : value;
  return bare.replace(/\s+/g, ' ').trim();
}

/** A name as a part of an address: Cyrillic goes through percents. */
export function slugOf(name: string): string {
  return encodeURIComponent(looseSlug(name)).toLowerCase();
}

/** The same before the percents. */
export function looseSlug(name: string): string {
  return plainLine(name)
    .toLowerCase()
    .replace(/&[#\w]+;/g, '')
    .replace(/[^\p{L}\p{N}_\s-]/gu, '')
    .trim()
    .replace(/[\s-]+/g, '-')
    .replace(/^-|-$/g, '');
}

import sanitizeHtml from 'sanitize-html';

const KEPT_TAGS = ['br', 'p', 'ul', 'ol', 'li', 'b', 'strong', 'i', 'em'];

/** A description as the storefront keeps it: a few tags survive without attributes, the rest lose theirs, ends are trimmed. */
export function cleanDescription(html: string): string {
  const clean = /[<&]/.test(html)
    ? sanitizeHtml(html, { allowedTags: KEPT_TAGS, allowedAttributes: {}, disallowedTagsMode: 'discard' })
        .replaceAll('<br />', '<br/>')
        .replace(/&amp;(?![a-z#])/gi, '&')
    : html;
  return clean.replace(/[ \t]+/g, ' ').trim();
}

export function cleanLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

import sanitizeHtml from 'sanitize-html';

const KEPT_TAGS = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'br', 'p', 'ol', 'ul', 'li', 'div'];
const CONTACTS = /[\w.+-]+@[\w-]+\.\w{2,}|(?:\+7|\b8)[\s(-]*\d{3}[\s)-]*\d{3}[\s-]*\d{2}[\s-]*\d{2}/;

/** A description as the market keeps it: a few tags without attributes, ends trimmed. */
export function cleanDescription(html: string): string {
  if (!/[<&]/.test(html)) return html.trim();
  return sanitizeHtml(html, { allowedTags: KEPT_TAGS, allowedAttributes: {}, disallowedTagsMode: 'discard' })
    .replaceAll('<br />', '<br>')
    .replace(/&amp;(?![a-z#])/gi, '&')
    .trim();
}

/** E-mail addresses and telephone numbers have no place in a card. */
export const hasContacts = (text: string): boolean => CONTACTS.test(text);

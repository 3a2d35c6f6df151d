import sanitizeHtml from 'sanitize-html';
import { paragraphs, plainText, SAFE_TAGS } from '#kernel';

const BREAK = /<br\s*\/?>|<\/(?:p|div|li|ul|ol|h[1-6]|tr|blockquote)>/gi;

/** Blocks whose end is the end of a line. */
const BLOCK = /<\/(?:div|h[156]|tr|blockquote)>/gi;

/** As the site takes the texts of a product: it reads a backslash as the mark of an escape and would lose it. Those of a variation it takes as they are. */
export function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\');
}

/** The lines a reader sees of a description that may hold mark-up: the site adds paragraphs and takes scripts away. */
export function readable(html: string): string {
  return paragraphs(html.replace(BREAK, '\n').split('\n').map(plainText).join('\n'));
}

/** The same lines with the mark-up that the catalog keeps: what it does not know ends a line, or parts two words. */
export function safeHtml(html: string): string {
  const lined = html.replace(BLOCK, '<br>').replace(/<\/?([a-z][a-z0-9]*)[^<>]*>/gi, (tag, name: string) => (SAFE_TAGS.includes(name.toLowerCase()) ? tag : ' '));
  return sanitizeHtml(lined, { allowedTags: [...SAFE_TAGS], allowedAttributes: {} }).trim();
}

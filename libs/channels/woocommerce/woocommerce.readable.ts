import { paragraphs, plainText } from '#kernel';

const BREAK = /<br\s*\/?>|<\/(?:p|div|li|ul|ol|h[1-6]|tr|blockquote)>/gi;

/** The lines a reader sees of a description that may hold mark-up: the site adds paragraphs and takes scripts away. */
export function readable(html: string): string {
  return paragraphs(html.replace(BREAK, '\n').split('\n').map(plainText).join('\n'));
}

import { paragraphs, plainText } from '#kernel';

const BREAK = /<br\s*\/?>|<\/(?:p|div|li|ul|ol|h[1-6]|tr|blockquote)>/gi;

/** As the site takes the texts of a product: it reads a backslash as the mark of an escape and would lose it. Those of a variation it takes as they are. */
export function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\');
}

/** The lines a reader sees of a description that may hold mark-up: the site adds paragraphs and takes scripts away. */
export function readable(html: string): string {
  return paragraphs(html.replace(BREAK, '\n').split('\n').map(plainText).join('\n'));
}

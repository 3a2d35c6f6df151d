import type { Random } from '../random.js';

const ENTITIES: Record<string, string> = { '«': '&laquo;', '»': '&raquo;', '—': '&mdash;', '–': '&ndash;', '"': '&quot;', '№': '&#8470;' };

/** Only what stands between tags and outside entities. */
function betweenTags(html: string, change: (text: string) => string): string {
  return html.replace(/(<[^>]*>|&[#\w]+;)|([^<&]+)/g, (_all, kept: string | undefined, text: string | undefined) => kept ?? change(text ?? ''));
}

const spaced = (text: string, random: Random): string => text.replace(/ /g, () => (random.next() < 0.4 ? random.pick(['\u00a0', '  ', '\u202f']) : ' '));

/** Signs written as entities; a tenth of the letters where there are no such signs. */
export function withEntities(html: string, random: Random): string {
  const marked = betweenTags(html, (text) => text.replace(/[«»—–"№]/g, (c) => ENTITIES[c] ?? c));
  return marked !== html ? marked : betweenTags(html, (text) => text.replace(/\p{L}/gu, (c) => (random.next() < 0.1 ? `&#${c.codePointAt(0)};` : c)));
}

/** Tags inside a word vanish, every other becomes a space. */
export function withoutTags(html: string): string {
  return html.replace(/<\/?(?:b|i|strong|em)>/g, '').replace(/<[^>]*>/g, ' ');
}

/** Other kinds of space, and one more at the end. */
export function spacedTitle(title: string, random: Random): string {
  return `${spaced(title, random)} `;
}

export function spacedHtml(html: string, random: Random): string {
  return `${betweenTags(html, (text) => spaced(text, random))}\n`;
}

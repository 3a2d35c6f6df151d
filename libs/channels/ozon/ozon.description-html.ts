/**
 * Tags that a description keeps. Ozon names no list; these are the ones seen to survive in its own examples. Anything
 * else would be stripped there and come back as a difference.
 */
const KEPT: ReadonlySet<string> = new Set(['br', 'p', 'ul', 'ol', 'li', 'b', 'strong', 'i', 'em']);

/** The description with allowed tags only, without attributes; scripts, styles and comments go with what is in them. */
export function descriptionHtml(text: string): string {
  const cleaned = text
    .replace(/<!--[\s\S]*?(?:-->|$)/g, '')
    .replace(/<(script|style|iframe|object)\b[^>]*>[\s\S]*?(?:<\/\1\s*>|$)/gi, '')
    .replace(/<(\/?)([a-z][a-z0-9]*)\b[^<>]*?(\/?)>/gi, (_whole, close: string, name: string) => {
      const tag = name.toLowerCase();
      if (tag === 'br') return '<br/>';
      if (KEPT.has(tag)) return `<${close}${tag}>`;
      return /^(div|h[1-6]|tr|table|section|article)$/.test(tag) ? '<br/>' : '';
    });
  return cleaned.replace(/(?:<br\/>\s*){3,}/g, '<br/><br/>').replace(/^(?:\s|<br\/>)+|(?:\s|<br\/>)+$/g, '');
}

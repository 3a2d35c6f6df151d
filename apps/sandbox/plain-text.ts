import { parseFragment, type DefaultTreeAdapterTypes } from 'parse5';

type Node = DefaultTreeAdapterTypes.Node;

/** Text as a reader sees it: entities decoded, tags gone, whitespace of every kind collapsed. */
export function plainText(html: string): string {
  const raw = /[<&]/.test(html) ? textOf(parseFragment(html)) : html;
  return raw
    .normalize('NFC')
    .replace(/[\u200b\u200c\u200d\u2060\ufeff\u00ad]/g, '')
    .replace(/[\s\u00a0\u2000-\u200a\u202f]+/g, ' ')
    .trim();
}

/** Tags that do not end a word. */
const INLINE = new Set(['b', 'strong', 'i', 'em', 'u', 'span', 'a', 'font', '#document-fragment']);

function textOf(node: Node): string {
  if (node.nodeName === '#text' && 'value' in node) return node.value;
  if (!('childNodes' in node)) return '';
  const inner = node.childNodes.map(textOf).join('');
  return INLINE.has(node.nodeName) ? inner : ` ${inner} `;
}

import type { Diagnostic } from '#kernel';
import { BRAND } from './wildberries.normalise.js';

/** Words of an error text that tell which facet it speaks of: Wildberries names no field. First match wins. */
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/наименовани|\btitle\b/i, 'title'],
  [/описани|\bdescription\b/i, 'description'],
  [/бренд|\bbrand\b/i, `attributes.${BRAND}`],
  [/баркод|штрих-?код|barcode|\bskus?\b/i, 'barcodes'],
  [/габарит|\bвес\b|ширин|высот|длин|dimension|weight/i, 'dimensions'],
  [/фото|изображени|медиа|видео|photo|media/i, 'media'],
  [/карантин|quarantine|скидк|цен[аыуе]|price|discount/i, 'price'],
  [/остат|stock|amount/i, 'stock'],
  [/категори|предмет|subject|category/i, 'category'],
];

/** An error in Wildberries' own words, with the facet it is about ('' when that cannot be told). */
export function reported(message: string, facet?: string): Diagnostic {
  const path = facet ?? pathOf(message);
  return { severity: 'error', path, code: 'wildberries.reported', params: { message: message.slice(0, 500) } };
}

function pathOf(message: string): string {
  const ids = /characteristics? with ids?:?\s*\{?(\d+)|характеристик\S*\s+(\d+)/i.exec(message);
  const id = ids?.[1] ?? ids?.[2];
  if (id !== undefined) return `attributes.${id}`;
  if (/characteristic|характеристик/i.test(message)) return 'attributes';
  return WORDS.find(([pattern]) => pattern.test(message))?.[1] ?? '';
}

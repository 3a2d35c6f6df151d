import type { Diagnostic } from '#kernel';

/** Types of errors of a content update whose meaning, not a field, tells the facet. */
const TYPE_FACETS: Readonly<Record<string, string>> = {
  UNKNOWN_CATEGORY: 'category',
  INVALID_CATEGORY: 'category',
  EMPTY_MARKET_CATEGORY: 'category',
  INVALID_PICKER_URL: 'media',
  LOCKED_DIMENSIONS: 'dimensions',
};

/** Words of a message that tell which facet it speaks of, first match wins: most messages name a field of the request. */
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/weightDimensions|габарит|размеры упаковки|\bвес\b/i, 'dimensions'],
  [/barcode|штрихкод|gtin/i, 'barcodes'],
  [/picture|image|изображени|фото|картинк/i, 'media'],
  [/discount|price|цен[аыуе]|currency|vat\b/i, 'price'],
  [/stock|\bcount\b|остат/i, 'stock'],
  [/category|категори/i, 'category'],
  [/\bvendor\b|бренд|производител/i, 'attributes.vendor'],
  [/parameter|характеристик/i, 'attributes'],
  [/description|описани/i, 'description'],
  [/\bname\b|названи|наименовани/i, 'title'],
];

export function pathOfMessage(message: string): string {
  return WORDS.find(([pattern]) => pattern.test(message))?.[1] ?? '';
}

/** One problem that an update names for one offer. */
export function contentProblem(type: string, parameterId: string, message: string): Diagnostic {
  const path = parameterId !== '' ? `attributes.${parameterId}` : (TYPE_FACETS[type] ?? (pathOfMessage(message) || 'attributes'));
  return { severity: 'error', path, code: 'yandex-market.reported', params: { code: type, message: message.slice(0, 500) } };
}

/** What a card's own list of errors says. */
export function cardProblem(message: string, comment: string): Diagnostic {
  const text = [message, comment].filter((part) => part !== '').join(': ');
  return { severity: 'error', path: pathOfMessage(text), code: 'yandex-market.reported', params: { message: text.slice(0, 500) } };
}

/** A request refused as a whole: one diagnostic for each card the message names (`params.offer` by article, `params.index` by place), or one for all. */
export function refusalsOf(message: string, status: number): readonly Diagnostic[] {
  const one = (named: Readonly<Record<string, string | number>>): Diagnostic => ({
    severity: 'error',
    path: pathOfMessage(message),
    code: 'yandex-market.refused',
    params: { status, message, ...named },
  });
  const offers = [...message.matchAll(/offerId\s*=\s*'([^']+)'|(?:Stock for|shop-sku) '([^']+)'/g)].map((found) => found[1] ?? found[2] ?? '');
  const places = [...message.matchAll(/at index '(\d+)'|\[(\d+)\]/g)].map((found) => Number(found[1] ?? found[2]));
  if (offers.length > 0) return [...new Set(offers)].map((offer) => one({ offer }));
  return places.length > 0 ? [...new Set(places)].map((index) => one({ index })) : [one({})];
}

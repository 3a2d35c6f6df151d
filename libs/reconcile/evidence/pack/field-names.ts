import { formatMoney } from '#kernel';
import type { Facet } from '#channels/contract';
import type { FieldChange } from '../../diff/index.js';
import { FACET_NAMES } from '../story-names.js';

const FIELDS: Readonly<Record<string, string>> = {
  'price.price': 'Цена',
  'price.old': 'Цена до скидки',
  'price.min': 'Минимальная цена',
  'price.currency': 'Валюта',
  'dimensions.length': 'Длина, мм',
  'dimensions.width': 'Ширина, мм',
  'dimensions.height': 'Высота, мм',
  'dimensions.weight': 'Вес, г',
  'status.sellable': 'Можно купить',
};

const VALUES: Readonly<Record<string, string>> = { true: 'да', false: 'нет', listed: 'размещена', archived: 'в архиве', absent: 'отсутствует' };

export function fieldName(facet: Facet, path: string): string {
  const known = FIELDS[path];
  if (known !== undefined) return known;
  const rest = path.slice(facet.length + 1);
  if (facet === 'attributes') return `Характеристика ${rest}`;
  if (facet === 'media') return `Фотография ${Number(rest) + 1 || rest}`;
  return rest === '' || facet === 'barcodes' ? FACET_NAMES[facet].ru : `${FACET_NAMES[facet].ru}: ${rest}`;
}

/** A value for a reader; amounts of money in their currency. */
export function fieldText(facet: Facet, path: string, value: FieldChange['live'], currency: string): string {
  if (value === null) return '—';
  if (facet === 'price' && typeof value === 'number') return `${formatMoney({ minor: value, currency })} ${currency}`;
  return VALUES[String(value)] ?? String(value);
}

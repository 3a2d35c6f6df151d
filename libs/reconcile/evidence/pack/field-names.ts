import { formatMoney } from '#kernel';
import type { Facet } from '#channels/contract';
import type { FieldChange } from '../../diff/index.js';
import { FACET_NAMES } from '../story-names.js';
import type { PackWords } from './pack-words.js';

export function fieldName(facet: Facet, path: string, words: PackWords): string {
  const known = words.find(`field.${path}`);
  if (known !== undefined) return known;
  const rest = path.slice(facet.length + 1);
  if (facet === 'attributes') return words.say('attribute', { name: rest });
  if (facet === 'media') return words.say('picture', { number: Number(rest) + 1 || rest });
  const name = FACET_NAMES[facet][words.locale];
  return rest === '' || facet === 'barcodes' ? name : words.say('named', { name, what: rest });
}

/** A value for a reader; amounts of money in their currency. */
export function fieldText(facet: Facet, value: FieldChange['live'], currency: string, words: PackWords): string {
  if (value === null) return '—';
  if (facet === 'price' && typeof value === 'number') return `${formatMoney({ minor: value, currency })} ${currency}`;
  return words.find(`value.${String(value)}`) ?? String(value);
}

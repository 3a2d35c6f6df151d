import { formatMoney } from '#kernel';
import type { Say } from './cli-texts.js';
import { short } from './lines.js';

/** Groups of texts that name codes of the hub in the words of the reader. */
export type WordGroup =
  | 'accountState'
  | 'attributeType'
  | 'batchOutcome'
  | 'cause'
  | 'causeDetail'
  | 'causeKind'
  | 'chainFault'
  | 'conflictKind'
  | 'count'
  | 'draftOutcome'
  | 'driftState'
  | 'facet'
  | 'facetState'
  | 'jobKind'
  | 'jobState'
  | 'kind'
  | 'mode'
  | 'productField'
  | 'reason'
  | 'ruleTable'
  | 'source'
  | 'state';

/** A code in words; one that has none yet stands for itself. */
export function word(say: Say, group: WordGroup, code: string): string {
  const key = `${group}.${code}`;
  const text = say(key);
  return text === key ? code : text;
}

/** "attributes.Цвет" → "Цвет", "overrides.ozon.title" → "для площадки ozon: название". */
export function fieldWords(say: Say, path: string): string {
  const [field = '', ...rest] = path.split('.');
  const own = word(say, 'productField', field);
  if (rest.length === 0) return own;
  if (field === 'attributes') return rest.join('.');
  if (field === 'overrides') return `${own} ${rest[0] ?? ''}${rest.length > 1 ? `: ${fieldWords(say, rest.slice(1).join('.'))}` : ''}`;
  return `${own}: ${rest.map((part) => word(say, 'productField', part)).join('.')}`;
}

/** A value of a product as a person reads it: money in roubles, sizes with their unit, yes and no. */
export function valueWords(say: Say, path: string, value: unknown, most: number): string {
  if (typeof value === 'boolean') return say(value ? 'word.yes' : 'word.no');
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return short(value.join(', '), most);
  if (typeof value === 'number' && path.endsWith('weight')) return `${value} ${say('word.g')}`;
  if (typeof value !== 'object' || value === null) return short(value, most);
  const { minor, currency, value: amount, unit, length, width, height } = value as Readonly<Record<string, unknown>>;
  if (typeof minor === 'number' && typeof currency === 'string') return moneyWords(say, minor, currency);
  if (typeof amount === 'number') return typeof unit === 'string' ? `${amount} ${unit}` : String(amount);
  if (typeof length === 'number' && typeof width === 'number' && typeof height === 'number') return `${length} × ${width} × ${height} ${say('word.mm')}`;
  return short(value, most);
}

function moneyWords(say: Say, minor: number, currency: string): string {
  const decimal = formatMoney({ minor, currency });
  try {
    // The digits go in as text: an amount never becomes a float.
    return new Intl.NumberFormat(say('word.locale'), { style: 'currency', currency }).format(decimal as Intl.StringNumericLiteral);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return `${decimal} ${currency}`;
  }
}

/** Why a revision came to be: "загрузка файла (файл goods.csv, строка 17)". */
export function causeWords(say: Say, cause: unknown): string {
  if (typeof cause !== 'object' || cause === null) return '';
  const { kind, ...details } = cause as Readonly<Record<string, unknown>>;
  const told = Object.entries(details).map(([name, value]) => `${word(say, 'causeDetail', name)} ${short(Array.isArray(value) ? value.join(', ') : value, 80)}`);
  const head = word(say, 'causeKind', String(kind));
  return told.length === 0 ? head : `${head} (${told.join(', ')})`;
}

import { type Diagnostic, convert, measureOf, numberText, unitOfName, line, nameForm } from '#kernel';
import type { AttributeValue, MasterAttribute, References } from '#channels/contract';
import { ATTRIBUTE } from './ozon.attribute-ids.js';
import { type AttributeSchema, type Dictionary, type DictionaryValue, referenceKey } from './ozon.references.js';

interface Found {
  readonly values: readonly AttributeValue[];
  readonly diagnostics: readonly Diagnostic[];
}

/** The texts of a master value, as they are looked up in a dictionary. */
export function textsOf(value: MasterAttribute): readonly string[] {
  if (typeof value === 'boolean') return [value ? 'Да' : 'Нет'];
  if (typeof value === 'string') return [line(value)].filter((text) => text !== '');
  if ('value' in value) return [value.unit === undefined ? numberText(value.value) : `${numberText(value.value)} ${value.unit}`];
  return value.map(line).filter((text) => text !== '');
}

/** One master value as values of one attribute. */
export function valuesOf(schema: AttributeSchema, value: MasterAttribute, category: string, references: References): Found {
  const diagnostics: Diagnostic[] = [];
  const report: Report = (severity, code, params) => diagnostics.push({ severity, path: `attributes.${schema.id}`, code, params: { name: schema.name, ...params } });
  let values: readonly AttributeValue[];
  if (schema.dictionaryId !== '') values = fromDictionary(schema, value, category, references, report);
  else if (schema.id === ATTRIBUTE.richContent) values = richContent(value, report);
  else if (/^(integer|decimal)$/i.test(schema.type)) values = numbers(schema, value, report);
  else if (/^boolean$/i.test(schema.type)) values = flag(value, report);
  else values = plain(schema, value);
  return { values: withinCount(schema, values, report), diagnostics };
}

type Report = (severity: Diagnostic['severity'], code: string, params?: Readonly<Record<string, string | number>>) => void;

function withinCount(schema: AttributeSchema, values: readonly AttributeValue[], report: Report): readonly AttributeValue[] {
  const limit = schema.collection ? (schema.maxValues > 0 ? schema.maxValues : Infinity) : 1;
  if (values.length <= limit) return values;
  report('warning', 'ozon.values-cut', { limit, given: values.length });
  return values.slice(0, limit);
}

interface DictionaryIndex {
  readonly exact: ReadonlyMap<string, DictionaryValue>;
  readonly form: ReadonlyMap<string, DictionaryValue>;
}
const indexes = new WeakMap<readonly DictionaryValue[], DictionaryIndex>();

function indexOf(values: readonly DictionaryValue[]): DictionaryIndex {
  const known = indexes.get(values);
  if (known !== undefined) return known;
  const reversed = [...values].reverse();
  const built = {
    exact: new Map(reversed.map((value) => [line(value.value), value])),
    form: new Map(reversed.map((value) => [nameForm(value.value), value])),
  };
  indexes.set(values, built);
  return built;
}

/** The dictionary's value for a text: the same text, else the same but for case and ё. Empty when there is none. */
export function dictionaryValues(dictionary: Dictionary, text: string): readonly DictionaryValue[] {
  const found = lookUp(dictionary.values, text);
  return found === undefined ? [] : [found];
}

function lookUp(values: readonly DictionaryValue[], text: string): DictionaryValue | undefined {
  const index = indexOf(values);
  return index.exact.get(text) ?? index.form.get(nameForm(text));
}

function fromDictionary(schema: AttributeSchema, value: MasterAttribute, category: string, references: References, report: Report): readonly AttributeValue[] {
  const dictionary = references(referenceKey.values(schema.id, category)) as Dictionary | undefined;
  if (dictionary === undefined) {
    report('error', 'ozon.reference-missing', { key: referenceKey.values(schema.id, category) });
    return [];
  }
  const out: AttributeValue[] = [];
  for (const text of separated(schema, textsOf(value), dictionary)) {
    const searched = references(referenceKey.value(schema.id, category, text)) as readonly DictionaryValue[] | undefined;
    const found = lookUp(dictionary.values, text) ?? (searched === undefined ? undefined : lookUp(searched, text));
    if (found !== undefined) {
      if (!out.some((known) => known.id === found.id)) out.push({ id: found.id, text: line(found.value) });
      continue;
    }
    const near = nearest([...(searched ?? []), ...dictionary.values], text);
    report('error', 'ozon.value-not-in-dictionary', { value: text, suggestions: near.join(', ') });
  }
  return out;
}

/** "красный; синий" is two values where the attribute takes several and the whole is not one itself. */
function separated(schema: AttributeSchema, texts: readonly string[], dictionary: Dictionary): readonly string[] {
  if (!schema.collection) return texts;
  return texts.flatMap((text) =>
    lookUp(dictionary.values, text) !== undefined
      ? [text]
      : text
          .split(/[;,]/)
          .map((part) => part.trim())
          .filter((part) => part !== ''),
  );
}

const SUGGESTIONS = 3;

/** Dictionary texts that share most letter pairs with a text. */
function nearest(values: readonly DictionaryValue[], text: string): readonly string[] {
  const wanted = pairs(text);
  return values
    .map((value) => ({ text: value.value, score: overlap(wanted, pairs(value.value)) }))
    .filter((entry) => entry.score > 0.25)
    .sort((a, b) => b.score - a.score || (a.text < b.text ? -1 : 1))
    .slice(0, SUGGESTIONS)
    .map((entry) => entry.text);
}

function pairs(text: string): ReadonlySet<string> {
  const form = ` ${nameForm(text)} `;
  return new Set(Array.from({ length: form.length - 1 }, (_, at) => form.slice(at, at + 2)));
}

function overlap(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  let shared = 0;
  for (const pair of left) if (right.has(pair)) shared += 1;
  return (2 * shared) / (left.size + right.size);
}

/** Any valid JSON object passes through; Ozon checks its template itself. */
function richContent(value: MasterAttribute, report: Report): readonly AttributeValue[] {
  const text = textsOf(value)[0] ?? '';
  if (text === '') return [];
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null) return [{ text: JSON.stringify(parsed) }];
  } catch (error) {
    report('error', 'ozon.rich-content-invalid', { message: error instanceof Error ? error.message.slice(0, 200) : '' });
    return [];
  }
  report('error', 'ozon.rich-content-invalid', { message: 'not an object' });
  return [];
}

function numbers(schema: AttributeSchema, value: MasterAttribute, report: Report): readonly AttributeValue[] {
  const measures = typeof value === 'object' && 'value' in value ? [value] : textsOf(value).map((text) => measureOf(text) ?? { value: NaN, unit: text });
  const out: AttributeValue[] = [];
  for (const measure of measures) {
    if (!Number.isFinite(measure.value)) {
      report('error', 'ozon.not-a-number', { value: measure.unit ?? '' });
      continue;
    }
    const target = unitOfName(schema.name);
    const converted = measure.unit === undefined || target === undefined ? measure.value : convert(measure.value, measure.unit, target);
    if (converted === undefined) {
      report('error', 'ozon.unit-mismatch', { value: numberText(measure.value), unit: measure.unit ?? '', expected: target ?? '' });
    } else if (/^integer$/i.test(schema.type) && !Number.isInteger(converted)) {
      report('error', 'ozon.not-a-whole-number', { value: numberText(converted) });
    } else {
      out.push({ text: numberText(converted) });
    }
  }
  return out;
}

const YES = /^(да|yes|true|1|есть|\+)$/i;
const NO = /^(нет|no|false|0|-)$/i;

function flag(value: MasterAttribute, report: Report): readonly AttributeValue[] {
  const text = textsOf(value)[0] ?? '';
  if (text === '') return [];
  if (YES.test(text)) return [{ text: 'true' }];
  if (NO.test(text)) return [{ text: 'false' }];
  report('error', 'ozon.not-yes-or-no', { value: text });
  return [];
}

/** Free text. Several texts become one where the attribute takes one value; a number is told in the unit of the name. */
function plain(schema: AttributeSchema, value: MasterAttribute): readonly AttributeValue[] {
  if (typeof value === 'object' && 'value' in value) {
    const target = unitOfName(schema.name);
    const converted = value.unit === undefined || target === undefined ? undefined : convert(value.value, value.unit, target);
    if (converted !== undefined) return [{ text: numberText(converted) }];
  }
  const texts = textsOf(value);
  if (texts.length === 0) return [];
  return schema.collection ? texts.map((text) => ({ text })) : [{ text: texts.join(', ') }];
}

import { type Diagnostic, convert, line, measureOf, nameForm, numberText } from '#kernel';
import type { AttributeValue, MasterAttribute } from '#channels/contract';
import type { Characteristic } from './wildberries.references.js';

interface Found {
  readonly values: readonly AttributeValue[];
  readonly diagnostics: readonly Diagnostic[];
}

type Report = (severity: Diagnostic['severity'], code: string, params?: Readonly<Record<string, string | number>>) => void;

/** One master value as values of one characteristic. `list`: the permitted values, when there is a list of them. */
export function valuesOf(schema: Characteristic, value: MasterAttribute, list: readonly string[] | undefined): Found {
  const diagnostics: Diagnostic[] = [];
  const report: Report = (severity, code, params) => diagnostics.push({ severity, path: `attributes.${schema.id}`, code, params: { name: schema.name, ...params } });
  const values = schema.type === 'number' ? number(schema, value, report) : texts(schema, value, list, report);
  return { values, diagnostics };
}

function number(schema: Characteristic, value: MasterAttribute, report: Report): readonly AttributeValue[] {
  const text = textsOf(value, schema.unit)[0] ?? '';
  if (text === '') return [];
  const measure = typeof value === 'object' && 'value' in value ? value : measureOf(text);
  if (measure === undefined || !Number.isFinite(measure.value)) {
    report('error', 'wildberries.not-a-number', { value: text });
    return [];
  }
  const converted = measure.unit === undefined || schema.unit === '' ? measure.value : convert(measure.value, measure.unit, schema.unit);
  if (converted === undefined) {
    report('error', 'wildberries.unit-mismatch', { value: text, unit: schema.unit });
    return [];
  }
  return [{ text: numberText(converted), number: true }];
}

function texts(schema: Characteristic, value: MasterAttribute, list: readonly string[] | undefined, report: Report): readonly AttributeValue[] {
  const given = textsOf(value, schema.unit);
  // What comes as a list is separated already.
  const whole = schema.maxCount === 1 || Array.isArray(value) || list?.some((one) => given.includes(one));
  const several = whole ? given : given.flatMap(parts);
  const found = [...new Set(list === undefined ? several : several.map((text) => listed(text, list, report)))];
  const limit = schema.maxCount > 0 ? schema.maxCount : Infinity;
  if (found.length > limit) report('warning', 'wildberries.values-cut', { limit, given: found.length });
  return found.slice(0, limit).map((text) => ({ text }));
}

/** "красный; синий" is two values where a characteristic takes several. A comma between digits belongs to a number. */
function parts(text: string): readonly string[] {
  return text
    .split(/;|,(?!\d)/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

const SUGGESTIONS = 3;

/** The list's own spelling of a value. One that is not in it is sent as it is: the lists are known to lag behind what is accepted. */
function listed(text: string, list: readonly string[], report: Report): string {
  const form = nameForm(text);
  const found = list.find((one) => one === text) ?? list.find((one) => nameForm(one) === form);
  if (found !== undefined) return found;
  const near = list.filter((one) => nameForm(one).includes(form.slice(0, 5))).slice(0, SUGGESTIONS);
  report('warning', 'wildberries.value-not-in-list', { value: text, suggestions: near.join(', ') });
  return text;
}

/** The texts of a master value; a measure in the characteristic's own unit where it can be converted to it. */
function textsOf(value: MasterAttribute, unit: string): readonly string[] {
  if (typeof value === 'boolean') return [value ? 'Да' : 'Нет'];
  if (typeof value === 'string') return [line(value)].filter((text) => text !== '');
  if (!('value' in value)) return value.map(line).filter((text) => text !== '');
  if (value.unit === undefined) return [numberText(value.value)];
  const converted = unit === '' ? undefined : convert(value.value, value.unit, unit);
  return [converted === undefined ? `${numberText(value.value)} ${value.unit}` : numberText(converted)];
}

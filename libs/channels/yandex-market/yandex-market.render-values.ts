import { type Diagnostic, convert, line, measureOf, nameForm, numberText } from '#kernel';
import type { AttributeValue, MasterAttribute } from '#channels/contract';
import { unitKey } from './yandex-market.normalise.js';
import type { Parameter } from './yandex-market.references.js';

interface Found {
  readonly values: readonly AttributeValue[];
  readonly diagnostics: readonly Diagnostic[];
}

type Report = (severity: Diagnostic['severity'], code: string, params?: Readonly<Record<string, string | number>>) => void;

/** One master value as values of one characteristic. */
export function valuesOf(parameter: Parameter, value: MasterAttribute): Found {
  const diagnostics: Diagnostic[] = [];
  const report: Report = (severity, code, params) => diagnostics.push({ severity, path: `attributes.${parameter.id}`, code, params: { name: parameter.name, ...params } });
  const values = BY_TYPE[parameter.type](parameter, value, report);
  const limit = parameter.multivalue ? Infinity : 1;
  if (values.length > limit) report('warning', 'yandex-market.values-cut', { limit, given: values.length });
  return { values: values.slice(0, limit), diagnostics };
}

const BY_TYPE: Readonly<Record<Parameter['type'], (parameter: Parameter, value: MasterAttribute, report: Report) => readonly AttributeValue[]>> = {
  TEXT: texts,
  ENUM: listed,
  BOOLEAN: flag,
  NUMERIC: number,
};

/** The texts of a master value. */
function textsOf(value: MasterAttribute): readonly string[] {
  if (typeof value === 'boolean') return [value ? 'Да' : 'Нет'];
  if (typeof value === 'string') return [line(value)].filter((text) => text !== '');
  if ('value' in value) return [value.unit === undefined ? numberText(value.value) : `${numberText(value.value)} ${value.unit}`];
  return value.map(line).filter((text) => text !== '');
}

function texts(parameter: Parameter, value: MasterAttribute, report: Report): readonly AttributeValue[] {
  const given = textsOf(value);
  const whole = parameter.multivalue || given.length === 0 ? given : [given.join(', ')];
  return whole.map((text) => {
    const limit = parameter.maxLength ?? Infinity;
    if (text.length > limit) report('warning', 'yandex-market.text-cut', { limit, given: text.length });
    return { text: text.slice(0, limit).trim() };
  });
}

const SUGGESTIONS = 3;

const lists = new WeakMap<Parameter['values'], ReadonlyMap<string, Parameter['values'][number]>>();

function find(values: Parameter['values'], text: string): Parameter['values'][number] | undefined {
  let index = lists.get(values);
  if (index === undefined) {
    index = new Map([...values].reverse().map((one) => [nameForm(one.value), one]));
    lists.set(values, index);
  }
  return index.get(nameForm(text));
}

/** Values of the list by its ids; others only where the seller may have his own. */
function listed(parameter: Parameter, value: MasterAttribute, report: Report): readonly AttributeValue[] {
  const out: AttributeValue[] = [];
  for (const text of Array.isArray(value) ? textsOf(value) : separated(parameter, textsOf(value))) {
    const found = find(parameter.values, text);
    if (found !== undefined) {
      if (!out.some((known) => known.id === found.id)) out.push({ id: found.id, text: line(found.value) });
    } else if (parameter.customValues) out.push({ text });
    else {
      const start = nameForm(text).slice(0, 4);
      const near = parameter.values.filter((one) => nameForm(one.value).includes(start)).slice(0, SUGGESTIONS);
      report(parameter.required ? 'error' : 'warning', 'yandex-market.value-not-in-dictionary', { value: text, suggestions: near.map((one) => one.value).join(', ') });
    }
  }
  return out;
}

/** "красный; синий" is two values where a characteristic takes several and the whole is not one itself. What comes as a list is separated already. */
function separated(parameter: Parameter, given: readonly string[]): readonly string[] {
  if (!parameter.multivalue) return given;
  return given.flatMap((text) =>
    find(parameter.values, text) !== undefined
      ? [text]
      : text
          .split(/;|,(?!\d)/)
          .map((part) => part.trim())
          .filter((part) => part !== ''),
  );
}

const YES = /^(да|yes|true|1|есть|\+)$/i;
const NO = /^(нет|no|false|0|-)$/i;

function flag(_parameter: Parameter, value: MasterAttribute, report: Report): readonly AttributeValue[] {
  const text = textsOf(value)[0] ?? '';
  if (text === '') return [];
  if (YES.test(text)) return [{ text: 'true' }];
  if (NO.test(text)) return [{ text: 'false' }];
  report('error', 'yandex-market.not-yes-or-no', { value: text });
  return [];
}

/** A plain number, in the characteristic's usual unit where it has units. */
function number(parameter: Parameter, value: MasterAttribute, report: Report): readonly AttributeValue[] {
  const given = typeof value === 'object' && 'value' in value ? [value] : textsOf(value).map((text) => measureOf(text) ?? { value: NaN, unit: text });
  const out: AttributeValue[] = [];
  for (const measure of given) {
    if (!Number.isFinite(measure.value)) {
      report('error', 'yandex-market.not-a-number', { value: measure.unit ?? '' });
      continue;
    }
    const unit = parameter.units.find((one) => one.id === parameter.defaultUnit) ?? parameter.units[0];
    const converted = measure.unit === undefined || unit === undefined ? measure.value : convert(measure.value, measure.unit, unit.name);
    if (converted === undefined) {
      report('error', 'yandex-market.unit-mismatch', { value: `${numberText(measure.value)} ${measure.unit ?? ''}`, unit: unit?.name ?? '' });
      continue;
    }
    if (converted < (parameter.min ?? -Infinity) || converted > (parameter.max ?? Infinity)) {
      report('error', 'yandex-market.out-of-range', { value: numberText(converted), min: parameter.min ?? '', max: parameter.max ?? '' });
      continue;
    }
    out.push(unit === undefined ? { text: numberText(converted) } : { id: unitKey(unit.id), text: `${numberText(converted)} ${unit.name}` });
  }
  return out;
}

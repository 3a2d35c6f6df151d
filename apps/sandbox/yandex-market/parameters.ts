import { findLeaf, GROUP_PARAMETER, parametersOf, type Parameter } from './categories.js';
import type { Note, ParameterValue } from './model.js';

/** What is wrong with one item of a request, in the market's own words. */
export interface ItemFault {
  type: string;
  parameterId?: number;
  message: string;
}

const LONGEST_GROUP = 255;

/** Faults of values that keep a whole request from being applied. An empty value takes the characteristic away. */
export function parameterFaults(categoryId: number, values: readonly ParameterValue[]): ItemFault[] {
  const known = new Map(parametersOf(categoryId).map((one) => [one.id, one]));
  return values.flatMap((one): ItemFault[] => {
    const parameter = known.get(one.parameterId);
    if (!parameter) {
      const where = findLeaf(categoryId)?.name ?? categoryId;
      return [{ type: 'UNKNOWN_PARAMETER', parameterId: one.parameterId, message: `В категории «${where}» нет характеристики ${one.parameterId}` }];
    }
    const fault = one.value === undefined || one.value === '' ? undefined : faultOf(parameter, one);
    return fault ? [{ ...fault, parameterId: parameter.id }] : [];
  });
}

function faultOf({ id, name, type, units }: Parameter, { value = '', unitId }: ParameterValue): ItemFault | undefined {
  if (type === 'BOOLEAN' && !/^(true|false)$/i.test(value)) return { type: 'UNEXPECTED_BOOLEAN_VALUE', message: `«${name}»: ожидается true или false, получено «${value}»` };
  if (type === 'NUMERIC' && !/^-?\d+(\.\d+)?$/.test(value.trim())) return { type: 'NUMBER_FORMAT', message: `«${name}»: «${value}» не число` };
  if (unitId !== undefined && !units.some((unit) => unit.id === unitId)) return { type: 'INVALID_UNIT_ID', message: `«${name}»: недопустимая единица измерения ${unitId}` };
  if (id !== GROUP_PARAMETER) return undefined;
  if (value.length > LONGEST_GROUP) return { type: 'INVALID_GROUP_ID_LENGTH', message: `«${name}»: больше ${LONGEST_GROUP} символов` };
  return /[\x00-\x1f\x7f]/.test(value) ? { type: 'INVALID_GROUP_ID_CHARACTERS', message: `«${name}»: недопустимые символы` } : undefined;
}

/** Characteristics after a request that names some of them: those it names are replaced, the rest stay. What does not fit a list or a length is dropped and told. */
export function mergedParameters(categoryId: number, live: readonly ParameterValue[], given: readonly ParameterValue[]): { parameters: ParameterValue[]; dropped: Note[] } {
  const known = new Map(parametersOf(categoryId).map((one) => [one.id, one]));
  const named = new Set(given.map((one) => one.parameterId));
  const parameters = live.filter((one) => !named.has(one.parameterId));
  const taken = new Set<number>();
  const dropped: Note[] = [];
  for (const one of given) {
    const parameter = known.get(one.parameterId);
    if (!parameter || (one.valueId === undefined && (one.value ?? '').trim() === '')) continue;
    const kept = keptValue(parameter, one);
    if (kept === undefined)
      dropped.push({ message: `Характеристика «${parameter.name}»: значение «${one.value ?? one.valueId}» не подходит`, comment: 'Выберите значение из списка' });
    else if (taken.has(parameter.id) && !parameter.multivalue)
      dropped.push({ message: `Характеристика «${parameter.name}» принимает одно значение`, comment: `Лишнее: «${one.value ?? one.valueId}»` });
    else {
      parameters.push(kept);
      taken.add(parameter.id);
    }
  }
  return { parameters, dropped };
}

function keptValue(
  { id: parameterId, type, values, custom, units, defaultUnit, maxLength }: Parameter,
  { valueId, value = '', unitId }: ParameterValue,
): ParameterValue | undefined {
  const text = value.trim();
  switch (type) {
    case 'ENUM': {
      const listed = values.find((one) => (valueId === undefined ? one.value.toLowerCase() === text.toLowerCase() : one.id === valueId));
      if (listed) return { parameterId, valueId: listed.id, value: listed.value };
      return custom && valueId === undefined ? { parameterId, value: text } : undefined;
    }
    case 'BOOLEAN':
      return { parameterId, value: text.toLowerCase() };
    case 'NUMERIC':
      return { parameterId, value: text, ...(units.length > 0 ? { unitId: unitId ?? defaultUnit } : {}) };
    default:
      return text.length <= (maxLength ?? Infinity) ? { parameterId, value: text } : undefined;
  }
}

/** Required characteristics of a category that are not there. */
export function missingParameters(categoryId: number, parameters: readonly ParameterValue[]): Parameter[] {
  const present = new Set(parameters.map((one) => one.parameterId));
  return parametersOf(categoryId).filter((one) => one.required && !present.has(one.id));
}

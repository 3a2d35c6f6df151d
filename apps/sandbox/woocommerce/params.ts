import { invalidParams, type Fault } from './problem.js';

/** What a member may be. null is taken for not sent. */
export type Shape =
  | { readonly type: 'string' | 'integer' | 'number' | 'boolean' | 'any'; readonly one?: readonly string[]; readonly low?: number; readonly high?: number }
  | { readonly type: 'array'; readonly items: Shape }
  | { readonly type: 'object'; readonly members: Shapes };
export type Shapes = Readonly<Record<string, Shape>>;

export const text: Shape = { type: 'string' };
export const whole: Shape = { type: 'integer' };
export const flag: Shape = { type: 'boolean' };
export const any: Shape = { type: 'any' };
export const oneOf = (one: readonly string[]): Shape => ({ type: 'string', one });
export const listOf = (items: Shape): Shape => ({ type: 'array', items });
export const object = (members: Shapes): Shape => ({ type: 'object', members });

/** Throws what the shop answers to members of a wrong type; members it does not know pass. */
export function checkParams(values: Readonly<Record<string, unknown>>, shapes: Shapes): void {
  const faults: Record<string, Fault> = {};
  for (const [name, shape] of Object.entries(shapes)) {
    const fault = faultOf(values[name], shape, name);
    if (fault) faults[name] = fault;
  }
  if (Object.keys(faults).length > 0) throw invalidParams(faults);
}

function faultOf(value: unknown, shape: Shape, name: string): Fault | undefined {
  if (value === undefined || value === null) return undefined;
  if (!hasType(value, shape)) return { code: 'rest_invalid_type', message: `${name} is not of type ${shape.type}.` };
  if (shape.type === 'array') return firstOf(listed(value).map((item, at) => faultOf(item, shape.items, `${name}[${at}]`)));
  if (shape.type === 'object')
    return firstOf(Object.entries(shape.members).map(([member, inner]) => faultOf((value as Record<string, unknown>)[member], inner, `${name}[${member}]`)));
  if (shape.one && !shape.one.includes(String(value))) return { code: 'rest_not_in_enum', message: `${name} is not one of ${shape.one.join(', ')}.` };
  const n = Number(value);
  if ((shape.low !== undefined && n < shape.low) || (shape.high !== undefined && n > shape.high))
    return { code: 'rest_out_of_bounds', message: `${name} must be between ${shape.low} (inclusive) and ${shape.high} (inclusive)` };
  return undefined;
}

function hasType(value: unknown, { type }: Shape): boolean {
  switch (type) {
    case 'string':
      return typeof value === 'string';
    case 'integer':
      return isNumeric(value) && Number.isInteger(Number(value));
    case 'number':
      return isNumeric(value);
    case 'boolean':
      return typeof value === 'boolean' || value === 0 || value === 1 || (typeof value === 'string' && ['true', 'false', '0', '1', ''].includes(value.toLowerCase()));
    case 'array':
      return Array.isArray(value) || typeof value === 'string';
    case 'object':
      return typeof value === 'object' || value === '';
    case 'any':
      return true;
  }
}

const isNumeric = (value: unknown): boolean => typeof value === 'number' || (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value));
const firstOf = <T>(values: readonly (T | undefined)[]): T | undefined => values.find((value) => value !== undefined);

/** A list, or a text with commas as one. */
export function listed(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  return typeof value === 'string' && value !== '' ? value.split(',').map((part) => part.trim()) : [];
}

export const truthy = (value: unknown): boolean => value === true || value === 1 || (typeof value === 'string' && ['true', '1'].includes(value.toLowerCase()));
export const isSent = (value: unknown): boolean => value !== undefined && value !== null;
export const objectsOf = (value: unknown): Record<string, unknown>[] =>
  listed(value).filter((item): item is Record<string, unknown> => typeof item === 'object' && item !== null && !Array.isArray(item));

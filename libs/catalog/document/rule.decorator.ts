import { ValidateBy, type ValidationArguments } from 'class-validator';
import { shown } from '../faults/validation-issue.js';
import type { FaultCode, FaultParams } from '../faults/fault-texts.js';

/** What a check found wrong: its code, and the place and value inside the field when the field is a whole of many. */
export interface Found {
  readonly code: FaultCode;
  readonly params?: FaultParams;
  /** Place below the field ("Цвет"); absent: the field itself. */
  readonly at?: string;
  readonly value?: unknown;
}

/** Answers what is wrong with a value, or undefined. */
export type Check = (value: unknown) => Found | undefined;

export type ToldFault = Omit<Found, 'value'> & { readonly shown?: string };

/** A check of a field. The validator carries text only, so the fault travels as JSON. */
export function Holds(check: Check): PropertyDecorator {
  return ValidateBy({
    name: 'holds',
    validator: {
      validate: (value) => check(value) === undefined,
      defaultMessage: (args?: ValidationArguments) => {
        const found = check(args?.value) ?? { code: 'object' };
        const told: ToldFault = { code: found.code, params: found.params, at: found.at, ...('value' in found && { shown: shown(found.value) }) };
        return JSON.stringify(told);
      },
    },
  });
}

import { ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { type FieldFault, Problem } from './problem.js';

const SECRET_FIELD = /password|secret|token|credential|current|key/i;

function shown(field: string, value: unknown): unknown {
  if (SECRET_FIELD.test(field)) return undefined;
  if (typeof value === 'string') return value.slice(0, 200);
  return typeof value === 'number' || typeof value === 'boolean' || value === null ? value : undefined;
}

export function fieldFaults(errors: readonly ValidationError[], above = ''): FieldFault[] {
  return errors.flatMap((error) => {
    const field = above === '' ? error.property : `${above}.${error.property}`;
    const own = Object.entries(error.constraints ?? {}).map(([rule, text]): FieldFault =>
      rule === 'whitelistValidation'
        ? { field, message: 'is not known here', remedy: 'Leave it out.' }
        : { field, value: shown(field, error.value), message: error.value === undefined ? `is missing: ${text}` : text },
    );
    return [...own.slice(0, 1), ...fieldFaults(error.children ?? [], field)];
  });
}

/** Checks every body and query against its class; unknown members are refused. */
export function validationPipe(): ValidationPipe {
  return new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    exceptionFactory: (errors: ValidationError[]) => {
      const faults = fieldFaults(errors);
      return new Problem(422, 'invalid', 'The request has a fault', { detail: faults.map((fault) => `${fault.field} ${fault.message}`).join('; '), errors: faults });
    },
  });
}

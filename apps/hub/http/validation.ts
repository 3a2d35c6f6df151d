import { ValidationPipe } from '@nestjs/common';
import { getMetadataStorage, type ValidationError } from 'class-validator';
import { type FieldFault, Problem } from './problem.js';

const SECRET_FIELD = /password|secret|token|credential|current|key/i;

function shown(field: string, value: unknown): unknown {
  if (SECRET_FIELD.test(field)) return undefined;
  if (typeof value === 'string') return value.slice(0, 200);
  return typeof value === 'number' || typeof value === 'boolean' || value === null ? value : undefined;
}

/** What the rule allows, for its text: the bound of a length or size, the members of a list. */
function allowedBy(error: ValidationError, rule: string): Readonly<Record<string, unknown>> {
  const { target } = error;
  if (target === undefined) return {};
  const rules = getMetadataStorage().getTargetValidationMetadatas(target.constructor, '', false, false);
  const allowed: unknown = rules.find((known) => known.propertyName === error.property && known.name === rule)?.constraints?.[0];
  return Array.isArray(allowed) ? { allowed: allowed.join(', ') } : { limit: allowed };
}

function contextCode(error: ValidationError, rule: string): string | undefined {
  const context: unknown = error.contexts?.[rule];
  const code: unknown = typeof context === 'object' && context !== null ? Reflect.get(context, 'code') : undefined;
  return typeof code === 'string' ? code : undefined;
}

function faultOf(error: ValidationError, field: string, rule: string, message: string): FieldFault {
  if (rule === 'whitelistValidation') return { field, code: 'unknown-field' };
  if (error.value === undefined) return { field, code: 'missing' };
  // A pattern says nothing to a person: its own context names it.
  const code = contextCode(error, rule) ?? (rule === 'matches' ? undefined : rule);
  return { field, value: shown(field, error.value), ...(code === undefined ? {} : { code, params: allowedBy(error, rule) }), message };
}

export function fieldFaults(errors: readonly ValidationError[], above = ''): FieldFault[] {
  return errors.flatMap((error) => {
    const field = above === '' ? error.property : `${above}.${error.property}`;
    const own = Object.entries(error.constraints ?? {}).map(([rule, text]) => faultOf(error, field, rule, text));
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
    // The class behind a fault knows what its rule allows; it goes no further than `fieldFaults`.
    validationError: { target: true, value: true },
    exceptionFactory: (errors: ValidationError[]) => {
      const faults = fieldFaults(errors);
      return new Problem(422, 'invalid', 'The request has a fault', { detail: faults.map(({ field, code, message }) => `${field} ${code ?? message}`).join('; '), errors: faults });
    },
  });
}

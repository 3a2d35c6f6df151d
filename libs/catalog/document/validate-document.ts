import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import type { ValidationIssue } from '../catalog-error.js';
import { ProductDocumentDto } from './product-document.dto.js';

const SHOWN = 120;

/** Every fault of a document given from outside; an empty list means that it is a `ProductDocument`. */
export function validateDocument(input: object): ValidationIssue[] {
  const dto = plainToInstance(ProductDocumentDto, input);
  const errors = validateSync(dto, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true });
  return errors.flatMap((error) => issuesOf(error, ''));
}

function issuesOf(error: ValidationError, parent: string): ValidationIssue[] {
  const field = parent ? `${parent}.${error.property}` : error.property;
  const own = Object.entries(error.constraints ?? {}).map(([rule, message]): ValidationIssue => {
    const context: unknown = error.contexts?.[rule];
    if (rule === 'whitelistValidation') {
      return { field, value: shown(error.value), reason: 'no such field', remedy: 'remove it or correct its name' };
    }
    return { field, value: shown(error.value), reason: message, remedy: remedyOf(context) };
  });
  return [...own, ...(error.children ?? []).flatMap((child) => issuesOf(child, field))];
}

function remedyOf(context: unknown): string {
  return context !== null && typeof context === 'object' && 'remedy' in context ? String(context.remedy) : 'give it in the documented form';
}

export function shown(value: unknown): string {
  if (value === undefined) return '(none)';
  const text = (typeof value === 'string' ? JSON.stringify(value) : (JSON.stringify(value) ?? String(value))).replace(/\p{Surrogate}/gu, '\ufffd');
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}

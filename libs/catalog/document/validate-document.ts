import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { issueOf, type ValidationIssue } from '../faults/validation-issue.js';
import { ProductDocumentDto } from './product-document.dto.js';
import type { ToldFault } from './rule.decorator.js';

/** Every fault of a document given from outside; an empty list means that it is a `ProductDocument`. */
export function validateDocument(input: object): ValidationIssue[] {
  const dto = plainToInstance(ProductDocumentDto, input);
  const errors = validateSync(dto, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true });
  return errors.flatMap((error) => issuesOf(error, ''));
}

function issuesOf(error: ValidationError, parent: string): ValidationIssue[] {
  const field = parent ? `${parent}.${error.property}` : error.property;
  const own = Object.entries(error.constraints ?? {}).map(([rule, message]): ValidationIssue => {
    if (rule === 'whitelistValidation') return issueOf(field, error.value, 'unknown-field');
    if (rule !== 'holds') return issueOf(field, error.value, 'object');
    const { code, params, at, shown } = JSON.parse(message) as ToldFault;
    const issue = issueOf(at === undefined ? field : `${field}.${at}`, error.value, code, params);
    return shown === undefined ? issue : { ...issue, value: shown };
  });
  return [...own, ...(error.children ?? []).flatMap((child) => issuesOf(child, field))];
}

import { MAX_GRAMS, MAX_SIZE } from '../document/value-checks.js';
import { issueOf, type ValidationIssue } from '../faults/validation-issue.js';

/**
 * A decimal as shops write it: point or comma, any spaces between thousands, a sign. Undefined for anything else, and for more digits
 * than a number holds exactly.
 */
export function parseDecimal(text: string): number | undefined {
  const plain = text.replace(/[\s\u00a0\u202f]/g, '').replace(',', '.');
  if (!/^[+-]?\d{1,15}(\.\d{1,15})?$/.test(plain)) return undefined;
  return plain.replace(/[^\d]/g, '').replace(/^0+/, '').length > 15 ? undefined : Number(plain);
}

/** A size or weight in the smallest unit kept (mm, g): rounded, never below 1; undefined for 0 and less. */
export function parseMeasure(text: string, factor: number): number | undefined {
  const value = parseDecimal(text);
  return value === undefined || value <= 0 ? undefined : Math.max(1, Math.round(value * factor));
}

export interface Measured {
  readonly value?: number;
  readonly issue?: ValidationIssue;
}

/** A weight in grams or a size in millimetres, as the catalog takes it; the issue says why not. Nothing of both for an empty text. */
export function measured(field: string, text: string | undefined, factor: number): Measured {
  if (text === undefined || text === '') return {};
  const value = parseMeasure(text, factor);
  if (value === undefined) return { issue: issueOf(field, text, 'feed-measure') };
  const weight = field === 'weight';
  const max = weight ? MAX_GRAMS : MAX_SIZE;
  return value <= max ? { value } : { issue: issueOf(field, text, weight ? 'table-too-heavy' : 'table-too-large', { max }) };
}

/** Whole pieces; a fraction is cut, what is below nothing is nothing: nobody can sell either. */
export function parsePieces(text: string): number | undefined {
  const value = parseDecimal(text);
  return value === undefined ? undefined : Math.max(0, Math.floor(value));
}

import { issueOf, type ValidationIssue } from '../faults/validation-issue.js';
import { DOCUMENT_FIELDS, type DocumentField, type ProductDocument } from './product-document.js';
import * as checks from './value-checks.js';
import type { Check } from './value-checks.js';

const { optional } = checks;

const FIELD_CHECKS: Readonly<Record<DocumentField, Check>> = {
  sku: checks.sku,
  title: checks.title,
  description: checks.text(50_000),
  brand: optional(checks.text(200, 1)),
  category: checks.category,
  country: optional(checks.text(100, 1)),
  vat: optional(checks.vat),
  attributes: checks.keyed(300, checks.attribute),
  media: checks.media,
  dimensions: optional(checks.dimensions),
  weight: optional(checks.grams(checks.MAX_GRAMS)),
  barcodes: checks.barcodes,
  price: optional(checks.money),
  oldPrice: optional(checks.money),
  minPrice: optional(checks.money),
  stock: checks.keyed(200, checks.pieces),
  model: optional(checks.model),
  components: optional(checks.components),
  translations: optional(checks.keyed(20, checks.translation)),
  externalIds: optional(checks.keyed(50, checks.text(200, 1))),
  overrides: optional(checks.keyed(50, checks.override)),
  archived: checks.yesNo,
};

/**
 * Every fault of a document given from outside; an empty list means that it is a `ProductDocument`. Fields that are the very values of the valid document it
 * was made from, `before`, are not judged again.
 */
export function validateDocument(input: object, before?: ProductDocument): ValidationIssue[] {
  const given = input as Readonly<Record<string, unknown>>;
  const issues: ValidationIssue[] = [];
  for (const field of DOCUMENT_FIELDS) {
    const value = given[field];
    if (before !== undefined && value === before[field]) continue;
    const found = FIELD_CHECKS[field](value);
    if (found) issues.push(issueOf(found.at === undefined ? field : `${field}.${found.at}`, 'value' in found ? found.value : value, found.code, found.params));
  }
  for (const field of Object.keys(given)) if (!Object.hasOwn(FIELD_CHECKS, field)) issues.push(issueOf(field.slice(0, 100), given[field], 'unknown-field'));
  return issues;
}

import { DOCUMENT_FIELDS } from '#catalog';
import { faulty, type FieldFault, Problem } from '../http/problem.js';

/** The body of a product write; the catalog checks each field and names what is wrong. */
export function fieldsOf(body: unknown, kinds: 'all' | 'without-sku'): Record<string, unknown> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw faulty({ field: 'body', code: 'product-body' });
  const known: readonly string[] = DOCUMENT_FIELDS;
  const faults = Object.keys(body)
    .filter((field) => !known.includes(field) || (kinds === 'without-sku' && field === 'sku'))
    .map((field): FieldFault =>
      field === 'sku' ? { field, message: 'never changes', remedy: 'Leave it out.' } : { field, message: 'is not a field of a product', remedy: `Use ${known.join(', ')}.` },
    );
  if (faults.length > 0) throw new Problem(422, 'invalid', 'The request has a fault', { errors: faults });
  return Object.fromEntries(Object.entries(body));
}

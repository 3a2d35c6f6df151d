import { BarcodeConflict, CatalogError, InvalidProduct, PictureRefused, ProductNotFound, SkuTaken, StaleRevision } from '#catalog';
import { SteeringRefused } from '#reconcile';
import { Problem } from './problem.js';

function steeringProblem(error: SteeringRefused): Problem {
  return error.reason === 'not-found'
    ? new Problem(404, 'not-found', error.message, { remedy: error.remedy })
    : new Problem(409, 'wrong-state', error.message, { remedy: error.remedy });
}

/** The expected refusals of the libraries as problems; undefined for anything else. */
export function knownProblem(error: unknown): Problem | undefined {
  if (error instanceof SteeringRefused) return steeringProblem(error);
  if (!(error instanceof CatalogError)) return undefined;
  const detail = error.message;
  if (error instanceof InvalidProduct) {
    return new Problem(422, error.code, 'The product has a fault', {
      detail,
      errors: error.issues.map(({ field, value, reason, remedy }) => ({ field, value, message: reason, remedy })),
    });
  }
  if (error instanceof ProductNotFound) return new Problem(404, error.code, detail);
  if (error instanceof SkuTaken) {
    return new Problem(409, error.code, detail, { errors: [{ field: 'sku', value: error.sku, message: 'is taken', remedy: 'Change that product, or choose another SKU.' }] });
  }
  if (error instanceof StaleRevision) {
    return new Problem(412, error.code, 'Somebody else changed the product meanwhile', {
      detail,
      remedy: 'Read it again and repeat the change.',
      headers: { etag: `"${error.current}"` },
      errors: error.fields.map((field) => ({ field: field.field, value: field.proposed, message: 'was changed meanwhile' })),
      more: { current: error.current, base: error.base, fields: error.fields },
    });
  }
  if (error instanceof BarcodeConflict) {
    return new Problem(409, error.code, 'A barcode belongs to another product', {
      detail,
      errors: error.clashes.map((clash) => ({ field: 'barcodes', value: clash.barcode, message: `belongs to ${clash.ownerSku}`, remedy: 'Remove it from one of the two.' })),
      more: { clashes: error.clashes },
    });
  }
  if (error instanceof PictureRefused) return new Problem(422, error.code, 'The picture cannot be used', { detail });
  return new Problem(422, error.code, detail);
}

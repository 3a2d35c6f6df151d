import { BarcodeConflict, CatalogError, InvalidProduct, PictureRefused, ProductNotFound, SkuTaken, StaleRevision } from '#catalog';
import { SteeringRefused } from '#reconcile';
import { Problem } from './problem.js';

function steeringProblem(error: SteeringRefused): Problem {
  const { message, remedy, why } = error;
  return error.reason === 'not-found'
    ? new Problem(404, 'not-found', message, { params: { thing: why?.thing ?? 'address' } })
    : new Problem(409, 'wrong-state', message, { detail: message, remedy, ...(why === undefined ? {} : { reason: why.code, params: why.params }) });
}

/** The expected refusals of the libraries as problems; undefined for anything else. */
export function knownProblem(error: unknown): Problem | undefined {
  if (error instanceof SteeringRefused) return steeringProblem(error);
  if (!(error instanceof CatalogError)) return undefined;
  const { code, message: detail } = error;
  if (error instanceof InvalidProduct) {
    return new Problem(422, code, 'The product has a fault', {
      detail,
      errors: error.issues.map(({ field, value, reason, remedy }) => ({ field, value, message: reason, remedy })),
    });
  }
  if (error instanceof ProductNotFound) return new Problem(404, code, detail, { params: { sku: error.sku } });
  if (error instanceof SkuTaken) return new Problem(409, code, detail, { params: { sku: error.sku }, errors: [{ field: 'sku', value: error.sku, code: 'taken' }] });
  if (error instanceof StaleRevision) {
    const { current, base, fields } = error;
    return new Problem(412, code, 'Somebody else changed the product meanwhile', {
      params: { current, base },
      headers: { etag: `"${current}"` },
      errors: fields.map((field) => ({ field: field.field, value: field.proposed, code: 'changed-meanwhile' })),
      more: { current, base, fields },
    });
  }
  if (error instanceof BarcodeConflict) {
    return new Problem(409, code, 'A barcode belongs to another product', {
      detail,
      errors: error.clashes.map((clash) => ({ field: 'barcodes', value: clash.barcode, code: 'barcode-taken', params: { owner: clash.ownerSku } })),
      more: { clashes: error.clashes },
    });
  }
  return new Problem(422, code, error instanceof PictureRefused ? 'The picture cannot be used' : detail, { detail });
}

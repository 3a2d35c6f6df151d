import { BarcodeConflict, CatalogError, explainFault, PictureRefused, ProductNotFound, SkuTaken, StaleRevision, type ValidationIssue } from '#catalog';
import { SteeringRefused } from '#reconcile';
import { type Explained, type FieldFault, Problem, type ProblemParts } from './problem.js';

function steeringProblem(error: SteeringRefused): Problem {
  const { message, remedy, why } = error;
  return error.reason === 'not-found'
    ? new Problem(404, 'not-found', message, { params: { thing: why?.thing ?? 'address' } })
    : new Problem(409, 'wrong-state', message, { detail: message, remedy, ...(why === undefined ? {} : { reason: why.code, params: why.params }) });
}

/** The catalog has the texts of its own faults; they are parts of sentences, without a capital letter and a full stop. */
export function inCatalogWords(fault: Parameters<typeof explainFault>[0]): (language: Parameters<typeof explainFault>[1]) => Explained {
  return (language) => {
    const { reason, remedy } = explainFault(fault, language);
    return { message: reason, remedy };
  };
}

function issuesOf(error: CatalogError): readonly ValidationIssue[] {
  return 'issues' in error && Array.isArray(error.issues) ? (error.issues as readonly ValidationIssue[]) : [];
}

function faultsOf(error: CatalogError): readonly FieldFault[] {
  if (error instanceof SkuTaken) return [{ field: 'sku', value: error.sku, code: 'taken' }];
  if (error instanceof StaleRevision) return error.fields.map((field) => ({ field: field.field, value: field.proposed, code: 'changed-meanwhile' }));
  if (error instanceof BarcodeConflict)
    return error.clashes.map((clash) => ({ field: 'barcodes', value: clash.barcode, code: 'barcode-taken', params: { owner: clash.ownerSku } }));
  return issuesOf(error).map((issue) => ({
    field: issue.field,
    value: issue.value,
    code: issue.code,
    message: issue.reason,
    remedy: issue.remedy,
    explain: inCatalogWords(issue),
  }));
}

function statusOf(error: CatalogError): number {
  if (error instanceof ProductNotFound) return 404;
  if (error instanceof StaleRevision) return 412;
  return error instanceof SkuTaken || error instanceof BarcodeConflict ? 409 : 422;
}

function furtherOf(error: CatalogError): Pick<ProblemParts, 'more' | 'headers'> {
  if (error instanceof BarcodeConflict) return { more: { clashes: error.clashes } };
  if (!(error instanceof StaleRevision)) return {};
  const { current, base, fields } = error;
  return { headers: { etag: `"${current}"` }, more: { current, base, fields } };
}

/** The expected refusals of the libraries as problems; undefined for anything else. */
export function knownProblem(error: unknown): Problem | undefined {
  if (error instanceof SteeringRefused) return steeringProblem(error);
  if (!(error instanceof CatalogError)) return undefined;
  const errors = faultsOf(error);
  return new Problem(statusOf(error), error.code, error.message, {
    detail: error.message,
    explain: inCatalogWords(error instanceof PictureRefused ? error.cause : error),
    ...(errors.length === 0 ? {} : { errors }),
    ...furtherOf(error),
  });
}

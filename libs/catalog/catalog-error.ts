import { explainFault, type FaultCode, type FaultParams } from './faults/fault-texts.js';
import type { ValidationIssue } from './faults/validation-issue.js';

/** A field that somebody else changed meanwhile: what the write was based on, what stands now, what was wanted. */
export interface StaleField {
  readonly field: string;
  readonly base: unknown;
  readonly current: unknown;
  readonly proposed: unknown;
}

export interface BarcodeClash {
  readonly barcode: string;
  /** The product that holds the barcode. */
  readonly ownerSku: string;
  /** The product that wanted it. */
  readonly sku: string;
}

/** Expected refusals of the catalog; `code` is stable and with `params` gives the text in any language (`explainFault`). */
export abstract class CatalogError extends Error {
  abstract readonly code: FaultCode;
  abstract readonly params: FaultParams;
  override get name(): string {
    return this.constructor.name;
  }
}

export class InvalidProduct extends CatalogError {
  readonly code = 'invalid-product';
  readonly params: FaultParams;
  constructor(
    readonly sku: string,
    readonly issues: readonly ValidationIssue[],
  ) {
    super(`Product "${sku}" was not saved: ${issues.map((i) => `${i.field} (${i.value}): ${i.reason}; ${i.remedy}`).join(' · ')}`);
    this.params = { sku };
  }
}

export class ProductNotFound extends CatalogError {
  readonly code: 'product-not-found' | 'revision-not-found';
  readonly params: FaultParams;
  constructor(
    readonly sku: string,
    readonly revision?: number,
  ) {
    super(revision === undefined ? `There is no product "${sku}"` : `Product "${sku}" has no revision ${revision}`);
    this.code = revision === undefined ? 'product-not-found' : 'revision-not-found';
    this.params = { sku, ...(revision !== undefined && { revision }) };
  }
}

export class SkuTaken extends CatalogError {
  readonly code = 'sku-taken';
  readonly params: FaultParams;
  constructor(readonly sku: string) {
    super(`Product "${sku}" exists already; change it, or choose another SKU`);
    this.params = { sku };
  }
}

/** The write was based on a revision that is no longer the newest. */
export class StaleRevision extends CatalogError {
  readonly code = 'stale-revision';
  readonly params: FaultParams;
  constructor(
    readonly sku: string,
    readonly current: number,
    readonly base: number,
    readonly fields: readonly StaleField[],
  ) {
    super(`Product "${sku}" is at revision ${current}, the change was based on ${base}; read it again and repeat the change`);
    this.params = { sku, current, base };
  }
}

export class BarcodeConflict extends CatalogError {
  readonly code = 'barcode-conflict';
  /** Of the first clash; `clashes` has them all. */
  readonly params: FaultParams;
  constructor(readonly clashes: readonly BarcodeClash[]) {
    super(clashes.map((c) => `Barcode ${c.barcode} of "${c.sku}" belongs to "${c.ownerSku}"; remove it from one of the two`).join(' · '));
    const [first] = clashes;
    this.params = first ? { barcode: first.barcode, sku: first.sku, owner: first.ownerSku } : {};
  }
}

/** Bytes that are no picture a channel takes; `cause` says why, in any language. */
export class PictureRefused extends CatalogError {
  readonly code = 'picture-refused';
  readonly params: FaultParams;
  override readonly cause: { readonly code: FaultCode; readonly params?: FaultParams };
  constructor(code: FaultCode, params?: FaultParams) {
    const { reason, remedy } = explainFault({ code, params }, 'en');
    super(`${reason}; ${remedy}`);
    this.params = { message: reason };
    this.cause = { code, ...(params && { params }) };
  }
}

export class InvalidDeclaration extends CatalogError {
  readonly code = 'invalid-declaration';
  readonly params: FaultParams;
  constructor(
    readonly attribute: string,
    readonly issues: readonly ValidationIssue[],
  ) {
    super(`Attribute "${attribute}" was not declared: ${issues.map((i) => `${i.field} (${i.value}): ${i.reason}; ${i.remedy}`).join(' · ')}`);
    this.params = { name: attribute };
  }
}

export class InvalidTemplate extends CatalogError {
  readonly code = 'invalid-template';
  readonly params: FaultParams = {};
  constructor(readonly issues: readonly ValidationIssue[]) {
    super(`The template was not saved: ${issues.map((i) => `${i.field} (${i.value}): ${i.reason}; ${i.remedy}`).join(' · ')}`);
  }
}

/** A bulk edit that cannot be started as asked. */
export class BulkRefused extends CatalogError {
  constructor(
    readonly code: 'preview-outdated' | 'too-large-filter' | 'bulk-not-found' | 'bulk-running',
    readonly params: FaultParams = {},
  ) {
    super(`The bulk edit was not started: ${code}`);
  }
}

export class InvalidOperations extends CatalogError {
  readonly code = 'invalid-operations';
  readonly params: FaultParams = {};
  constructor(readonly issues: readonly ValidationIssue[]) {
    super(`The operations have faults: ${issues.map((i) => `${i.field} (${i.value}): ${i.reason}; ${i.remedy}`).join(' · ')}`);
  }
}

/** One fault of one value, addressed to the person who gave it. `field` is its place in the document. */
export interface ValidationIssue {
  readonly field: string;
  /** The value as given, shortened for showing. */
  readonly value: string;
  readonly reason: string;
  readonly remedy: string;
}

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

/** Expected refusals of the catalog; `code` is stable and keys the translated text. */
export abstract class CatalogError extends Error {
  abstract readonly code: string;
  override get name(): string {
    return this.constructor.name;
  }
}

export class InvalidProduct extends CatalogError {
  readonly code = 'invalid-product';
  constructor(
    readonly sku: string,
    readonly issues: readonly ValidationIssue[],
  ) {
    super(`Product "${sku}" was not saved: ${issues.map((i) => `${i.field} (${i.value}): ${i.reason}; ${i.remedy}`).join(' · ')}`);
  }
}

export class ProductNotFound extends CatalogError {
  readonly code = 'product-not-found';
  constructor(
    readonly sku: string,
    readonly revision?: number,
  ) {
    super(revision === undefined ? `There is no product "${sku}"` : `Product "${sku}" has no revision ${revision}`);
  }
}

export class SkuTaken extends CatalogError {
  readonly code = 'sku-taken';
  constructor(readonly sku: string) {
    super(`Product "${sku}" exists already; change it, or choose another SKU`);
  }
}

/** The write was based on a revision that is no longer the newest. */
export class StaleRevision extends CatalogError {
  readonly code = 'stale-revision';
  constructor(
    readonly sku: string,
    readonly current: number,
    readonly base: number,
    readonly fields: readonly StaleField[],
  ) {
    super(`Product "${sku}" is at revision ${current}, the change was based on ${base}; read it again and repeat the change`);
  }
}

export class BarcodeConflict extends CatalogError {
  readonly code = 'barcode-conflict';
  constructor(readonly clashes: readonly BarcodeClash[]) {
    super(clashes.map((c) => `Barcode ${c.barcode} of "${c.sku}" belongs to "${c.ownerSku}"; remove it from one of the two`).join(' · '));
  }
}

export class PictureRefused extends CatalogError {
  readonly code = 'picture-refused';
}

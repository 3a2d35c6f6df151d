import type { ProductDocument } from '../document/product-document.js';
import type { ValidationIssue } from '../faults/validation-issue.js';
import { patchFor } from './fit-to-current.js';
import type { ProductRow } from './product-row.js';
import type { SourceRow } from './source.js';

/** A row of a feed as the import takes it. */
export function feedRow(row: ProductRow, position: number, bytes: number): SourceRow {
  const { place, sku, externalId, patch, initial, model, pictures, warnings, skipped, unlessKnown } = row;
  return {
    position,
    place,
    ...(sku !== undefined && { sku }),
    ...(externalId && { externalId }),
    says: JSON.stringify([sku, externalId, patch, initial, model, pictures, warnings.map(({ field, code, value }) => [field, code, value])]),
    bytes,
    ...(skipped && { skipped }),
    ...(unlessKnown && { unlessKnown }),
    change: (current) => ({ patch: patchFor(row, current), ...(pictures && { pictures }), warnings: remarks(row, current) }),
  };
}

/** That goods are not available is no news of a product without stock. */
function remarks({ warnings }: ProductRow, current: ProductDocument | undefined): readonly ValidationIssue[] {
  const soldOut = current !== undefined && Object.values(current.stock).every((pieces) => pieces === 0);
  return soldOut ? warnings.filter(({ code }) => code !== 'feed-available') : warnings;
}

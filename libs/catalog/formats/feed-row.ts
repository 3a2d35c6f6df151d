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
    change: (current) => ({ patch: patchFor(row, current), ...(pictures && { pictures }), warnings }),
  };
}

import type { StaleField } from '../catalog-error.js';
import { sameValue } from '../document/canonical-document.js';
import { valueAt } from '../document/patch-document.js';
import type { ProductDocument } from '../document/product-document.js';

/** Of the fields a change speaks of, those that stand otherwise now than it wants: what it was based on, what stands, what it wants. */
export function staleFields(base: ProductDocument, current: ProductDocument, wanted: ProductDocument, paths: readonly string[]): StaleField[] {
  return paths
    .map((field): StaleField => ({ field, base: valueAt(base, field), current: valueAt(current, field), proposed: valueAt(wanted, field) }))
    .filter((f) => !sameValue(f.current, f.proposed));
}

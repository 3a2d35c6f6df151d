import type { AttributeValue, ProductPatch } from '../document/product-document.js';
import type { ValidationIssue } from '../faults/validation-issue.js';

/** What one record of a file says of one product, whatever the format. */
export interface ProductRow {
  /** Where it stood, for the report: "offer 3", "import.xml: Товар 12". */
  readonly place: string;
  /** Of a product that is new, and to find one that has no external id yet. */
  readonly sku?: string;
  /** How another system knows the product; tried before the sku. */
  readonly externalId?: { readonly system: string; readonly id: string };
  readonly patch: ProductPatch;
  /** What only a new product takes: a file of prices names its goods, and renames none. */
  readonly initial?: ProductPatch;
  /** Of a variant: taken when the product belongs to another model so far, or to none. */
  readonly model?: { readonly code: string; readonly axes: readonly string[]; readonly title?: string };
  /** Addresses or names inside the set, the main one first; absent when the file does not speak of pictures. */
  readonly pictures?: readonly string[];
  /** Values that were not taken, or taken differently. */
  readonly warnings: readonly ValidationIssue[];
  /** Why the record is no product of the catalog. */
  readonly skipped?: ValidationIssue;
  /** Why the row is passed over when the product does not exist: it says too little to make one. */
  readonly unlessKnown?: ValidationIssue;
}

/** Attributes gathered one by one: a name that comes again makes a list. */
export class AttributeList {
  private readonly values = new Map<string, AttributeValue>();

  add(name: string, value: AttributeValue): void {
    const before = this.values.get(name);
    this.values.set(name, before === undefined ? value : [...new Set([...attributeTexts(before), ...attributeTexts(value)])]);
  }

  get size(): number {
    return this.values.size;
  }

  record(): Record<string, AttributeValue> {
    return Object.fromEntries(this.values);
  }
}

/** An attribute as the texts a person would read: one, or one for each value of a list. */
export function attributeTexts(value: AttributeValue): readonly string[] {
  if (typeof value === 'string' || typeof value === 'boolean') return [String(value)];
  if ('value' in value) return [value.unit === undefined ? String(value.value) : `${value.value} ${value.unit}`];
  return value;
}

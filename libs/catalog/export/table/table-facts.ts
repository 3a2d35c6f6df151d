import type { AttributeValue, ProductDocument } from '../../document/product-document.js';

/** What the columns of a table depend on: counted over the goods before the first row is written. */
export interface TableFacts {
  readonly warehouses: readonly string[];
  readonly systems: readonly string[];
  /** The attributes that get a column of their own, most frequent first. */
  readonly attributes: readonly AttributeColumn[];
  /** Fields that some product fills. */
  readonly filled: ReadonlySet<string>;
}

/** Texts under a name, or numbers under a name and a unit ("" for none). */
export interface AttributeColumn {
  readonly name: string;
  readonly unit?: string;
}

const MOST_ATTRIBUTES = 200;
const MOST_KEYS = 100;
/** Names beyond these are not even counted: memory must not grow with what goods call things. */
const MOST_COUNTED = 20_000;

/** Gathers the facts document by document. */
export class TableFactsCount {
  private readonly warehouses = new Map<string, number>();
  private readonly systems = new Map<string, number>();
  private readonly attributes = new Map<string, number>();
  private readonly filled = new Set<string>();

  add(document: ProductDocument): void {
    for (const [field, value] of Object.entries(document)) if (value !== undefined) this.filled.add(field);
    for (const warehouse of Object.keys(document.stock)) count(this.warehouses, warehouse);
    for (const system of Object.keys(document.externalIds ?? {})) count(this.systems, system);
    for (const [name, value] of Object.entries(document.attributes)) {
      const column = attributeColumnOf(name, value);
      if (column) count(this.attributes, JSON.stringify([column.name, column.unit]));
    }
  }

  facts(): TableFacts {
    return {
      warehouses: frequent(this.warehouses, MOST_KEYS),
      systems: frequent(this.systems, MOST_KEYS),
      attributes: frequent(this.attributes, MOST_ATTRIBUTES).map((key) => {
        const [name, unit] = JSON.parse(key) as [string, string | null];
        return unit === null ? { name } : { name, unit };
      }),
      filled: this.filled,
    };
  }
}

/** Undefined for values that no plain cell holds: yes/no and lists. */
export function attributeColumnOf(name: string, value: AttributeValue): AttributeColumn | undefined {
  if (typeof value === 'string') return { name };
  return typeof value === 'object' && 'value' in value ? { name, unit: value.unit ?? '' } : undefined;
}

function count(counts: Map<string, number>, key: string): void {
  const before = counts.get(key);
  if (before !== undefined || counts.size < MOST_COUNTED) counts.set(key, (before ?? 0) + 1);
}

function frequent(counts: ReadonlyMap<string, number>, most: number): string[] {
  const sorted = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return sorted.slice(0, most).map(([key]) => key);
}

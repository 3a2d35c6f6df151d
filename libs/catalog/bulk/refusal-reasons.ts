import type { ValidationIssue } from '../faults/validation-issue.js';

/** One reason for which products are refused: how many of them, the first ones, and the issue of the first. */
export interface RefusalReason {
  readonly field: string;
  readonly products: number;
  readonly skus: readonly string[];
  readonly issue: ValidationIssue;
}

const NAMED = 5;

/** Counts refused products by field and fault, most first. A product with several faults counts for each of them once. */
export class RefusalReasons {
  private readonly found = new Map<string, { field: string; products: number; skus: string[]; issue: ValidationIssue }>();

  add(sku: string, issues: readonly ValidationIssue[]): void {
    const seen = new Set<string>();
    for (const issue of issues) {
      const key = JSON.stringify([issue.field, issue.code]);
      if (seen.has(key)) continue;
      seen.add(key);
      const reason = this.found.get(key);
      if (!reason) this.found.set(key, { field: issue.field, products: 1, skus: [sku], issue });
      else {
        reason.products++;
        if (reason.skus.length < NAMED) reason.skus.push(sku);
      }
    }
  }

  list(): RefusalReason[] {
    return [...this.found.values()].sort((a, b) => b.products - a.products);
  }
}

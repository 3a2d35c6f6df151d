import type { Store } from '../store.js';

export interface Draft {
  subjectID: number;
  brand: string;
  errors: string[];
}

/** All cards of one request (or of one group of new cards) that failed after it was answered. */
export interface DraftBatch {
  batchUUID: string;
  updatedAt: number;
  drafts: Record<string, Draft>;
}

type Order = Pick<DraftBatch, 'updatedAt' | 'batchUUID'>;

/** Failed drafts, until a corrected request is sent for their article. */
export class DraftBook {
  private readonly batches = new Map<string, DraftBatch>();

  constructor(private readonly store: Store) {
    for (const batch of store.all<DraftBatch>('drafts')) this.batches.set(batch.batchUUID, batch);
  }

  get count(): number {
    return this.batches.size;
  }

  add(batch: DraftBatch): void {
    if (Object.keys(batch.drafts).length === 0) return;
    this.batches.set(batch.batchUUID, batch);
    this.store.put('drafts', batch.batchUUID, batch);
  }

  /** A new request for an article ends its draft. */
  forget(vendorCodes: Iterable<string>): void {
    const gone = new Set(vendorCodes);
    for (const batch of this.batches.values()) {
      const kept = Object.entries(batch.drafts).filter(([vendorCode]) => !gone.has(vendorCode));
      if (kept.length === Object.keys(batch.drafts).length) continue;
      batch.drafts = Object.fromEntries(kept);
      if (kept.length > 0) this.store.put('drafts', batch.batchUUID, batch);
      else {
        this.batches.delete(batch.batchUUID);
        this.store.remove('drafts', batch.batchUUID);
      }
    }
  }

  of(vendorCode: string): Draft | undefined {
    for (const batch of this.batches.values()) if (batch.drafts[vendorCode]) return batch.drafts[vendorCode];
    return undefined;
  }

  /** Batches beyond a cursor, and whether there are more. */
  page(cursor: Order | undefined, ascending: boolean, limit: number): { batches: DraftBatch[]; more: boolean } {
    const sign = ascending ? 1 : -1;
    const ordered = [...this.batches.values()].sort((a, b) => sign * compare(a, b));
    const rest = cursor ? ordered.filter((batch) => sign * compare(batch, cursor) > 0) : ordered;
    return { batches: rest.slice(0, limit), more: rest.length > limit };
  }

  reset(): void {
    this.batches.clear();
  }
}

const compare = (a: Order, b: Order): number => a.updatedAt - b.updatedAt || (a.batchUUID < b.batchUUID ? -1 : a.batchUUID > b.batchUUID ? 1 : 0);

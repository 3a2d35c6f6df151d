import type { Store } from './store.js';

export interface LedgerFacet {
  facet: string;
  before_digest: string;
  after_digest: string;
  changed: boolean;
  /** The value written meant what the live value already meant, and nothing else justified the write. */
  needless: boolean;
}

export interface LedgerEntry {
  seq: number;
  /** Channel time, RFC 3339. */
  at: string;
  key: 'A' | 'B' | 'gremlin';
  method: string;
  task_id: number;
  offer_id: string;
  facets: LedgerFacet[];
}

export type WriterKey = LedgerEntry['key'];

/** Every write that was applied, in order, whether or not its answer arrived. */
export class Ledger {
  private entries: LedgerEntry[] = [];

  constructor(private readonly store: Store) {
    this.entries = [...store.all<LedgerEntry>('ledger')].sort((a, b) => a.seq - b.seq);
  }

  append(entry: Omit<LedgerEntry, 'seq'>): LedgerEntry {
    const full = { seq: (this.entries.at(-1)?.seq ?? 0) + 1, ...entry };
    this.entries.push(full);
    this.store.put('ledger', full.seq, full);
    return full;
  }

  /** Entries with seq greater than `after`, oldest first. */
  page(after: number, limit: number): LedgerEntry[] {
    const start = Math.max(0, after);
    return this.entries.slice(start, start + limit);
  }

  get length(): number {
    return this.entries.length;
  }

  reset(): void {
    this.entries = [];
  }
}

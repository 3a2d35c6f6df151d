import { digest } from './digest.js';
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

/** Who wrote, by which method, in which task (0 where there is none). */
export interface Writer {
  key: WriterKey;
  method: string;
  taskId: number;
}

/** What a facet meant before a write and after it. */
export interface Written {
  facet: string;
  before: string;
  after: string;
}

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

  /** Notes what a write meant for the facets it could change; `excused`: even one that changed nothing was not needless. `at` is channel time, RFC 3339. */
  note(at: string, { key, method, taskId }: Writer, offerId: string, written: readonly Written[], excused = false): void {
    const facets = written.map(({ facet, before, after }) => ({
      facet,
      before_digest: digest(before),
      after_digest: digest(after),
      changed: before !== after,
      needless: before === after && !excused,
    }));
    this.append({ at, key, method, task_id: taskId, offer_id: offerId, facets });
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

import type { DriftCause } from './kinds.js';

/** What the record of our own writes says about one drifted facet. */
export interface WriteRecord {
  /** An earlier own revision that equals the live value. */
  readonly olderRevision?: number;
  /** Our last write of this facet carried exactly the live value. */
  readonly lastWriteCarriedLive: boolean;
  /** The facet was read equal to what is desired after our last write of it ended, and nothing of ours was sent since. */
  readonly verifiedSinceLastWrite: boolean;
}

/** Self-blame first: only when no write of ours explains the live value may it be laid at another's door. */
export function causeOf(record: WriteRecord): DriftCause {
  if (record.lastWriteCarriedLive) return 'ours';
  if (record.olderRevision !== undefined) return 'ours-older';
  return record.verifiedSinceLastWrite ? 'outside' : 'unknown';
}

import type { Pool } from 'pg';
import { inTransaction } from '../account/in-transaction.js';
import { appendEvidence } from './append-evidence.js';
import type { HeadFile } from './head-file.js';
import { compareHeads, type HeadConflict, KEEP_LOCK } from './keep-heads.js';
import { type EvidenceReport, type KeptHead, verifyEvidence } from './verify-evidence.js';

/** What is kept of an account's chain beside the database, and whether the database still has it. */
export interface HeadStanding {
  readonly kept?: KeptHead;
  /** There when the database contradicts what was kept. */
  readonly conflict?: HeadConflict;
  /** The database's own chain, walked without the kept head: whether it holds in itself. */
  readonly chain: EvidenceReport;
}

/** @throws HeadFileUnreadable */
export async function headStanding(pool: Pool, file: HeadFile, accountId: string): Promise<HeadStanding> {
  const kept = (await file.heads()).get(accountId);
  const chain = await verifyEvidence(pool, accountId);
  if (kept === undefined) return { chain };
  const { conflicts } = await compareHeads(pool, new Map([[accountId, kept]]));
  const conflict = conflicts.find((one) => one.accountId === accountId);
  return { kept, chain, ...(conflict === undefined ? {} : { conflict }) };
}

export class HeadNotAccepted extends Error {
  override readonly name = 'HeadNotAccepted';

  constructor(readonly code: 'head-not-contradicted' | 'head-moved' | 'chain-broken') {
    super(code);
  }
}

export interface Acceptance {
  /** The kept head that the person was shown. */
  readonly seen: KeptHead;
  readonly author: string;
  readonly reason: string;
  /** Account clock, ms. */
  readonly now: number;
}

/**
 * A person accepts that the database has less than was kept, as after a restore from an older copy. The loss goes on the record of the
 * account first, where the database still knows a chain of it; then the kept head moves among the former ones of the file, and
 * the chain is kept from where it stands. @throws HeadNotAccepted, HeadFileUnreadable
 */
export async function acceptHead(pool: Pool, file: HeadFile, accountId: string, { seen, author, reason, now }: Acceptance): Promise<void> {
  const client = await pool.connect();
  let failed: Error | undefined;
  try {
    // Nobody keeps a newer head between the look and the letting go.
    await client.query('SELECT pg_advisory_lock($1::bigint)', [KEEP_LOCK]);
    const { kept, conflict, chain } = await headStanding(pool, file, accountId);
    if (kept === undefined || conflict === undefined) throw new HeadNotAccepted('head-not-contradicted');
    if (kept.seq !== seen.seq || kept.hash !== seen.hash) throw new HeadNotAccepted('head-moved');
    if (!chain.ok) throw new HeadNotAccepted('chain-broken');
    if (conflict.found !== undefined) {
      await inTransaction(pool, (other) =>
        appendEvidence(other, accountId, [{ kind: 'head.accepted', at: now, body: { author, reason, lostSeq: kept.seq, lostHash: kept.hash } }]),
      );
    }
    await file.giveUp(accountId, `${author}: ${reason}`);
    await client.query('SELECT pg_advisory_unlock($1::bigint)', [KEEP_LOCK]);
  } catch (error) {
    failed = error as Error;
    throw error;
  } finally {
    // A connection that may still hold the lock is not used again.
    client.release(failed);
  }
}

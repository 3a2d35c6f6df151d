import type { Pool, PoolClient } from 'pg';
import { ChainCheck, type ChainProblem } from './chain-check.js';
import { type ChainLink, genesisOf } from './chain-link.js';
import { linksWithBodies } from './link-rows.js';

/** A head somebody kept: the number and hash (hex) of what was then the last entry. */
export interface KeptHead {
  readonly seq: string;
  readonly hash: string;
}

export interface EvidenceReport {
  readonly ok: boolean;
  /** Entries that were checked. */
  readonly count: number;
  /** Of these, entries whose body was pruned: nothing wrong with that. */
  readonly pruned: number;
  /** The head kept in the database; absent when nothing was ever recorded. */
  readonly head?: KeptHead;
  readonly problem?: ChainProblem;
}

async function databaseHead(client: PoolClient, accountId: string): Promise<KeptHead | undefined> {
  const { rows } = await client.query<KeptHead>(`SELECT seq, encode(hash, 'hex') AS hash FROM evidence_head WHERE account_id = $1`, [accountId]);
  return rows[0];
}

/** A link that follows an entry which stands elsewhere was moved, not rewritten. */
async function asReordered(client: PoolClient, problem: ChainProblem, link: ChainLink): Promise<ChainProblem> {
  if (problem.kind !== 'changed') return problem;
  const { rows } = await client.query<{ seq: string }>(`SELECT seq FROM evidence WHERE account_id = $1 AND hash = decode($2, 'hex') AND seq <> $3::bigint - 1 LIMIT 1`, [
    link.accountId,
    link.previous,
    link.seq,
  ]);
  return rows[0] === undefined ? problem : { seq: problem.seq, kind: 'reordered', detail: `it follows entry ${rows[0].seq}, not the one before it` };
}

/** What the walk's end says against the heads that are known. */
function endProblem(last: KeptHead, inDatabase: KeptHead | undefined, kept: readonly KeptHead[], hashes: ReadonlyMap<string, string>): ChainProblem | undefined {
  const heads = inDatabase === undefined ? kept : [...kept, inDatabase];
  for (const head of heads) {
    if (BigInt(head.seq) > BigInt(last.seq)) {
      return { seq: (BigInt(last.seq) + 1n).toString(), kind: 'truncated', detail: `a kept head knows of entry ${head.seq}, the chain ends at ${last.seq}` };
    }
    if (hashes.get(head.seq) !== head.hash) return { seq: head.seq, kind: 'head-mismatch', detail: 'a kept head has another hash for this entry' };
  }
  const known = inDatabase?.seq ?? '0';
  if (known !== last.seq) return { seq: last.seq, kind: 'head-mismatch', detail: `the database's head is ${known}, the chain goes on to ${last.seq}` };
  return undefined;
}

/**
 * Walks an account's whole chain in one snapshot, in batches, and reports the first problem. `heads` are heads kept outside
 * the database (the head file, packs): without one a chain that was cut together with the database's own head cannot be told from a shorter one.
 */
export async function verifyEvidence(pool: Pool, accountId: string, known: { readonly heads?: readonly KeptHead[] } = {}): Promise<EvidenceReport> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    return await walk(client, accountId, known.heads ?? []);
  } finally {
    await client.query('ROLLBACK').then(
      () => client.release(),
      (error: Error) => client.release(error),
    );
  }
}

async function walk(client: PoolClient, accountId: string, kept: readonly KeptHead[]): Promise<EvidenceReport> {
  const head = await databaseHead(client, accountId);
  const genesis = genesisOf(accountId);
  const check = new ChainCheck('0', genesis);
  const asked = new Set([...kept, ...(head === undefined ? [] : [head])].map((one) => one.seq));
  const hashes = new Map<string, string>([['0', genesis]]);
  const report = (problem?: ChainProblem): EvidenceReport => ({
    ok: problem === undefined,
    count: check.count,
    pruned: check.pruned,
    ...(head === undefined ? {} : { head }),
    ...(problem === undefined ? {} : { problem }),
  });
  for await (const links of linksWithBodies(client, accountId)) {
    for (const link of links) {
      const problem = check.next(link, link.body);
      if (problem !== undefined) return report(await asReordered(client, problem, link));
      if (asked.has(link.seq)) hashes.set(link.seq, link.hash);
    }
  }
  return report(endProblem(check.last, head, kept, hashes));
}

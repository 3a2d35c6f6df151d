import type { Pool } from 'pg';
import { appendEvidence } from './append-evidence.js';

const BATCH = 5_000;

const PRUNE = `
  DELETE FROM evidence_body b USING evidence e
  WHERE b.account_id = e.account_id AND b.seq = e.seq AND (e.account_id, e.seq) IN (
    SELECT o.account_id, o.seq FROM evidence o JOIN evidence_body USING (account_id, seq)
    WHERE o.account_id = $1 AND o.recorded_at < $2 AND o.kind <> 'evidence.pruned'
      AND NOT EXISTS (SELECT 1 FROM drift d WHERE d.id = o.drift_id AND d.state IN ('open', 'repairing', 'held', 'case'))
    LIMIT ${BATCH}
  )`;

/**
 * Deletes the bodies of entries recorded before a moment, but those of drifts still open; links and digests stay, so the chain still verifies.
 * Each batch stands in the chain as an entry. Returns how many bodies went.
 */
export async function pruneBodies(pool: Pool, accountId: string, recordedBefore: Date, accountNow: number): Promise<number> {
  let total = 0;
  for (;;) {
    const client = await pool.connect();
    try {
      await client.query('BEGIN');
      const bodies = (await client.query(PRUNE, [accountId, recordedBefore])).rowCount ?? 0;
      if (bodies > 0) await appendEvidence(client, accountId, [{ kind: 'evidence.pruned', at: accountNow, body: { recordedBefore: recordedBefore.toISOString(), bodies } }]);
      await client.query('COMMIT');
      client.release();
      total += bodies;
      if (bodies < BATCH) return total;
    } catch (error) {
      await client.query('ROLLBACK').then(
        () => client.release(),
        (broken: Error) => client.release(broken),
      );
      throw error;
    }
  }
}

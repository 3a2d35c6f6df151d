import type { Pool } from 'pg';
import { appendEvidence } from '../evidence/index.js';
import { steering, SteeringRefused } from './steering-context.js';

/**
 * Says that a person has looked at a case and what came of it. What the case is about stays as it is: a card that goes on differing
 * stays held, and its reason opens a new case when it holds again. `nowOf` answers the account's present time (ms, account clock).
 * @throws SteeringRefused
 */
export function closeCase(pool: Pool, caseId: string, reason: string, author: string, nowOf: (accountId: string) => number): Promise<void> {
  return steering(pool, async (client) => {
    const { rows } = await client.query<{ account_id: string; listing_id: string | null; code: string; state: string }>(
      'SELECT account_id, listing_id, code, state FROM case_file WHERE id = $1 FOR UPDATE',
      [caseId],
    );
    const found = rows[0];
    if (found === undefined) throw new SteeringRefused('not-found', `There is no case ${caseId}.`, undefined, { code: 'not-found', thing: 'The case' });
    if (found.state !== 'open') throw new SteeringRefused('wrong-state', 'This case is closed already.', undefined, { code: 'case-closed' });
    const now = nowOf(found.account_id);
    await client.query(`UPDATE case_file SET state = 'closed', closed_at = $2, details = details || $3::jsonb WHERE id = $1`, [
      caseId,
      new Date(now),
      JSON.stringify({ closed: { author, reason } }),
    ]);
    await appendEvidence(client, found.account_id, [
      { kind: 'case.closed', at: now, ...(found.listing_id === null ? {} : { listingId: found.listing_id }), body: { caseId, code: found.code, author, reason } },
    ]);
  });
}

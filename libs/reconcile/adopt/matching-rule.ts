import type { Pool } from 'pg';
import { appendEvidence } from '../evidence/index.js';
import { lockAccount, steering, type Steerer } from '../steer/steering-context.js';

/** Lets an equal barcode join live cards to products by itself, or ends that. What was joined stays. @throws SteeringRefused */
export function setMatchByBarcode(pool: Pool, accountId: string, on: boolean, by: Steerer): Promise<void> {
  return steering(pool, async (client) => {
    await lockAccount(client, accountId);
    const { rowCount } = await client.query('UPDATE channel_account SET match_by_barcode = $2 WHERE id = $1 AND match_by_barcode <> $2', [accountId, on]);
    if (rowCount === 0) return;
    await appendEvidence(client, accountId, [{ kind: 'policy.changed', at: by.now, body: { what: 'match-by-barcode', from: !on, to: on, author: by.author } }]);
  });
}

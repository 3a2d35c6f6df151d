import type { Pool } from 'pg';
import { deleteIgnoreRule } from './ignore-rules.js';

/** Takes away ignore rules whose time is over (`now` is the account's clock): what they silenced counts again. */
export async function endExpiredRules(pool: Pool, accountId: string, now: number): Promise<number> {
  const { rows } = await pool.query<{ id: string }>('SELECT id FROM ignore_rule WHERE account_id = $1 AND expires_at <= $2 ORDER BY id', [accountId, new Date(now)]);
  for (const rule of rows) await deleteIgnoreRule(pool, rule.id, 'expiry', () => now);
  return rows.length;
}

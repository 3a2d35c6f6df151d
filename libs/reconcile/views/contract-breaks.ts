import type { Pool } from 'pg';
import type { Diagnostic } from '#kernel';
import { overBefore } from '../account/contract-breaks.js';

export interface ContractBreakView {
  readonly kind: 'answer' | 'switched-off';
  readonly message: string;
  /** The newest answer, redacted; null when there was none. */
  readonly body: unknown;
  /** Account clock. */
  readonly first_at: Date;
  readonly last_at: Date;
  readonly times: number;
  readonly over: boolean;
}

/** Every answer of the channel that did not fit what is known of its API, newest first. `now` is the account's clock, ms. */
export async function contractBreaks(pool: Pool, accountId: string, now: number): Promise<ContractBreakView[]> {
  const { rows } = await pool.query<ContractBreakView>(
    'SELECT kind, message, body, first_at, last_at, times, last_at < $2 AS over FROM contract_break WHERE account_id = $1 ORDER BY last_at DESC, subject LIMIT 200',
    [accountId, overBefore(now)],
  );
  return rows;
}

/** What still breaks, as alarms for a person: "the channel changed its API". */
export async function contractAlarms(pool: Pool, accountId: string, now: number): Promise<Diagnostic[]> {
  const breaks = await contractBreaks(pool, accountId, now);
  return breaks
    .filter(({ over }) => !over)
    .map(({ kind, message, first_at, times }) => ({ severity: 'error', path: '', code: 'channel-changed-api', params: { kind, message, since: first_at.toISOString(), times } }));
}

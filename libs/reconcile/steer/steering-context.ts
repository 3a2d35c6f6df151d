import type { Pool, PoolClient } from 'pg';
import { inTransaction } from '../account/in-transaction.js';

/** Who steers, and the account's present time (ms, account clock). */
export interface Steerer {
  readonly author: string;
  readonly now: number;
}

/** What stands in the way, for a text in the reader's language: the thing that is not there, or the code of the cause and its values. */
export interface SteeringObstacle {
  readonly code: string;
  readonly thing?: string;
  readonly params?: Readonly<Record<string, unknown>>;
}

/** What was asked to be steered does not exist, or is not in a state that allows it. */
export class SteeringRefused extends Error {
  override readonly name = 'SteeringRefused';
  constructor(
    readonly reason: 'not-found' | 'wrong-state',
    message: string,
    readonly remedy?: string,
    readonly why?: SteeringObstacle,
  ) {
    super(message);
  }
}

/** One steering act: everything it changes and its evidence in one transaction. */
export function steering<T>(pool: Pool, act: (client: PoolClient) => Promise<T>): Promise<T> {
  return inTransaction(pool, act);
}

/** Locks the account's row, so that two acts on one account follow each other. @throws SteeringRefused */
export async function lockAccount(client: PoolClient, accountId: string): Promise<{ state: string; state_reason: string | null; pause_until: Date | null; quiet_hours: unknown }> {
  const { rows } = await client.query<{ state: string; state_reason: string | null; pause_until: Date | null; quiet_hours: unknown }>(
    'SELECT state, state_reason, pause_until, quiet_hours FROM channel_account WHERE id = $1 FOR UPDATE',
    [accountId],
  );
  if (rows[0] === undefined) throw new SteeringRefused('not-found', `There is no account ${accountId}.`, undefined, { code: 'not-found', thing: 'The account' });
  return rows[0];
}

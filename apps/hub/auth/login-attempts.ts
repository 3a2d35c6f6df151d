import type { Pool } from 'pg';

export const WINDOW_MINUTES = 15;
export const CHECKS_IN_WINDOW = 10;

export type AttemptVerdict = { readonly allowed: true; readonly attempt: string } | { readonly allowed: false; readonly retryAfterSeconds: number };

/**
 * Counts password checks per account and per address in the database, so that the limit holds for all processes and over a restart.
 * An attempt is recorded as failed before the password is looked at: a crash or a race never gives free guesses.
 */
export class LoginAttempts {
  constructor(private readonly pool: Pool) {}

  async begin(account: string, address: string): Promise<AttemptVerdict> {
    const client = await this.pool.connect();
    try {
      await client.query('BEGIN');
      // Both locks in one order for everybody, or two sign-ins could wait for each other.
      await client.query('SELECT pg_advisory_xact_lock(k) FROM (SELECT unnest($1::bigint[]) AS k ORDER BY 1) s', [
        [lockKey(`account:${account}`), lockKey(`address:${address}`)].sort((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1)),
      ]);
      await client.query(`DELETE FROM login_attempt WHERE at < now() - interval '1 day'`);
      const { rows } = await client.query<{ used: string; wait: string | null }>(
        `SELECT count(*) AS used, ceil(extract(epoch FROM min(at) + make_interval(mins => $3) - now())) AS wait
         FROM login_attempt WHERE account = $1 AND NOT succeeded AND at > now() - make_interval(mins => $3)
         UNION ALL
         SELECT count(*), ceil(extract(epoch FROM min(at) + make_interval(mins => $3) - now()))
         FROM login_attempt WHERE address = $2 AND NOT succeeded AND at > now() - make_interval(mins => $3)`,
        [account, address, WINDOW_MINUTES],
      );
      const full = rows.filter((row) => Number(row.used) >= CHECKS_IN_WINDOW);
      if (full.length > 0) {
        await client.query('COMMIT');
        return { allowed: false, retryAfterSeconds: Math.max(1, ...full.map((row) => Number(row.wait ?? 1))) };
      }
      const inserted = await client.query<{ id: string }>('INSERT INTO login_attempt (account, address) VALUES ($1, $2) RETURNING id', [account, address]);
      await client.query('COMMIT');
      return { allowed: true, attempt: inserted.rows[0]?.id ?? '0' };
    } catch (error) {
      await client.query('ROLLBACK');
      throw error;
    } finally {
      client.release();
    }
  }

  async succeeded(attempt: string): Promise<void> {
    await this.pool.query('UPDATE login_attempt SET succeeded = true WHERE id = $1', [attempt]);
  }
}

function lockKey(text: string): string {
  let key = 0xcbf29ce484222325n;
  for (const byte of Buffer.from(text)) key = BigInt.asUintN(64, (key ^ BigInt(byte)) * 0x100000001b3n);
  return BigInt.asIntN(64, key).toString();
}

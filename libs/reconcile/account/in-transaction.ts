import type { Pool, PoolClient } from 'pg';

const MOST_TRIES = 5;

/** Somebody else wrote first: the transaction is rolled back and its work done anew on what is there now. */
export class TryAgain extends Error {
  constructor() {
    super('A row was written by another lane first.');
  }
}

/** Runs `work` in one transaction on one connection; any error rolls back. `work` may run more than once, so it only touches the database. */
export async function inTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await once(pool, work);
    } catch (error) {
      if (attempt >= MOST_TRIES || !mayTryAgain(error)) throw error;
    }
  }
}

/** Our own sign, a deadlock, or a serialisation failure. */
function mayTryAgain(error: unknown): boolean {
  const code = error instanceof Error ? (error as Error & { code?: unknown }).code : undefined;
  return error instanceof TryAgain || code === '40P01' || code === '40001';
}

async function once<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch((rollback: Error) => {
      broken = rollback;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

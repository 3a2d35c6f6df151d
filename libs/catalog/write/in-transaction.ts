import type { Pool, PoolClient } from 'pg';

/** The search's index takes what waits for it four times as fast where it can sort it at once; whoever writes the row that makes it do so waits for it. */
const BEGIN = "BEGIN; SET LOCAL work_mem = '64MB'";

/** Runs `work` in one transaction; on any error it is rolled back and the error goes on. With `keep` false it is always rolled back. */
export async function inTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>, keep = true): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query(BEGIN);
    const result = await work(client);
    await client.query(keep ? 'COMMIT' : 'ROLLBACK');
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

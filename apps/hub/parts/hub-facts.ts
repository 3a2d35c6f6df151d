import type { Pool, PoolClient } from 'pg';

/** A fact the hub keeps about itself across restarts (the demo account, its progress); undefined when never set. */
export async function readFact(db: Pool | PoolClient, name: string): Promise<unknown> {
  const { rows } = await db.query<{ value: unknown }>('SELECT value FROM hub_fact WHERE name = $1', [name]);
  return rows[0]?.value;
}

export async function writeFact(db: Pool | PoolClient, name: string, value: unknown): Promise<void> {
  await db.query('INSERT INTO hub_fact (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value', [name, JSON.stringify(value)]);
}

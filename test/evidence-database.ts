import { catalogEntities, catalogMigrations } from '#catalog';
import { createDataSource, createPool, runMigrations } from '#platform';
import type { Pool, PoolClient } from 'pg';
import { listingsMigrations } from '../libs/listings/tables/listings-migrations.js';
import { reconcileMigrations } from '../libs/reconcile/tables/reconcile-migrations.js';
import { startTestDatabase } from './harness/test-database.js';

export interface EvidenceDatabase {
  readonly pool: Pool;
  stop(): Promise<void>;
}

/** A fresh database with the tables of catalog, listings and reconcile. */
export async function startEvidenceDatabase(): Promise<EvidenceDatabase> {
  const database = await startTestDatabase({
    template: {
      name: 'evidence',
      prepare: async (url) => {
        const source = createDataSource(url, { entities: [...catalogEntities], migrations: [...catalogMigrations, ...listingsMigrations, ...reconcileMigrations] });
        await source.initialize();
        await runMigrations(source);
        await source.destroy();
      },
    },
  });
  const pool = createPool(database.url, { max: 6, applicationName: 'evidence-test' });
  return {
    pool,
    stop: async () => {
      await pool.end();
      await database.stop();
    },
  };
}

/** Runs `work` in a transaction that is committed, or rolled back when it throws. */
export async function inTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}

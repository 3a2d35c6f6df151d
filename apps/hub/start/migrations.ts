import { catalogMigrations } from '#catalog';
import { listingsMigrations } from '#listings';
import { createDataSource, runMigrations } from '#platform';
import { reconcileMigrations } from '#reconcile';
import { CreateAuth1790000000500 } from '../auth/tables/create-auth.migration.js';

/** Every migration of the hub; they run in the order of the times in their names. */
export const hubMigrations = [...catalogMigrations, ...listingsMigrations, ...reconcileMigrations, CreateAuth1790000000500];

/** Brings the database to this build's schema. Returns the names of the migrations applied. */
export async function migrate(databaseUrl: string): Promise<string[]> {
  const source = createDataSource(databaseUrl, { entities: [], migrations: hubMigrations, applicationName: 'etalon-migrations', poolMax: 2 });
  await source.initialize();
  try {
    return await runMigrations(source);
  } finally {
    await source.destroy();
  }
}
